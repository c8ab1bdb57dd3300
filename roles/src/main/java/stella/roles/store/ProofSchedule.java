package stella.roles.store;

import java.util.Optional;
import stella.protocol.chain.Constants;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;

/** When which proof of a deal is due, from chain state alone (clauses PP-2, PP-4, PP-7). */
public final class ProofSchedule {
    private ProofSchedule() {}

    /**
     * A proof that can be made now.
     *
     * @param period period to prove from 0, or -1 for the first proof, which activates the deal
     * @param seedBlock block whose seed names the leaves
     * @param deadline first block in which it is too late
     */
    public record Due(long deal, long period, long seedBlock, long deadline) {
        /** True when half of the time has passed: a reason to raise an alarm. */
        public boolean isLate(long block) {
            return block - seedBlock > (deadline - seedBlock) / 2;
        }

        /** Names the proof for the gateway. */
        String key() {
            return "proof/" + deal + "/" + period + "/" + seedBlock;
        }
    }

    /** The proof of {@code deal} that a transaction sent after finalized {@code block} should carry, if any. */
    public static Optional<Due> due(Deal deal, long block, Constants constants) {
        return switch (deal.state()) {
            case ACCEPTED -> {
                long seedBlock = deal.acceptedAt() + 1;
                long deadline = deal.acceptedAt() + constants.activationTimeout();
                yield within(new Due(deal.id(), -1, seedBlock, deadline), block);
            }
            case ACTIVE -> {
                if (deal.proven() || deal.period() >= deal.periods()) yield Optional.empty();
                long end = deal.activatedAt().orElseThrow() + (deal.period() + 1) * constants.provingPeriod();
                yield within(new Due(deal.id(), deal.period(), end - constants.provingWindow(), end), block);
            }
            case COMPLETED, TERMINATED, ENDED_EARLY, LAPSED -> Optional.empty();
        };
    }

    /** The block from which the chain's copy of the deal may differ without an event: the end of its period. */
    public static long staleFrom(Deal deal) {
        return deal.state() == DealState.ACTIVE || deal.state() == DealState.ACCEPTED
                ? deal.deadline()
                : Long.MAX_VALUE;
    }

    // A transaction lands one block later at best, so the last useful block to send after is deadline - 2.
    private static Optional<Due> within(Due due, long block) {
        return block >= due.seedBlock() && block < due.deadline() - 1 ? Optional.of(due) : Optional.empty();
    }
}
