package stella.gateway.outbox;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * What an outbox needs of a chain, for the one account whose key it holds. A stage that completes exceptionally means that the chain
 * could not be reached; asking again later is always right.
 */
public interface OutboxChain {
    /** Tells each finalized block in order, beginning with the newest. The listener must only pass it on. */
    AutoCloseable follow(Consumer<Head> listener);

    /** The account's next nonce at a finalized block: all nonces below it are used for good. */
    CompletionStage<Long> finalizedNonce(Hash at);

    /** The account's next nonce with the pool's transactions counted in. */
    CompletionStage<Long> nextNonce();

    /** A signed transaction whose mortal era of {@code period} blocks is born with {@code birth}. */
    Bytes sign(Bytes call, long nonce, Head birth, int period);

    /** The identity of a signed transaction. */
    Hash hash(Bytes transaction);

    /** Submits and watches to the end. */
    CompletionStage<Fate> submit(Bytes transaction);

    /** Looks for a transaction in finalized blocks {@code from} to {@code to}, both included. */
    CompletionStage<Optional<Fate.Finalized>> find(Hash transaction, long from, long to);

    /** A call without any effect, to fill a nonce that would hold up later ones. */
    Bytes nothing();

    record Head(long number, Hash hash) {}

    /** How a submission ended. */
    sealed interface Fate {
        /**
         * In a finalized block.
         *
         * @param error why the call failed, if it did; fees were paid all the same
         */
        record Finalized(long block, Hash hash, Optional<CallError> error) implements Fate {}

        /** The pool refuses it and always will: nothing happened, its nonce is free. */
        record Refused(CallError error) implements Fate {}

        /** Not valid now: its nonce is used, its era over, or the pool has it already. What became of it is for the chain to say. */
        record Unclear(String reason) implements Fate {}
    }

    /**
     * @param name the pallet's or pool's own name, for example {@code Stella.NotEnoughCredits} or {@code Payment}
     * @param text what it means and what mends it
     */
    record CallError(String name, String text) {}
}
