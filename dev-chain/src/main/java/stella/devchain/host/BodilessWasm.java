package stella.devchain.host;

import java.io.ByteArrayOutputStream;
import stella.protocol.Bytes;

/**
 * A wasm whose function bodies were compiled before does not need to be parsed with them, which is most of the work of parsing. This replaces each body by
 * one that traps, except the largest: those that do not fit into a method of the JVM are interpreted still.
 *
 * <p>The file that Endive 1.0.0 writes for this purpose keeps the wrong body when the memory is imported, as Substrate's is: it counts the memory as a
 * function.
 */
final class BodilessWasm {
    /** A method of the JVM has at most 65,535 bytes; wasm of this size never becomes as much. */
    private static final int KEPT_FROM = 8 << 10;

    private static final int HEADER = 8;
    private static final int CODE_SECTION = 10;

    /** Length 3, no locals, {@code unreachable}, {@code end}. */
    private static final byte[] TRAP = {3, 0, 0, 0x0b};

    private final byte[] wasm;
    private final ByteArrayOutputStream out;
    private int position = HEADER;

    private BodilessWasm(byte[] wasm) {
        this.wasm = wasm;
        this.out = new ByteArrayOutputStream(wasm.length / 4);
    }

    /** @param wasm a valid module, such as one that the build has compiled */
    static byte[] of(Bytes wasm) {
        return new BodilessWasm(wasm.toArray()).rewrite();
    }

    private byte[] rewrite() {
        out.write(wasm, 0, HEADER);
        while (position < wasm.length) {
            int start = position;
            int id = wasm[position++];
            int length = number();
            int end = position + length;
            if (id == CODE_SECTION) writeCode();
            else out.write(wasm, start, end - start);
            position = end;
        }
        return out.toByteArray();
    }

    private void writeCode() {
        ByteArrayOutputStream section = new ByteArrayOutputStream();
        int count = number();
        write(section, count);
        for (int i = 0; i < count; i++) {
            int start = position;
            int length = number();
            position += length;
            if (length >= KEPT_FROM) section.write(wasm, start, position - start);
            else section.writeBytes(TRAP);
        }
        out.write(CODE_SECTION);
        write(out, section.size());
        out.writeBytes(section.toByteArray());
    }

    /** An unsigned LEB128 number. */
    private int number() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = wasm[position++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) return value;
        }
    }

    private static void write(ByteArrayOutputStream out, int value) {
        int rest = value;
        for (; rest >= 0x80; rest >>>= 7) out.write((rest & 0x7f) | 0x80);
        out.write(rest);
    }
}
