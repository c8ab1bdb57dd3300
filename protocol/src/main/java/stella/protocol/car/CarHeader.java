package stella.protocol.car;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Cursor;
import stella.protocol.cid.MalformedException;
import stella.protocol.cid.Varint;
import stella.protocol.unixfs.DagCbor;

/**
 * The first section of a CARv1: DAG-CBOR {@code {roots: [CID], version: 1}}.
 *
 * @param roots a piece has exactly one; CARs of other makers may have more
 */
public record CarHeader(List<Cid> roots) {
    /** Bytes of the longest header read; a header of one root has about 60. */
    public static final int BYTES_MAX = 4096;

    private static final Bytes ROOTS = Bytes.concat(Bytes.of((byte) 0x65), Bytes.utf8("roots"));
    private static final Bytes VERSION = Bytes.concat(Bytes.of((byte) 0x67), Bytes.utf8("version"));

    public CarHeader {
        roots = List.copyOf(roots);
    }

    /** The header with its length before it, as a file begins. */
    public Bytes encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xa2);
        out.writeBytes(ROOTS.toArray());
        writeHead(out, 4, roots.size());
        for (Cid root : roots) {
            Bytes cid = root.toBytes();
            out.write(0xd8);
            out.write(42);
            writeHead(out, 2, cid.length() + 1);
            out.write(0);
            out.writeBytes(cid.toArray());
        }
        out.writeBytes(VERSION.toArray());
        out.write(1);
        return Bytes.concat(Varint.encode(out.size()), Bytes.owning(out.toByteArray()));
    }

    /**
     * Reads a header without the length before it.
     *
     * @throws MalformedException also for versions other than 1
     */
    public static CarHeader decode(Bytes bytes) {
        Cursor in = new Cursor(bytes);
        int entries = in.u8();
        if (entries >> 5 != 5) throw new MalformedException("this is no CAR: its header is no CBOR map");
        List<Cid> roots = new ArrayList<>();
        long version = -1;
        for (long i = DagCbor.argument(in, entries); i > 0; i--) {
            int head = in.u8();
            if (head >> 5 != 3) throw new MalformedException("a key of the CAR header is no text");
            String key = in.take(DagCbor.argument(in, head)).toUtf8();
            switch (key) {
                case "version" -> version = DagCbor.argument(in, in.u8());
                case "roots" -> readRoots(in, roots);
                default -> throw new MalformedException("a CAR header has no field '" + key + "'");
            }
        }
        in.expectEnd("the CAR header");
        if (version != 1) throw new MalformedException("the CAR is of version " + version + "; 1 was expected here");
        return new CarHeader(roots);
    }

    private static void readRoots(Cursor in, List<Cid> roots) {
        int head = in.u8();
        if (head >> 5 != 4) throw new MalformedException("the roots of the CAR header are no list");
        for (long i = DagCbor.argument(in, head); i > 0; i--) {
            if (in.u8() != 0xd8 || in.u8() != 42) throw new MalformedException("a root of the CAR header is no CID");
            roots.add(DagCbor.link(in));
        }
    }

    private static void writeHead(ByteArrayOutputStream out, int major, int value) {
        if (value < 24) out.write((major << 5) | value);
        else if (value < 256) {
            out.write((major << 5) | 24);
            out.write(value);
        } else {
            out.write((major << 5) | 25);
            out.write(value >> 8);
            out.write(value);
        }
    }
}
