package stella.protocol.car;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Varint;

/** Writes a CARv1 with one root. Order and absence of duplicates are the caller's: see {@link DepthFirst}. */
public final class CarWriter {
    private final OutputStream out;
    private long position;

    /** Writes the header at once. */
    public CarWriter(OutputStream out, Cid root) throws IOException {
        this.out = out;
        write(new CarHeader(List.of(root)).encode());
    }

    /** Appends a block and returns the position at which its section begins. */
    public long block(Cid cid, Bytes block) throws IOException {
        long start = position;
        Bytes name = cid.toBytes();
        write(Varint.encode((long) name.length() + block.length()));
        write(name);
        write(block);
        return start;
    }

    /** Bytes written so far. */
    public long position() {
        return position;
    }

    private void write(Bytes bytes) throws IOException {
        bytes.writeTo(out);
        position += bytes.length();
    }
}
