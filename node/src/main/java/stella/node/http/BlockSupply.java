package stella.node.http;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import stella.protocol.Bytes;

/** Where a server gets blocks from: a Store's vault, or a Fetch that finds them on other nodes. */
@FunctionalInterface
public interface BlockSupply {
    /**
     * Brings one block. The stage does not complete exceptionally for anything that the world can cause.
     *
     * @param cid text form
     * @param root CID of the content that the block is read for, when it is known: a Fetch finds replicas by it
     */
    CompletionStage<Supplied> block(String cid, Optional<String> root);

    /** What came of it. */
    sealed interface Supplied {
        record Block(Bytes data) implements Supplied {}

        record Refused(Reason reason, String detail) implements Supplied {}
    }

    /** Why a block does not come. */
    enum Reason {
        /** Nobody here has it. */
        MISSING,
        /** Replicas exist, but none of them answered. */
        UNREACHABLE,
        /** It is there, but its bytes are not what its CID says. */
        DAMAGED,
        /** Too much to do; worth another try. */
        BUSY,
        /** This node does not serve it, whatever it has. */
        REFUSED
    }
}
