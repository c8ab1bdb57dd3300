package stella.devchain.chain;

import java.util.ArrayList;
import java.util.List;
import stella.devchain.host.RuntimeCode;
import stella.devchain.pool.Validity;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.gateway.scale.ScaleReader;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * One block in the making, in the order Substrate demands: opened with its inherents, extrinsics applied one by one, finished once. For one thread and one
 * block.
 */
final class BlockBuilder {
    private final RuntimeCode code;
    private final Overlay overlay;
    private final List<Bytes> extrinsics = new ArrayList<>();
    private final boolean onlyInherents;

    /** @throws stella.devchain.host.RuntimeFailure when the runtime refuses to begin the block */
    BlockBuilder(Header parent, State parentState, RuntimeCode code, long clockMillis) {
        this.code = code;
        overlay = new Overlay(parentState);
        Inherents inherents = Inherents.after(parentState, code, clockMillis);
        Header header = new Header(parent.hash(), parent.number() + 1, Hash.ZERO, Hash.ZERO, inherents.digest());
        Bytes mode = code.call("Core_initialize_block", header.encode(), overlay);
        onlyInherents = !mode.isEmpty() && mode.at(0) == 1;
        for (Bytes extrinsic : inherents.extrinsics(code, overlay)) {
            if (!(apply(extrinsic) instanceof Applied.Included))
                throw new IllegalStateException("the runtime refuses the inherent it made itself: " + extrinsic);
        }
    }

    /** Whether the runtime takes no transactions in this block, because a migration is under way. */
    boolean onlyInherents() {
        return onlyInherents;
    }

    /** What became of one extrinsic. */
    sealed interface Applied {
        /** It is in the block; whether its call succeeded is told by events. */
        record Included() implements Applied {}

        /** It is not in the block. */
        record Refused(Validity.Refused why) implements Applied {}
    }

    /** Runs one extrinsic, which leaves no trace when it is refused or traps. */
    Applied apply(Bytes extrinsic) {
        overlay.begin();
        boolean kept = false;
        try {
            ScaleReader result = new ScaleReader(code.call("BlockBuilder_apply_extrinsic", extrinsic, overlay));
            if (result.u8() == 0) {
                overlay.commit();
                kept = true;
                extrinsics.add(extrinsic);
                return new Applied.Included();
            }
            return new Applied.Refused(Validity.readRefusal(result));
        } finally {
            if (!kept) overlay.rollback();
        }
    }

    /** The finished block. */
    Block finish() {
        Header header = Header.decode(code.call("BlockBuilder_finalize_block", Bytes.EMPTY, overlay));
        return new Block(header, extrinsics);
    }

    Overlay overlay() {
        return overlay;
    }
}
