package stella.node.api;

import java.math.BigInteger;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.protocol.deal.Request;
import stella.protocol.deal.RequestState;
import stella.protocol.deal.StorageRequest;
import stella.protocol.deal.Tier;
import stella.protocol.piece.Commitment;
import stella.protocol.piece.Piece;

/** Deals and requests for tests: only what a test is about is said, the rest is here. */
public final class TestDeals {
    public static final byte[] CAR = Bytes.utf8("these bytes stand for a CAR").toArray();
    public static final Piece PIECE = Commitment.of(CAR);
    public static final Cid CONTENT = Cid.of(Codec.RAW, Bytes.utf8("content"));
    public static final BigInteger PRICE = BigInteger.valueOf(1_000);

    private TestDeals() {}

    /** Accepted in block 10, first proof due before block 70. */
    public static Deal accepted(long id) {
        return deal(id, DealState.ACCEPTED, Optional.empty(), 0, false, 0, 0);
    }

    /** Active since block 12; period k ends in block 12 + 30 (k + 1). */
    public static Deal active(long id, long period, boolean proven, long paidPeriods, long faults) {
        return deal(id, DealState.ACTIVE, Optional.of(12L), period, proven, paidPeriods, faults);
    }

    public static Deal over(long id, DealState state) {
        return deal(id, state, Optional.of(12L), 10, false, 10, 0);
    }

    private static Deal deal(
            long id,
            DealState state,
            Optional<Long> activatedAt,
            long period,
            boolean proven,
            long paidPeriods,
            long faults) {
        long periods = 10;
        BigInteger collateral = state.isLive()
                ? PRICE.multiply(BigInteger.valueOf(periods)).subtract(PRICE.multiply(BigInteger.valueOf(faults)))
                : BigInteger.ZERO;
        return new Deal(
                id,
                3,
                FakeNetwork.ALICE,
                FakeNetwork.STORE_1,
                CONTENT.toBytes(),
                PIECE,
                PRICE,
                periods,
                Tier.HOT,
                state,
                10,
                activatedAt,
                period,
                proven,
                paidPeriods,
                faults,
                faults,
                collateral,
                BigInteger.ZERO,
                70);
    }

    /** Made in block 5, expires in block 125. */
    public static Request request(long id, RequestState state, int open, int live) {
        StorageRequest terms = new StorageRequest(
                CONTENT.toBytes(), PIECE, 2, 10, PRICE, Tier.HOT, "http://127.0.0.1:4/piece/" + PIECE.cid());
        return new Request(id, FakeNetwork.ALICE, terms, state, open, live, BigInteger.ZERO, 5, 125);
    }
}
