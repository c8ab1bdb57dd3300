package stella.roles;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Tier;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;

/** Bytes between nodes, over their public HTTP endpoints. Requests look like any client's (IN-4). */
public interface Transfer {
    /**
     * Asks {@code endpoint} for one block, as a trustless gateway serves it. The bytes are as received: the caller verifies them.
     *
     * @param cid text form of the CID
     * @param deadline for the whole block; a drip of bytes is {@link Answer.Unreachable}
     */
    CompletionStage<Answer> block(String endpoint, String cid, Duration deadline);

    /** Asks {@code endpoint} for leaves of a piece with their paths (IN-4, receipts). The proofs are as received. */
    CompletionStage<Possession> possession(String endpoint, Piece piece, List<Long> leaves, Duration deadline);

    /** Asks the Fetch at {@code gateway} to get the block from that one Store and from nobody else (IN-7). */
    CompletionStage<Relayed<Answer>> relayedBlock(String gateway, AccountId store, String cid, Duration deadline);

    /** Asks the Fetch at {@code gateway} to get leaves of a piece from that one Store (IN-7). */
    CompletionStage<Relayed<Possession>> relayedPossession(
            String gateway, AccountId store, Piece piece, List<Long> leaves, Duration deadline);

    /** Asks a Store at {@code endpoint} for its ask as a stranger would (AS-1, AS-2). */
    CompletionStage<Quoted> ask(String endpoint, Terms terms, Duration deadline);

    /**
     * Asks {@code endpoint} of an Inspector for what it publishes under a name (RE-2). The bytes are as received.
     *
     * @param name digest of an adopted result
     */
    CompletionStage<Published> published(String endpoint, Hash name, Duration deadline);

    /** What came of a request for a block. */
    sealed interface Answer {
        /** At most 2 MiB. */
        record Block(Bytes data) implements Answer {}

        /** The endpoint answered, but not with the block: status and a sentence. */
        record Refused(int status, String detail) implements Answer {}

        record Unreachable(String detail) implements Answer {}
    }

    /** What came of a request for leaves. */
    sealed interface Possession {
        /** @param deliveredBy account whose valid signature says that it delivered them; a Fetch always signs, a Store need not */
        record Proven(List<LeafProof> leaves, Optional<AccountId> deliveredBy) implements Possession {
            public Proven {
                leaves = List.copyOf(leaves);
            }

            public Proven(List<LeafProof> leaves) {
                this(leaves, Optional.empty());
            }
        }

        record Refused(int status, String detail) implements Possession {}

        record Unreachable(String detail) implements Possession {}
    }

    /** What came of a request through a relay: what the Store answered, or that the relay itself did not do its part. */
    sealed interface Relayed<T> {
        record Passed<T>(T answer) implements Relayed<T> {}

        record Broken<T>(String detail) implements Relayed<T> {}
    }

    /** A request that a stranger might make: padded bytes, proving periods, tier. */
    record Terms(long pieceSize, long periods, Tier tier) {}

    /** What a Store says to {@link Terms}. */
    sealed interface Quoted {
        record Offered(Ask ask) implements Quoted {}

        record Refused(int status, String detail) implements Quoted {}

        record Unreachable(String detail) implements Quoted {}
    }

    /** What came of a request for something published. */
    sealed interface Published {
        /** At most 64 MiB. */
        record Found(Bytes data) implements Published {}

        /** Not there, or not to be had; {@code detail} says which. */
        record Missing(String detail) implements Published {}
    }
}
