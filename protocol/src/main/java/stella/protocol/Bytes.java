package stella.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable byte string, compared by content and ordered as unsigned bytes.
 *
 * <p>Records hold bytes in this type, never in an array, which would compare by identity and could change under its owner.
 */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    /** A copy of {@code value}. */
    public static Bytes of(byte... value) {
        return value.length == 0 ? EMPTY : new Bytes(value.clone());
    }

    /** Takes {@code value} over without a copy; the caller gives up the array for good. */
    public static Bytes owning(byte[] value) {
        return value.length == 0 ? EMPTY : new Bytes(value);
    }

    /** The bytes of {@code value} from {@code from} (inclusive) to {@code to} (exclusive). */
    public static Bytes slice(byte[] value, int from, int to) {
        return owning(Arrays.copyOfRange(value, from, to));
    }

    public static Bytes utf8(String text) {
        return owning(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads hexadecimal digits, with or without a leading {@code 0x}.
     *
     * @throws IllegalArgumentException when {@code text} has an odd length or a character that is no hexadecimal digit
     */
    public static Bytes hex(String text) {
        return owning(HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text));
    }

    public static Bytes concat(Bytes... parts) {
        int length = 0;
        for (Bytes part : parts) length = Math.addExact(length, part.length());
        byte[] all = new byte[length];
        int at = 0;
        for (Bytes part : parts) {
            System.arraycopy(part.value, 0, all, at, part.value.length);
            at += part.value.length;
        }
        return owning(all);
    }

    public int length() {
        return value.length;
    }

    public boolean isEmpty() {
        return value.length == 0;
    }

    /** The byte at {@code index}, 0 to 255. */
    public int at(int index) {
        return value[index] & 0xff;
    }

    public Bytes slice(int from, int to) {
        return slice(value, from, to);
    }

    /** A copy as an array. */
    public byte[] toArray() {
        return value.clone();
    }

    public void copyTo(byte[] target, int at) {
        System.arraycopy(value, 0, target, at, value.length);
    }

    /** Feeds all bytes to {@code digest} without a copy. */
    public void feed(MessageDigest digest) {
        digest.update(value);
    }

    /** Writes all bytes to {@code out} without a copy. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(value);
    }

    /** Lower-case hexadecimal digits without a prefix. */
    public String toHex() {
        return HexFormat.of().formatHex(value);
    }

    /** Lower-case hexadecimal digits after {@code 0x}, the form of Substrate's JSON. */
    public String toHex0x() {
        return "0x" + toHex();
    }

    /** Copies the bytes from {@code from} (inclusive) to {@code to} (exclusive) into {@code target} at {@code at}. */
    public void copyTo(int from, int to, byte[] target, int at) {
        System.arraycopy(value, from, target, at, to - from);
    }

    public String toUtf8() {
        return new String(value, StandardCharsets.UTF_8);
    }

    public boolean startsWith(Bytes prefix) {
        return value.length >= prefix.value.length
                && Arrays.equals(value, 0, prefix.value.length, prefix.value, 0, prefix.value.length);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return value.length <= 64 ? toHex0x() : slice(0, 32).toHex0x() + "… (" + value.length + " bytes)";
    }
}
