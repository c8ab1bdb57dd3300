package stella.gateway.scale;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import stella.protocol.Bytes;

/**
 * Reads SCALE strictly: every method takes one item from the front, and throws {@link ScaleException} when the bytes end
 * early, a length is above its bound, a number is not in its shortest form, or a flag is neither 0 nor 1. A length is checked
 * against what is left before anything is allocated. After an exception the reader is of no further use. For one thread.
 */
public final class ScaleReader {
    private static final int COMPACT_WIDTH_MAX = 16;

    private final byte[] data;
    private final int end;
    private int position;

    public ScaleReader(Bytes data) {
        this(data.toArray());
    }

    /** Reads from {@code data} itself, which must not change meanwhile. */
    public ScaleReader(byte[] data) {
        this(data, 0, data.length);
    }

    /** Reads the bytes of {@code data} from {@code from} (inclusive) to {@code to} (exclusive). */
    public ScaleReader(byte[] data, int from, int to) {
        if (from < 0 || from > to || to > data.length)
            throw new IllegalArgumentException("no range of " + data.length + " bytes: " + from + " to " + to);
        this.data = data;
        this.position = from;
        this.end = to;
    }

    public int u8() {
        need(1, "u8");
        return data[position++] & 0xff;
    }

    public boolean bool() {
        int at = position;
        int value = u8();
        if (value > 1) throw new ScaleException("a bool is 0 or 1, not " + value, at);
        return value == 1;
    }

    public int u16() {
        return (int) littleEndian(2, "u16");
    }

    public long u32() {
        return littleEndian(4, "u32");
    }

    /** All 64 bits of an unsigned number; above 2^63 - 1 it appears negative. */
    public long u64() {
        return littleEndian(8, "u64");
    }

    public BigInteger u128() {
        return unsigned(16);
    }

    /** An unsigned number of {@code width} bytes. */
    public BigInteger unsigned(int width) {
        return new BigInteger(1, bigEndian(width));
    }

    /** A number of {@code width} bytes in two's complement. */
    public BigInteger signed(int width) {
        return new BigInteger(bigEndian(width));
    }

    /** A compact number up to 2^63 - 1. */
    public long compact() {
        int at = position;
        int first = u8();
        position = at;
        return switch (first & 3) {
            case 0 -> (long) (u8() >>> 2);
            case 1 -> atLeast(littleEndian(2, "compact") >>> 2, 1L << 6, at);
            case 2 -> atLeast(littleEndian(4, "compact") >>> 2, 1L << 14, at);
            default -> compactOfWidth((u8() >>> 2) + 4, at);
        };
    }

    /** A compact number of up to 128 bits. */
    public BigInteger compactBig() {
        int at = position;
        int first = u8();
        if ((first & 3) != 3) {
            position = at;
            return BigInteger.valueOf(compact());
        }
        int width = (first >>> 2) + 4;
        if (width > COMPACT_WIDTH_MAX)
            throw new ScaleException(
                    "a compact number of " + width + " bytes where " + COMPACT_WIDTH_MAX + " are the most", at);
        BigInteger value = unsigned(width);
        if (value.bitLength() <= Math.max(30, 8 * (width - 1))) throw notShortest(at);
        return value;
    }

    /** A compact number of items, each of at least {@code itemBytesMin} bytes, so that a lie about it costs no memory. */
    public int length(int max, int itemBytesMin) {
        int at = position;
        long count = compact();
        if (count > max) throw new ScaleException("a length of " + count + " where " + max + " is the most", at);
        if (count * itemBytesMin > remaining())
            throw new ScaleException("a length of " + count + " with only " + remaining() + " bytes left", at);
        return (int) count;
    }

    /** {@code count} bytes without a length before them. */
    public Bytes raw(int count) {
        return Bytes.owning(rawArray(count));
    }

    /** {@code count} bytes without a length before them, as an array of the caller's own. */
    public byte[] rawArray(int count) {
        if (count < 0) throw new IllegalArgumentException("a negative count of bytes: " + count);
        need(count, count + " bytes");
        position += count;
        return Arrays.copyOfRange(data, position - count, position);
    }

    /** {@code Vec<u8>} of at most {@code max} bytes. */
    public Bytes bytes(int max) {
        return raw(length(max, 1));
    }

    /** UTF-8 of at most {@code max} bytes. */
    public String text(int max) {
        int at = position;
        byte[] utf8 = rawArray(length(max, 1));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ScaleException("text that is not UTF-8", at);
        }
    }

    public <T> Optional<T> option(Function<? super ScaleReader, ? extends T> item) {
        int at = position;
        int flag = u8();
        return switch (flag) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(item.apply(this));
            default -> throw new ScaleException("an option begins with 0 or 1, not " + flag, at);
        };
    }

    /** {@code Vec<T>} of at most {@code max} items. */
    public <T> List<T> sequence(int max, Function<? super ScaleReader, ? extends T> item) {
        int count = length(max, 0);
        // Items may be empty, so the count alone must not decide how much is allocated.
        List<T> items = new ArrayList<>(Math.min(count, remaining() + 1));
        for (int i = 0; i < count; i++) items.add(item.apply(this));
        return List.copyOf(items);
    }

    /** The index of the next byte. */
    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    /** Demands that everything has been read. */
    public void end() {
        if (position != end) throw new ScaleException(remaining() + " bytes too many", position);
    }

    private byte[] bigEndian(int width) {
        byte[] bytes = rawArray(width);
        for (int i = 0; i < width / 2; i++) {
            byte swap = bytes[i];
            bytes[i] = bytes[width - 1 - i];
            bytes[width - 1 - i] = swap;
        }
        return bytes;
    }

    private long littleEndian(int width, String what) {
        need(width, what);
        long value = 0;
        for (int i = 0; i < width; i++) value |= (data[position + i] & 0xffL) << (8 * i);
        position += width;
        return value;
    }

    private long compactOfWidth(int width, int at) {
        if (width > 8) throw new ScaleException("a compact number of " + width + " bytes where 8 are the most", at);
        long value = littleEndian(width, "compact");
        if (value < 0) throw new ScaleException("a compact number above 2^63 - 1", at);
        return atLeast(value, width == 4 ? 1L << 30 : 1L << (8 * (width - 1)), at);
    }

    private static long atLeast(long value, long min, int at) {
        if (value < min) throw notShortest(at);
        return value;
    }

    private static ScaleException notShortest(int at) {
        return new ScaleException("a compact number that is not in its shortest form", at);
    }

    private void need(int count, String what) {
        if (count > remaining())
            throw new ScaleException("the bytes end within " + what + ": " + remaining() + " left", position);
    }
}
