package stella.node.api.document;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a deal.
 *
 * @param block finalized block that announced it
 * @param event the pallet's name for it, for example {@code ProofAccepted}
 * @param period proving period it is about, from 0
 * @param amount planck that moved: paid, slashed or returned
 */
public record DealEvent(
        long deal,
        long block,
        String event,
        @Nullable Long period,
        @Nullable BigInteger amount,
        String text) {}
