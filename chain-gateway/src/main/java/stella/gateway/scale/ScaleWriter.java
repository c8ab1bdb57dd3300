package stella.gateway.scale;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import stella.protocol.Bytes;

/**
 * Writes SCALE. Every method appends one item and returns this writer; a value outside the range of its type is an
 * {@link IllegalArgumentException}, since only our own code can have made it. For one thread at a time.
 */
public final class ScaleWriter {
    private static final BigInteger COMPACT_FOUR_BYTES = BigInteger.ONE.shiftLeft(30);
    private static final int COMPACT_BITS_MAX = 67 * 8;

    private byte[] buffer;
    private int length;

    public ScaleWriter() {
        this(64);
    }

    public ScaleWriter(int capacity) {
        buffer = new byte[Math.max(16, capacity)];
    }

    public ScaleWriter u8(int value) {
        requireRange(value, 0xff, "u8");
        room(1);
        buffer[length++] = (byte) value;
        return this;
    }

    public ScaleWriter bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    public ScaleWriter u16(int value) {
        requireRange(value, 0xffff, "u16");
        return littleEndian(value, 2);
    }

    public ScaleWriter u32(long value) {
        requireRange(value, 0xffff_ffffL, "u32");
        return littleEndian(value, 4);
    }

    /** All 64 bits of {@code value} as an unsigned number. */
    public ScaleWriter u64(long value) {
        return littleEndian(value, 8);
    }

    public ScaleWriter u128(BigInteger value) {
        return unsigned(value, 16);
    }

    /** An unsigned number of {@code width} bytes. */
    public ScaleWriter unsigned(BigInteger value, int width) {
        if (value.signum() < 0 || value.bitLength() > width * 8)
            throw new IllegalArgumentException(value + " does not fit u" + width * 8);
        return integer(value, width);
    }

    /** A number of {@code width} bytes in two's complement. */
    public ScaleWriter signed(BigInteger value, int width) {
        if (value.bitLength() >= width * 8) throw new IllegalArgumentException(value + " does not fit i" + width * 8);
        return integer(value, width);
    }

    /** A compact unsigned number, 0 to 2^63 - 1. */
    public ScaleWriter compact(long value) {
        if (value < 0) throw new IllegalArgumentException("a compact number is not negative: " + value);
        if (value < 1 << 6) return u8((int) value << 2);
        if (value < 1 << 14) return littleEndian((value << 2) | 1, 2);
        if (value < 1 << 30) return littleEndian((value << 2) | 2, 4);
        int width = (71 - Long.numberOfLeadingZeros(value)) / 8;
        return u8(((width - 4) << 2) | 3).littleEndian(value, width);
    }

    /** A compact unsigned number below 2^536. */
    public ScaleWriter compact(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > COMPACT_BITS_MAX)
            throw new IllegalArgumentException(value + " does not fit a compact number");
        if (value.compareTo(COMPACT_FOUR_BYTES) < 0) return compact(value.longValueExact());
        int width = (value.bitLength() + 7) / 8;
        return u8(((width - 4) << 2) | 3).integer(value, width);
    }

    /** The bytes themselves, without a length. */
    public ScaleWriter raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, buffer, length, value.length);
        length += value.length;
        return this;
    }

    /** The bytes themselves, without a length. */
    public ScaleWriter raw(Bytes value) {
        room(value.length());
        value.copyTo(buffer, length);
        length += value.length();
        return this;
    }

    /** The bytes after their length: {@code Vec<u8>}. */
    public ScaleWriter bytes(byte[] value) {
        return compact(value.length).raw(value);
    }

    /** The bytes after their length: {@code Vec<u8>}. */
    public ScaleWriter bytes(Bytes value) {
        return compact(value.length()).raw(value);
    }

    /** UTF-8 after its length in bytes. */
    public ScaleWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public <T> ScaleWriter option(Optional<T> value, BiConsumer<ScaleWriter, ? super T> item) {
        if (value.isEmpty()) return u8(0);
        u8(1);
        item.accept(this, value.get());
        return this;
    }

    /** The items after their number: {@code Vec<T>}. */
    public <T> ScaleWriter sequence(Collection<T> values, BiConsumer<ScaleWriter, ? super T> item) {
        compact(values.size());
        for (T value : values) item.accept(this, value);
        return this;
    }

    /** The number of bytes written so far. */
    public int length() {
        return length;
    }

    public byte[] toArray() {
        return Arrays.copyOf(buffer, length);
    }

    public Bytes toBytes() {
        return Bytes.owning(toArray());
    }

    private static void requireRange(long value, long max, String type) {
        if (value < 0 || value > max) throw new IllegalArgumentException(value + " does not fit " + type);
    }

    private ScaleWriter littleEndian(long value, int width) {
        room(width);
        for (int i = 0; i < width; i++) buffer[length++] = (byte) (value >>> (8 * i));
        return this;
    }

    private ScaleWriter integer(BigInteger value, int width) {
        room(width);
        byte[] bigEndian = value.toByteArray();
        byte sign = (byte) (value.signum() < 0 ? -1 : 0);
        for (int i = 0; i < width; i++)
            buffer[length++] = i < bigEndian.length ? bigEndian[bigEndian.length - 1 - i] : sign;
        return this;
    }

    private void room(int more) {
        int needed = Math.addExact(length, more);
        if (needed > buffer.length)
            buffer = Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * buffer.length)));
    }
}
