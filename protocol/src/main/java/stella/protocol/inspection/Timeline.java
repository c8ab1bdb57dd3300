package stella.protocol.inspection;

/**
 * When what happens for an epoch (clauses IN-1, IN-5, IN-9, RE-2). Blocks are numbers; all spans are half-open.
 *
 * <pre>
 * epoch e       inspect
 * epoch e + 1   commit in the first half, reveal in the second
 * epoch e + 2   questions in the first half; at its middle all evidence is final: evaluate, then attest
 * </pre>
 *
 * @param epochLength blocks
 */
public record Timeline(long epochLength) {
    public Timeline {
        if (epochLength < 2)
            throw new IllegalArgumentException("an epoch needs two halves, it cannot have " + epochLength + " blocks");
    }

    /** The epochs between the one that is inspected and the one in which its attestation closes. */
    public static final int EPOCHS_IN_FLIGHT = 3;

    /** Blocks {@code from} (inclusive) to {@code to} (exclusive). */
    public record Span(long from, long to) {
        public boolean contains(long block) {
            return block >= from && block < to;
        }

        public long length() {
            return to - from;
        }
    }

    public long epochOf(long block) {
        return block / epochLength;
    }

    /** The first block of an epoch; that of epoch 0 is 1, since block 0 has no seed. */
    public long firstBlock(long epoch) {
        return Math.max(1, epoch * epochLength);
    }

    public Span inspect(long epoch) {
        return new Span(firstBlock(epoch), firstBlock(epoch + 1));
    }

    public Span commit(long epoch) {
        return firstHalf(epoch + 1);
    }

    public Span reveal(long epoch) {
        return secondHalf(epoch + 1);
    }

    /**
     * When a verdict that contradicts others is put in question (IN-8). The chain takes questions until the answers would be late, which
     * is never before this ends: {@code AnswerWindow} is at most a quarter of an epoch.
     */
    public Span question(long epoch) {
        return new Span(firstBlock(epoch + 2), (epoch + 2) * epochLength + Math.max(1, epochLength / 4));
    }

    /** The block from which all evidence of an epoch is on chain and final: its questions are answered or lost. */
    public long evaluateAt(long epoch) {
        return attest(epoch).from();
    }

    public Span attest(long epoch) {
        return secondHalf(epoch + 2);
    }

    /** The block by which it is known whether a quorum adopted an epoch's result. */
    public long settledAt(long epoch) {
        return firstBlock(epoch + EPOCHS_IN_FLIGHT);
    }

    private Span firstHalf(long epoch) {
        return new Span(firstBlock(epoch), epoch * epochLength + epochLength / 2);
    }

    private Span secondHalf(long epoch) {
        return new Span(epoch * epochLength + epochLength / 2, firstBlock(epoch + 1));
    }
}
