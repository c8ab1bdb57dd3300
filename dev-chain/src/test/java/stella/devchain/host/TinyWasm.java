package stella.devchain.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import stella.protocol.Bytes;

/**
 * Puts small wasm modules together that look like a runtime: memory imported, {@code __heap_base} exported, functions {@code (i32, i32) -> i64}. Type 0 is
 * that of exported functions; imports bring their own.
 */
public final class TinyWasm {
    private static final int HEAP_BASE = 4096;
    private static final int VERSION_AT = 1024;

    private record Function(String name, Bytes code) {}

    private final List<byte[]> types = new ArrayList<>();
    private final List<byte[]> imports = new ArrayList<>();
    private final List<Function> functions = new ArrayList<>();
    private int importedFunctions;

    public TinyWasm() {
        types.add(type("7f7f", "7e"));
        imports.add(concat(name("env"), name("memory"), new byte[] {2, 0, 2}));
    }

    /** Imports a function of {@code env}; types as hexadecimal value types (7f i32, 7e i64). Its index counts from 0. */
    public TinyWasm importing(String function, String parameters, String results) {
        imports.add(concat(name("env"), name(function), new byte[] {0}, number(types.size())));
        types.add(type(parameters, results));
        importedFunctions++;
        return this;
    }

    /** Exports a function with this body, without locals, in hexadecimal and without the final end. */
    public TinyWasm exporting(String function, String code) {
        functions.add(new Function(function, Bytes.hex(code.replace(" ", ""))));
        return this;
    }

    /** The module, with a {@code Core_version} that answers a version. */
    public Bytes build() {
        byte[] version = version();
        long packed = (long) version.length << 32 | VERSION_AT;
        functions.add(new Function("Core_version", Bytes.owning(concat(new byte[] {0x42}, signed(packed)))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("0061736d01000000"));
        section(out, 1, types);
        section(out, 2, imports);
        section(out, 3, functions.stream().map(_ -> number(0)).toList());
        section(out, 6, List.of(concat(new byte[] {0x7f, 0, 0x41}, signed(HEAP_BASE), new byte[] {0x0b})));
        List<byte[]> exports = new ArrayList<>();
        exports.add(concat(name("__heap_base"), new byte[] {3, 0}));
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 0; i < functions.size(); i++) {
            exports.add(concat(name(functions.get(i).name), new byte[] {0}, number(importedFunctions + i)));
            byte[] body = concat(new byte[] {0}, functions.get(i).code.toArray(), new byte[] {0x0b});
            bodies.add(concat(number(body.length), body));
        }
        section(out, 7, exports);
        section(out, 10, bodies);
        section(
                out,
                11,
                List.of(concat(
                        new byte[] {0, 0x41}, signed(VERSION_AT), new byte[] {0x0b}, number(version.length), version)));
        return Bytes.owning(out.toByteArray());
    }

    /** Names "tiny", all numbers 0, no APIs. */
    private static byte[] version() {
        byte[] text = HexFormat.of().parseHex("1074696e79");
        return concat(text, text, new byte[12], new byte[] {0}, new byte[4], new byte[] {1});
    }

    private static void section(ByteArrayOutputStream out, int id, List<byte[]> items) {
        byte[] content = number(items.size());
        for (byte[] item : items) content = concat(content, item);
        out.write(id);
        out.writeBytes(number(content.length));
        out.writeBytes(content);
    }

    private static byte[] type(String parameters, String results) {
        byte[] in = HexFormat.of().parseHex(parameters);
        byte[] returned = HexFormat.of().parseHex(results);
        return concat(new byte[] {0x60}, number(in.length), in, number(returned.length), returned);
    }

    private static byte[] name(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return concat(number(bytes.length), bytes);
    }

    private static byte[] number(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        for (; rest >= 0x80; rest >>>= 7) out.write((rest & 0x7f) | 0x80);
        out.write(rest);
        return out.toByteArray();
    }

    private static byte[] signed(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while (rest < -64 || rest > 63) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>= 7;
        }
        out.write((int) (rest & 0x7f));
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) out.writeBytes(part);
        return out.toByteArray();
    }
}
