package stella.protocol.unixfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import stella.protocol.Bytes;

/** The two protobuf fields that dag-pb and UnixFS are made of. Every tag here is one byte. */
final class Protobuf {
    private Protobuf() {}

    static void bytes(ByteArrayOutputStream out, int tag, Bytes value) {
        number(out, tag, value.length());
        try {
            value.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to write", e);
        }
    }

    static void number(ByteArrayOutputStream out, int tag, long value) {
        out.write(tag);
        long rest = value;
        while (rest >>> 7 != 0) {
            out.write((int) (rest | 0x80) & 0xff);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
