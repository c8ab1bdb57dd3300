package stella.gateway.outbox;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** A signed transaction. */
    Bytes sign(Bytes call, Terms terms);

    /** The identity of a signed transaction. */
    Hash hash(Bytes transaction);

    /** What the chain would take for a signed transaction now, its tip included; zero where the chain cannot say. */
    CompletionStage<BigInteger> fee(Bytes transaction);

    /** Submits and watches to the end; {@code included} hears of each block that has it before it is final. */
    CompletionStage<Fate> submit(Bytes transaction, Consumer<Head> included);

    /** Looks for any of {@code transactions} in finalized blocks {@code from} to {@code to}, both included. */
    CompletionStage<Optional<Fate.Finalized>> find(Set<Hash> transactions, long from, long to);

    /** A call without any effect, to fill a nonce that would hold up later ones. */
    Bytes nothing();

    /** Whether {@code call} may be one of a batch without its outcome getting mixed up with that of others. */
    boolean isBatchable(Bytes call);

    /** One call that carries out {@code calls} in order, whichever of them fail. */
    Bytes batch(List<Bytes> calls);

    record Head(long number, Hash hash) {}

    /**
     * What a transaction is signed for besides its call.
     *
     * @param birth block in which its era of {@code period} blocks begins
     * @param tip planck
     */
    record Terms(long nonce, Head birth, int period, BigInteger tip) {}

    /** How a submission ended. */
    sealed interface Fate {
        /** In a finalized block. */
        record Finalized(long block, Hash hash, Hash transaction, Result result) implements Fate {}

        /** The pool refuses it and always will: nothing happened, its nonce is free. */
        record Refused(CallError error) implements Fate {}

        /** The pool takes better paid transactions only; a tip may help. */
        record Outbid(String reason) implements Fate {}

        /** Not valid now: its nonce is used, its era over, or the pool has it already. What became of it is for the chain to say. */
        record Unclear(String reason) implements Fate {}
    }

    /** What a transaction in a finalized block did. */
    sealed interface Result {
        record Done() implements Result {}

        /** Nothing, but fees were paid. */
        record Failed(CallError error) implements Result {}

        /** The calls of a batch, each with its error if it failed. */
        record Items(List<Optional<CallError>> errors) implements Result {
            public Items {
                errors = List.copyOf(errors);
            }
        }

        /** It is in the block, but nobody can say any more what it did. */
        record Unknown(CallError error) implements Result {}
    }

    /**
     * @param name the pallet's or pool's own name, for example {@code Stella.NotEnoughCredits} or {@code Payment}
     * @param text what it means and what mends it
     */
    record CallError(String name, String text) {}
}
