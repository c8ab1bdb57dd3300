package stella.protocol.unixfs;

import stella.protocol.cid.Cid;

/** What a CID turns out to be. */
public sealed interface Content {
    Cid cid();

    /** @param size bytes of content */
    record File(Cid cid, long size) implements Content {}

    record Directory(Cid cid) implements Content {}

    /** @param target as written by its maker: not checked, may point anywhere */
    record Symlink(Cid cid, String target) implements Content {}
}
