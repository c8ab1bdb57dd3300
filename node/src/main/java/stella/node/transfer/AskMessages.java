package stella.node.transfer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Tier;
import stella.protocol.message.v1.AskQuery;
import stella.protocol.piece.Piece;
import stella.roles.Transfer.Terms;

/** The messages of {@code POST /stella/v1/ask} (DL-7, AS-1), read and written at both ends. */
public final class AskMessages {
    public static final String PATH = "stella/v1/ask";
    public static final int QUERY_BYTES_MAX = 128;
    public static final int ASK_BYTES_MAX = 1024;

    private static final int PRICE_DIGITS_MAX = 39;
    private static final long PIECE_BYTES_MAX = 32L << Piece.HEIGHT_MAX;

    private AskMessages() {}

    @SuppressWarnings("EnumOrdinal") // the ordinal is the index in SCALE
    public static byte[] write(Terms terms) {
        return AskQuery.newBuilder()
                .setPieceSize(terms.pieceSize())
                .setPeriods(terms.periods())
                .setTier(terms.tier().ordinal())
                .build()
                .toByteArray();
    }

    /** @throws IllegalArgumentException saying what is wrong */
    public static Terms readTerms(byte[] body) {
        try {
            AskQuery query = AskQuery.parseFrom(body);
            if (query.getPieceSize() <= 0 || query.getPieceSize() > PIECE_BYTES_MAX)
                throw new IllegalArgumentException("a piece has 1 to " + PIECE_BYTES_MAX + " padded bytes");
            if (query.getPeriods() <= 0) throw new IllegalArgumentException("a deal has at least one period");
            return new Terms(query.getPieceSize(), query.getPeriods(), tier(query.getTier()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the body is no AskQuery", e);
        }
    }

    @SuppressWarnings("EnumOrdinal") // the ordinal is the index in SCALE
    public static byte[] write(AccountId store, Ask ask) {
        return stella.protocol.message.v1.Ask.newBuilder()
                .setStore(ByteString.copyFrom(store.bytes().toArray()))
                .setPrice(ask.price().toString())
                .setPieceSizeMin(ask.pieceSizeMin())
                .setPieceSizeMax(ask.pieceSizeMax())
                .setPeriodsMax((int) Math.min(ask.periodsMax(), Integer.MAX_VALUE))
                .setCapacity(ask.capacity())
                .setTier(ask.tier().ordinal())
                .setExpiresAt(ask.expiresAt())
                .build()
                .toByteArray();
    }

    /** @throws IllegalArgumentException saying what is wrong */
    static Ask readAsk(byte[] body) {
        try {
            var ask = stella.protocol.message.v1.Ask.parseFrom(body);
            return new Ask(
                    price(ask.getPrice()),
                    ask.getPieceSizeMin(),
                    ask.getPieceSizeMax(),
                    Integer.toUnsignedLong(ask.getPeriodsMax()),
                    ask.getCapacity(),
                    tier(ask.getTier()),
                    ask.getExpiresAt());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the answer is no Ask", e);
        }
    }

    private static BigInteger price(String text) {
        if (text.isEmpty() || text.length() > PRICE_DIGITS_MAX || !text.chars().allMatch(c -> c >= '0' && c <= '9'))
            throw new IllegalArgumentException("a price has 1 to " + PRICE_DIGITS_MAX + " decimal digits");
        return new BigInteger(text);
    }

    private static Tier tier(int index) {
        Tier[] tiers = Tier.values();
        if (index < 0 || index >= tiers.length) throw new IllegalArgumentException("no tier has the index " + index);
        return tiers[index];
    }

    /** What a Store refuses in words; see {@link PossessionMessages#refusal}. */
    static String refusal(Bytes body) {
        return PossessionMessages.readRefusal(body.toArray());
    }
}
