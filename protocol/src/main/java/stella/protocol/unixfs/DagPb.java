package stella.protocol.unixfs;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Cursor;
import stella.protocol.cid.MalformedException;

/**
 * A dag-pb node: links and data. The strict protobuf form of the dag-pb specification; unknown fields are refused, since a CID must
 * not hide bytes.
 *
 * @param data empty when absent
 */
public record DagPb(List<Link> links, Bytes data) {
    private static final int NODE_DATA = 0x0a;
    private static final int NODE_LINK = 0x12;
    private static final int LINK_HASH = 0x0a;
    private static final int LINK_NAME = 0x12;
    private static final int LINK_TSIZE = 0x18;

    public DagPb {
        links = List.copyOf(links);
    }

    /** Links first, then data, as every IPFS tool writes them. */
    public Bytes encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(links.size() * 60 + data.length() + 16);
        for (Link link : links) {
            ByteArrayOutputStream body = new ByteArrayOutputStream(64);
            Protobuf.bytes(body, LINK_HASH, link.cid().toBytes());
            Protobuf.bytes(body, LINK_NAME, Bytes.utf8(link.name()));
            Protobuf.number(body, LINK_TSIZE, link.tsize());
            Protobuf.bytes(out, NODE_LINK, Bytes.owning(body.toByteArray()));
        }
        if (!data.isEmpty()) Protobuf.bytes(out, NODE_DATA, data);
        return Bytes.owning(out.toByteArray());
    }

    /**
     * Reads a node.
     *
     * @throws MalformedException naming the field that is wrong
     */
    public static DagPb decode(Bytes block) {
        Cursor in = new Cursor(block);
        List<Link> links = new ArrayList<>();
        Bytes data = Bytes.EMPTY;
        boolean hasData = false;
        boolean linksOver = false;
        while (!in.atEnd()) {
            int tag = in.u8();
            if (tag == NODE_LINK) {
                if (linksOver) throw new MalformedException("a dag-pb node has links before and after its data");
                links.add(link(in.part(in.protobufVarint())));
            } else if (tag == NODE_DATA) {
                if (hasData) throw new MalformedException("a dag-pb node has data twice");
                hasData = true;
                linksOver = !links.isEmpty();
                data = in.take(in.protobufVarint());
            } else throw new MalformedException("a dag-pb node has no field with tag 0x" + Integer.toHexString(tag));
        }
        return new DagPb(links, data);
    }

    private static Link link(Cursor in) {
        if (in.atEnd() || in.u8() != LINK_HASH)
            throw new MalformedException("a dag-pb link does not begin with its hash");
        Cid cid = Cid.of(in.take(in.protobufVarint()));
        String name = "";
        long tsize = 0;
        int last = LINK_HASH;
        while (!in.atEnd()) {
            int tag = in.u8();
            if (tag <= last || (tag != LINK_NAME && tag != LINK_TSIZE))
                throw new MalformedException("a dag-pb link has tag 0x" + Integer.toHexString(tag) + " out of place");
            last = tag;
            if (tag == LINK_NAME) name = in.take(in.protobufVarint()).toUtf8();
            else {
                tsize = in.protobufVarint();
                if (tsize < 0) throw new MalformedException("a dag-pb link has a size above 63 bits");
            }
        }
        return new Link(cid, name, tsize);
    }
}
