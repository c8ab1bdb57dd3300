package stella.roles.wire;

import com.google.protobuf.ByteString;
import java.io.NotSerializableException;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Supplier;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.deal.Decline;
import stella.protocol.message.v1.DeclineReason;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.protocol.role.Standing;

/** Shared values in protobuf form. Reading throws {@link IllegalArgumentException} for anything a value type refuses. */
final class Wire {
    private static final int TEXT_BYTES_MAX = 512;
    private static final int ELLIPSIS_BYTES = 3;
    private static final int FACTS_MAX = 4;

    private Wire() {}

    static ByteString bytes(Bytes value) {
        return ByteString.copyFrom(value.toArray());
    }

    static Bytes bytes(ByteString value) {
        return Bytes.owning(value.toByteArray());
    }

    static ByteString account(AccountId value) {
        return bytes(value.bytes());
    }

    static AccountId account(ByteString value) {
        return new AccountId(bytes(value));
    }

    static Hash hash(ByteString value) {
        return new Hash(bytes(value));
    }

    @SuppressWarnings("EnumOrdinal") // the ordinal is the index in SCALE
    static int index(Standing standing) {
        return standing.ordinal();
    }

    static Standing standing(int index) {
        Standing[] all = Standing.values();
        if (index < 0 || index >= all.length) throw new IllegalArgumentException("standings are 0 to 3, not " + index);
        return all[index];
    }

    /** A number that is not negative: unsigned on the wire, but nothing counted here comes near 2^63. */
    static long number(long value) {
        if (value < 0)
            throw new IllegalArgumentException("a number is below 2^63, not " + Long.toUnsignedString(value));
        return value;
    }

    /** Planck in decimal digits, below 2^128. */
    static BigInteger amount(String text) {
        if (text.isEmpty() || text.length() > 39 || !text.chars().allMatch(c -> c >= '0' && c <= '9'))
            throw new IllegalArgumentException("an amount has 1 to 39 decimal digits");
        BigInteger amount = new BigInteger(text);
        if (amount.bitLength() > 128) throw new IllegalArgumentException("an amount is below 2^128");
        return amount;
    }

    /**
     * Text from outside.
     *
     * @throws IllegalArgumentException when it has more than {@code bytesMax} bytes in UTF-8
     */
    static String text(String value, int bytesMax) {
        if (Bytes.utf8(value).length() > bytesMax)
            throw new IllegalArgumentException("a text of at most " + bytesMax + " bytes is expected here");
        return value;
    }

    static stella.protocol.message.v1.Piece piece(Piece piece) {
        return stella.protocol.message.v1.Piece.newBuilder()
                .setRoot(bytes(piece.root().bytes()))
                .setHeight(piece.height())
                .setPadding(piece.padding())
                .build();
    }

    static Piece piece(stella.protocol.message.v1.Piece piece) {
        return new Piece(new Hash(bytes(piece.getRoot())), piece.getHeight(), piece.getPadding());
    }

    static stella.protocol.message.v1.LeafProof leaf(LeafProof proof) {
        var builder = stella.protocol.message.v1.LeafProof.newBuilder()
                .setIndex(proof.index())
                .setLeaf(bytes(proof.leaf().bytes()));
        proof.path().forEach(node -> builder.addPath(bytes(node.bytes())));
        return builder.build();
    }

    static LeafProof leaf(stella.protocol.message.v1.LeafProof proof) {
        if (proof.getPathCount() > Piece.HEIGHT_MAX) throw new IllegalArgumentException("a path has at most 50 nodes");
        List<Hash> path =
                proof.getPathList().stream().map(node -> new Hash(bytes(node))).toList();
        return new LeafProof(proof.getIndex(), new Hash(bytes(proof.getLeaf())), path);
    }

    static DeclineReason reason(Decline decline) {
        return switch (decline) {
            case Decline.PieceTooLarge _ -> DeclineReason.PIECE_TOO_LARGE;
            case Decline.PriceTooLow _ -> DeclineReason.PRICE_TOO_LOW;
            case Decline.NoSpace _ -> DeclineReason.NO_SPACE;
            case Decline.SourceUnreachable _ -> DeclineReason.SOURCE_UNREACHABLE;
            case Decline.CommitmentMismatch _ -> DeclineReason.COMMITMENT_MISMATCH;
            case Decline.ClientWithoutCredits _ -> DeclineReason.CLIENT_WITHOUT_CREDITS;
            case Decline.Suspended _ -> DeclineReason.SUSPENDED;
            case Decline.ShuttingDown _ -> DeclineReason.SHUTTING_DOWN;
            case Decline.Duplicate _ -> DeclineReason.DUPLICATE;
        };
    }

