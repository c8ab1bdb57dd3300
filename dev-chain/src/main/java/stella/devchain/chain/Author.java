package stella.devchain.chain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.devchain.host.RuntimeCode;
import stella.devchain.host.RuntimeFailure;
import stella.devchain.pool.TransactionPool;
import stella.devchain.pool.Validity;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.protocol.Bytes;

/** Makes the block after another from what the pool has ready. Given parent, pool and clock, the block is determined. */
final class Author {
    private static final Logger LOG = LoggerFactory.getLogger(Author.class);

    /** Like Substrate's, it tries a few more that may be smaller after one that did not fit. */
    private static final int SKIPPED_MAX = 8;

    /** A block and the changes of storage it makes. */
    record Authored(Block block, Overlay overlay) {}

    private Author() {}

    /** @throws RuntimeFailure when the runtime cannot begin or finish a block, which no transaction can cause */
    static Authored author(Header parent, State parentState, RuntimeCode code, TransactionPool pool, long clockMillis) {
        BlockBuilder builder = new BlockBuilder(parent, parentState, code, clockMillis);
        if (!builder.onlyInherents()) fill(builder, pool);
        return new Authored(builder.finish(), builder.overlay());
    }

    private static void fill(BlockBuilder builder, TransactionPool pool) {
        List<Bytes> candidates = pool.ready();
        int skipped = 0;
        for (Bytes extrinsic : candidates) {
            Validity.Refused why = refusal(builder, extrinsic);
            if (why == null) continue;
            if (why.exhaustsResources()) {
                if (++skipped > SKIPPED_MAX) return;
            } else if (!why.future()) {
                // A future one waits for another that was skipped or dropped in this block; the pool sorts that out.
                LOG.debug("a transaction is dropped: {}", why.text());
                pool.refused(extrinsic);
            }
        }
    }

    private static Validity.@Nullable Refused refusal(BlockBuilder builder, Bytes extrinsic) {
        try {
            return switch (builder.apply(extrinsic)) {
                case BlockBuilder.Applied.Included included -> null;
                case BlockBuilder.Applied.Refused refused -> refused.why();
            };
        } catch (RuntimeFailure e) {
            LOG.warn("a transaction that makes the runtime fail is dropped: {}", e.getMessage());
            return new Validity.Refused(true, 0, String.valueOf(e.getMessage()));
        }
    }
}
