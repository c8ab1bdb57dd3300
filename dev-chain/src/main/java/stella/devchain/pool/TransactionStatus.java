package stella.devchain.pool;

import stella.protocol.Hash;

/** The steps in the life of a transaction, as {@code author_submitAndWatchExtrinsic} tells them. */
public sealed interface TransactionStatus {
    /** Whether nothing follows. */
    default boolean last() {
        return switch (this) {
            case Future f -> false;
            case Ready r -> false;
            case InBlock b -> false;
            case Retracted r -> false;
            case Finalized f -> true;
            case Usurped u -> true;
            case Dropped d -> true;
            case Invalid i -> true;
        };
    }

    /** It waits for another transaction, usually one with a smaller nonce. */
    record Future() implements TransactionStatus {}

    /** It can be in the next block. */
    record Ready() implements TransactionStatus {}

    record InBlock(Hash block, int index) implements TransactionStatus {}

    /** The block that held it is no longer part of the best chain. */
    record Retracted(Hash block) implements TransactionStatus {}

    record Finalized(Hash block, int index) implements TransactionStatus {}

    /** Another transaction with the same tags and a higher priority took its place. */
    record Usurped(Hash by) implements TransactionStatus {}

    /** The pool was full. */
    record Dropped() implements TransactionStatus {}

    /** It can no longer be included. */
    record Invalid() implements TransactionStatus {}
}
