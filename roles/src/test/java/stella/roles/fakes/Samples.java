package stella.roles.fakes;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.chain.Constants;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.protocol.deal.Pricing;
import stella.protocol.deal.StorageRequest;
import stella.protocol.deal.Tier;
import stella.protocol.piece.Commitment;
import stella.protocol.piece.Piece;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;

/** Ordinary values; a test changes what matters to it. */
public final class Samples {
    public static final BigInteger PRICE = BigInteger.valueOf(1_000_000_000);
    public static final byte[] DATA = data(1, 3000);
    public static final Piece PIECE = Commitment.of(DATA);
    public static final Bytes CONTENT = Cid.of(Codec.RAW, Bytes.of(DATA)).toBytes();
    public static final String SOURCE = "http://client/offer.car";

    public static final Constants CONSTANTS = new Constants(
            20,
            10,
            6,
            5,
            16,
            120,
            20,
            3,
            100_000_000,
            BigInteger.TEN.pow(18),
            60,
            4,
            9,
            20,
            BigInteger.TEN,
            BigInteger.TEN,
            BigInteger.TEN);

    private Samples() {}

    public static byte[] data(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    public static AccountId account(int number) {
        byte[] bytes = new byte[AccountId.LENGTH];
        Arrays.fill(bytes, (byte) number);
        return AccountId.of(bytes);
    }

    public static Hash hash(long number) {
        byte[] bytes = new byte[Hash.LENGTH];
        new SplittableRandom(number).nextBytes(bytes);
        return Hash.of(bytes);
    }

    public static Ask ask() {
        return ask(PRICE, 1 << 20);
    }

    public static Ask ask(BigInteger price, long capacity) {
        return new Ask(price, 128, 1 << 20, 100, capacity, Tier.HOT, 1_000_000);
    }

    public static StorageRequest terms(int replicas, long periods) {
        return new StorageRequest(CONTENT, PIECE, replicas, periods, PRICE, Tier.HOT, SOURCE);
    }

    public static RoleEntry store(AccountId account) {
        return new RoleEntry(
                Role.STORE,
                account,
                BigInteger.TEN,
                "http://" + account.toString().substring(2, 6),
                Optional.empty(),
                0,
                Optional.empty(),
                0);
    }

    /** A deal of {@link #PIECE}, accepted in block 10, or active since block 12. */
    public static Deal deal(long id, long request, AccountId store, DealState state) {
        boolean activated = state != DealState.ACCEPTED && state != DealState.LAPSED;
        return new Deal(
                id,
                request,
                account(0xc1),
                store,
                CONTENT,
                PIECE,
                Pricing.perPeriod(PRICE, PIECE),
                3,
                Tier.HOT,
                state,
                10,
                activated ? Optional.of(12L) : Optional.empty(),
                0,
                false,
                0,
                0,
                0,
                BigInteger.ONE,
                BigInteger.ONE,
                activated ? 12 + CONSTANTS.provingPeriod() : 10 + CONSTANTS.activationTimeout());
    }
}
