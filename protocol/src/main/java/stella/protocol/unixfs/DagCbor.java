package stella.protocol.unixfs;

import java.util.ArrayList;
import java.util.List;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Cursor;
import stella.protocol.cid.MalformedException;

/** Finds the links of a DAG-CBOR block: CBOR of definite lengths where tag 42 around {@code 00 || CID} is a link. */
public final class DagCbor {
    private static final int DEPTH_MAX = 128;
    private static final int TAG_LINK = 42;

    private DagCbor() {}

    public static List<Cid> links(Bytes block) {
        Cursor in = new Cursor(block);
        List<Cid> links = new ArrayList<>();
        item(in, links, 0);
        in.expectEnd("a DAG-CBOR item");
        return links;
    }

    /** Reads the length or number of an item whose first byte is {@code head}. */
    public static long argument(Cursor in, int head) {
        int info = head & 0x1f;
        if (info < 24) return info;
        if (info > 27)
            throw new MalformedException("DAG-CBOR has no items of indefinite length (byte " + in.position() + ")");
        long value = 0;
        for (int i = 0; i < 1 << (info - 24); i++) value = (value << 8) | in.u8();
        return value;
    }

    /** Reads the byte string within tag 42. */
    public static Cid link(Cursor in) {
        int head = in.u8();
        if (head >> 5 != 2)
            throw new MalformedException("tag 42 is not followed by a byte string (byte " + in.position() + ")");
        Cursor body = in.part(argument(in, head));
        if (body.atEnd() || body.u8() != 0) throw new MalformedException("a DAG-CBOR link does not begin with 00");
        return Cid.of(body.take(body.remaining()));
    }

    private static void item(Cursor in, List<Cid> links, int depth) {
        if (depth > DEPTH_MAX) throw new MalformedException("a DAG-CBOR block is nested deeper than " + DEPTH_MAX);
        int head = in.u8();
        int major = head >> 5;
        if (major == 7) {
            argument(in, head);
            return;
        }
        long argument = argument(in, head);
        switch (major) {
            case 2, 3 -> in.skip(argument);
            case 4, 5 -> {
                long items = major == 4 ? argument : Math.multiplyExact(2, checkedCount(in, argument));
                checkedCount(in, items);
                for (long i = 0; i < items; i++) item(in, links, depth + 1);
            }
            case 6 -> {
                if (argument != TAG_LINK) throw new MalformedException("DAG-CBOR knows tag 42 only, not " + argument);
                links.add(link(in));
            }
            default -> {} // an integer is its argument
        }
    }

    private static long checkedCount(Cursor in, long items) {
        if (items < 0 || items > in.remaining())
            throw new MalformedException(
                    items + " DAG-CBOR items do not fit into the " + in.remaining() + " bytes left");
        return items;
    }
}
