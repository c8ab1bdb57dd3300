package stella.roles.inspector;

import java.util.Optional;
import stella.protocol.deal.Ask;
import stella.roles.Transfer.Quoted;
import stella.roles.Transfer.Terms;

/** Whether a Store keeps to the ask it published (AS-2). Pure. */
final class AskCheck {
    /** "Busy", and "too many": no word about the ask. */
    private static final int TOO_MANY = 429;

    private static final int UNAVAILABLE = 503;
    private static final long PIECE_BYTES_MIN = 128;

    private AskCheck() {}

    /**
     * Terms that fit {@code ask}, as a stranger might choose them; empty when nothing fits.
     *
     * @param draw any number; decides size and length
     */
    static Optional<Terms> fitting(Optional<Ask> published, long block, long draw) {
        if (published.isEmpty() || published.get().expiresAt() <= block) return Optional.empty();
        Ask ask = published.get();
        long least = Math.max(PIECE_BYTES_MIN, powerOfTwoFrom(ask.pieceSizeMin()));
        long most = Math.min(ask.pieceSizeMax(), ask.capacity());
        if (ask.periodsMax() < 1 || least > most) return Optional.empty();
        int doublings = 63 - Long.numberOfLeadingZeros(most / least);
        long size = least << Math.floorMod(draw, doublings + 1);
        long periods = 1 + Math.floorMod(draw >>> 8, ask.periodsMax());
        return Optional.of(new Terms(size, periods, ask.tier()));
    }

    /** Whether the answer breaks {@code published}; silence breaks nothing, and {@code Unreachable} is the items' business. */
    static boolean isBroken(Optional<Ask> published, Terms terms, long block, Quoted answer) {
        boolean fits = published
                .filter(ask -> ask.expiresAt() > block
                        && terms.pieceSize() >= ask.pieceSizeMin()
                        && terms.pieceSize() <= Math.min(ask.pieceSizeMax(), ask.capacity())
                        && terms.periods() <= ask.periodsMax()
                        && terms.tier() == ask.tier())
                .isPresent();
        if (!fits) return false;
        return switch (answer) {
            case Quoted.Unreachable _ -> false;
            case Quoted.Refused(int status, String _) -> status != TOO_MANY && status != UNAVAILABLE;
            case Quoted.Offered(Ask offered) -> isWorse(offered, published.get());
        };
    }

    private static boolean isWorse(Ask offered, Ask published) {
        return offered.price().compareTo(published.price()) > 0
                || offered.pieceSizeMin() > published.pieceSizeMin()
                || offered.pieceSizeMax() < published.pieceSizeMax()
                || offered.periodsMax() < published.periodsMax()
                || offered.capacity() < published.capacity()
                || offered.tier() != published.tier()
                || offered.expiresAt() < published.expiresAt();
    }

    private static long powerOfTwoFrom(long size) {
        long highest = Long.highestOneBit(Math.max(1, size));
        return highest == size ? size : highest << 1;
    }
}
