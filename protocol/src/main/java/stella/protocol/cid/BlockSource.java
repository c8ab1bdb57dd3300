package stella.protocol.cid;

import java.io.IOException;
import java.util.Optional;
import stella.protocol.Bytes;

/** Where blocks come from. Nobody vouches for the answer: whoever reads checks it against the CID. */
@FunctionalInterface
public interface BlockSource {
    /** The largest block that any part of Stella makes, takes or serves, as in the rest of IPFS. */
    int BLOCK_BYTES_MAX = 2 << 20;

    /** The block, or empty when it is not here. */
    Optional<Bytes> block(Cid cid) throws IOException;
}
