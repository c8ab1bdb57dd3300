package stella.protocol.deal;

import java.math.BigInteger;
import stella.protocol.piece.Piece;

/** The chain's arithmetic of prices, for quotes before anything is signed. */
public final class Pricing {
    private static final BigInteger GIB = BigInteger.ONE.shiftLeft(30);
    private static final BigInteger BALANCE_MAX = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

    private Pricing() {}

    /** Planck per period for one replica: {@code price x padded size / GiB}, rounded up. */
    public static BigInteger perPeriod(BigInteger pricePerGib, Piece piece) {
        return pricePerGib
                .multiply(BigInteger.valueOf(piece.paddedSize()))
                .add(GIB.subtract(BigInteger.ONE))
                .divide(GIB);
    }

    /** The highest planck per GiB and period that comes to {@code perPeriod} planck for one replica: what rounding hides. */
    public static BigInteger perGib(BigInteger perPeriod, Piece piece) {
        return perPeriod
                .multiply(GIB)
                .divide(BigInteger.valueOf(piece.paddedSize()))
                .min(BALANCE_MAX);
    }

    /** Planck that a request sets aside at most (clause DL-1). */
    public static BigInteger reserve(BigInteger pricePerGib, Piece piece, long periods, int replicas) {
        return perPeriod(pricePerGib, piece)
                .multiply(BigInteger.valueOf(periods))
                .multiply(BigInteger.valueOf(replicas));
    }
}
