package stella.node.api;

import stella.node.api.document.ErrorCode;
import stella.protocol.chain.Block;

/** The newest finalized block, for resources that cannot answer without one. */
record Finalized(Network network) {
    Block head() {
        return network.head()
                .orElseThrow(() ->
                        new ApiException(ErrorCode.STARTING, "no block is finalized yet", "try again in a moment"));
    }

    /** Epoch of {@code block} (IN-1). */
    long epoch(Block block) {
        return block.number() / network.ledger().constants().epochLength();
    }
}
