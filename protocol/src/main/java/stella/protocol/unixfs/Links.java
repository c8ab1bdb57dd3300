package stella.protocol.unixfs;

import java.util.List;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.cid.MalformedException;

/** The links of a block, whatever it holds. */
public final class Links {
    private Links() {}

    /**
     * Links in the order of the block; none in raw blocks. Of dag-cbor only the CIDs are known: names are empty, sizes 0.
     *
     * @throws MalformedException when the block is not of its codec's form, or the codec is unknown
     */
    public static List<Link> of(Cid cid, Bytes block) {
        if (cid.codec() == Codec.RAW) return List.of();
        if (cid.codec() == Codec.DAG_PB) return DagPb.decode(block).links();
        if (cid.codec() == Codec.DAG_CBOR)
            return DagCbor.links(block).stream().map(c -> new Link(c, "", 0)).toList();
        throw new MalformedException("the links of a block of codec " + Codec.name(cid.codec()) + " are not known");
    }
}
