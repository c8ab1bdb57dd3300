package stella.node.api.document;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A deal as a person wants to see it: where it stands, who must act, until when, and what comes next.
 *
 * @param client SS58, {@code clientName} when this program knows one
 * @param content CID of the content
 * @param state {@code Accepted}, {@code Active}, {@code Completed}, {@code Terminated}, {@code EndedEarly}, {@code Lapsed}
 * @param owner who must act next: {@code store}, {@code chain} or {@code nobody}
 * @param nextStep a sentence
 * @param deadline block by which the owner must have acted; none when the deal is over
 * @param price planck per period
 * @param period current period, from 0; equal to {@code periods} when all are over
 * @param proven whether the current period is proven
 * @param proofs accepted proofs, the first (unpaid) one included
 * @param paid planck paid to the Store so far
 * @param collateral planck of the Store still held
 * @param reserved planck of the client still set aside
 * @param slashed planck of collateral lost to the client
 */
public record DealView(
        long id,
        long request,
        String client,
        @Nullable String clientName,
        String store,
        @Nullable String storeName,
        String content,
        String pieceCid,
        String state,
        String owner,
        String nextStep,
        @Nullable Long deadline,
        BigInteger price,
        long periods,
        long period,
        boolean proven,
        long proofs,
        long paidPeriods,
        BigInteger paid,
        long faults,
        long faultsInRow,
        BigInteger collateral,
        BigInteger reserved,
        BigInteger slashed,
        long acceptedAt,
        @Nullable Long activatedAt) {}
