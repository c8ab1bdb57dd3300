package stella.roles.inspector;

import java.util.Optional;

/** How far the reputation after the epoch two before the present one has come here. */
public sealed interface Result {
    /** Nothing to work out, or nothing that could be: the epoch was skipped, or its evidence could not be read. */
    record None() implements Result {}

    /** The evidence of {@code epoch} is on chain and has to be applied. */
    record Wanted(long epoch) implements Result {}

    /** Worked out, and to be attested when its time comes. */
    record Ready(Evaluation evaluation) implements Result {}

    /** Worked out, and nothing more is said about it; a quorum may or may not adopt it. */
    record Told(Evaluation evaluation) implements Result {}

    /** The result, if it was worked out. */
    default Optional<Evaluation> workedOut() {
        return switch (this) {
            case Ready(Evaluation evaluation) -> Optional.of(evaluation);
            case Told(Evaluation evaluation) -> Optional.of(evaluation);
            case None(), Wanted(long _) -> Optional.empty();
        };
    }
}