    static List<String> facts(Decline decline) {
        return switch (decline) {
            case Decline.PieceTooLarge(long size, long min, long max) ->
                List.of(Long.toString(size), Long.toString(min), Long.toString(max));
            case Decline.PriceTooLow(BigInteger offered, BigInteger asked) ->
                List.of(offered.toString(), asked.toString());
            case Decline.NoSpace(long needed, long free) -> List.of(Long.toString(needed), Long.toString(free));
            case Decline.SourceUnreachable(int attempts, String detail) ->
                List.of(Integer.toString(attempts), cut(detail));
            case Decline.CommitmentMismatch(String expected, String found) -> List.of(cut(expected), cut(found));
            case Decline.ClientWithoutCredits(String detail) -> List.of(cut(detail));
            case Decline.Suspended(String detail) -> List.of(cut(detail));
            case Decline.ShuttingDown(String detail) -> List.of(cut(detail));
            case Decline.Duplicate(String detail) -> List.of(cut(detail));
        };
    }

    static Decline decline(DeclineReason reason, List<String> facts) {
        int wanted = switch (reason) {
            case PIECE_TOO_LARGE -> 3;
            case PRICE_TOO_LOW, NO_SPACE, SOURCE_UNREACHABLE, COMMITMENT_MISMATCH -> 2;
            case CLIENT_WITHOUT_CREDITS, SUSPENDED, SHUTTING_DOWN, DUPLICATE -> 1;
            case DECLINE_REASON_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("unknown reason for declining");
        };
        if (facts.size() > FACTS_MAX) throw new IllegalArgumentException("a reason has at most 4 facts");
        if (facts.size() < wanted) throw new IllegalArgumentException(reason + " comes with " + wanted + " facts");
        return switch (reason) {
            case PIECE_TOO_LARGE ->
                new Decline.PieceTooLarge(
                        Long.parseLong(facts.get(0)), Long.parseLong(facts.get(1)), Long.parseLong(facts.get(2)));
            case PRICE_TOO_LOW -> new Decline.PriceTooLow(amount(facts.get(0)), amount(facts.get(1)));
            case NO_SPACE -> new Decline.NoSpace(Long.parseLong(facts.get(0)), Long.parseLong(facts.get(1)));
            case SOURCE_UNREACHABLE -> new Decline.SourceUnreachable(Integer.parseInt(facts.get(0)), cut(facts.get(1)));
            case COMMITMENT_MISMATCH -> new Decline.CommitmentMismatch(cut(facts.get(0)), cut(facts.get(1)));
            case CLIENT_WITHOUT_CREDITS -> new Decline.ClientWithoutCredits(cut(facts.get(0)));
            case SUSPENDED -> new Decline.Suspended(cut(facts.get(0)));
            case SHUTTING_DOWN -> new Decline.ShuttingDown(cut(facts.get(0)));
            case DUPLICATE -> new Decline.Duplicate(cut(facts.get(0)));
            case DECLINE_REASON_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("unknown reason for declining");
        };
    }

    /** At most 512 bytes of {@code text} in UTF-8, whole characters only. */
    static String cut(String text) {
        if (text.length() <= TEXT_BYTES_MAX / 3 || Bytes.utf8(text).length() <= TEXT_BYTES_MAX) return text;
        StringBuilder kept = new StringBuilder();
        int bytes = ELLIPSIS_BYTES;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            bytes += Bytes.utf8(Character.toString(character)).length();
            if (bytes > TEXT_BYTES_MAX) break;
            kept.appendCodePoint(character);
            at += Character.charCount(character);
        }
        return kept.append('…').toString();
    }

    /** Runs a reader and turns what a value type refuses into the exception that Pekko's serialization expects. */
    static <T> T reading(String what, Supplier<T> reader) throws NotSerializableException {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            throw new NotSerializableException(what + ": " + cut(String.valueOf(e.getMessage())));
        }
    }
}
