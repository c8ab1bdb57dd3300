package stella.node.http;

import java.util.Optional;
import stella.protocol.cid.Cid;
import stella.protocol.cid.MalformedException;

/** Reads CIDs from requests. */
final class Cids {
    /** The longest text of a CID that names a block: 128 bytes of digest in the widest base that is in use. */
    private static final int TEXT_MAX = 320;

    private Cids() {}

    static Optional<Cid> read(String text) {
        if (text.length() > TEXT_MAX) return Optional.empty();
        try {
            return Optional.of(Cid.parse(text));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
