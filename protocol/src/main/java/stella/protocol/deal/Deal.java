package stella.protocol.deal;

import java.math.BigInteger;
import java.util.Optional;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.piece.Piece;

/**
 * One replica of a request with one Store, as the chain keeps it (clause DL-4).
 *
 * @param price planck per period
 * @param activatedAt block of the first accepted proof; period k ends at {@code activatedAt + (k + 1) x ProvingPeriod}
 * @param period current period, from 0; equal to {@code periods} when all are over
 * @param proven whether the current period is proven
 * @param faults missed or wrong proofs so far
 * @param collateral planck held of the Store
 * @param reserved planck of the client's credits still set aside for this deal
 * @param deadline block in which the chain itself acts next
 */
public record Deal(
        long id,
        long request,
        AccountId client,
        AccountId store,
        Bytes content,
        Piece piece,
        BigInteger price,
        long periods,
        Tier tier,
        DealState state,
        long acceptedAt,
        Optional<Long> activatedAt,
        long period,
        boolean proven,
        long paidPeriods,
        long faults,
        long faultsInRow,
        BigInteger collateral,
        BigInteger reserved,
        long deadline) {}
