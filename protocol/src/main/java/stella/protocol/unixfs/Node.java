package stella.protocol.unixfs;

import java.util.List;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.cid.MalformedException;

/** A block that has been read: bare bytes, or a dag-pb node with UnixFS data. */
sealed interface Node {
    record Leaf(Bytes payload) implements Node {}

    record Tree(List<Link> links, UnixFs data) implements Node {}

    static Node decode(Cid cid, Bytes block) {
        if (cid.codec() == Codec.RAW) return new Leaf(block);
        if (cid.codec() != Codec.DAG_PB)
            throw new MalformedException("its codec is " + Codec.name(cid.codec()) + ", which holds no files");
        DagPb node = DagPb.decode(block);
        return new Tree(node.links(), UnixFs.decode(node.data()));
    }
}
