package stella.devchain.pool;

import java.util.List;
import stella.gateway.scale.ScaleReader;
import stella.protocol.Bytes;

/** What the runtime says of a transaction: {@code TransactionValidity}. */
public sealed interface Validity {
    int TAGS_MAX = 1024;
    int TAG_BYTES_MAX = 1024;

    /**
     * It may be included once every tag in {@code requires} has been provided.
     *
     * @param priority larger is earlier; an unsigned number
     * @param longevity for how many blocks this holds; an unsigned number
     */
    record Valid(long priority, List<Bytes> requires, List<Bytes> provides, long longevity, boolean propagate)
            implements Validity {
        public Valid {
            requires = List.copyOf(requires);
            provides = List.copyOf(provides);
        }
    }

    /**
     * It may not.
     *
     * @param unknown whether the runtime could not decide, rather than decided against it
     * @param text Substrate's words
     */
    record Refused(boolean unknown, int code, String text) implements Validity {
        private static final int EXHAUSTS_RESOURCES = 6;
        private static final int FUTURE = 2;

        /** It did not fit into this block and may fit into the next. */
        public boolean exhaustsResources() {
            return !unknown && code == EXHAUSTS_RESOURCES;
        }

        public boolean future() {
            return !unknown && code == FUTURE;
        }
    }

    /** @throws stella.gateway.scale.ScaleException when {@code encoded} is no validity */
    public static Validity decode(Bytes encoded) {
        ScaleReader in = new ScaleReader(encoded);
        if (in.u8() != 0) return readRefusal(in);
        return new Valid(
                in.u64(),
                in.sequence(TAGS_MAX, tag -> tag.bytes(TAG_BYTES_MAX)),
                in.sequence(TAGS_MAX, tag -> tag.bytes(TAG_BYTES_MAX)),
                in.u64(),
                in.bool());
    }

    /** {@code TransactionValidityError}; the texts are those of sp-runtime (transaction_validity.rs). */
    static Refused readRefusal(ScaleReader in) {
        boolean unknown = in.u8() == 1;
        int code = in.u8();
        return new Refused(unknown, code, unknown ? unknownText(code, in) : invalidText(code, in));
    }

    private static String invalidText(int code, ScaleReader in) {
        return switch (code) {
            case 0 -> "Transaction call is not expected";
            case 1 -> "Inability to pay some fees (e.g. account balance too low)";
            case 2 -> "Transaction will be valid in the future";
            case 3 -> "Transaction is outdated";
            case 4 -> "Transaction has a bad signature";
            case 5 -> "Transaction has an ancient birth block";
            case 6 -> "Transaction would exhaust the block limits";
            case 7 -> "Custom error: " + in.u8();
            case 8 -> "A call was labelled as mandatory, but resulted in an Error.";
            case 9 -> "Transaction dispatch is mandatory; transactions must not be validated.";
            case 10 -> "Invalid signing address";
            case 11 -> "The implicit data was unable to be calculated";
            case 12 -> "The transaction extension did not authorize any origin";
            default -> "Invalid transaction, reason " + code;
        };
    }

    private static String unknownText(int code, ScaleReader in) {
        return switch (code) {
            case 0 -> "Could not lookup information required to validate the transaction";
            case 1 -> "Could not find an unsigned validator for the unsigned transaction";
            case 2 -> "Custom error: " + in.u8();
            default -> "Unknown validity, reason " + code;
        };
    }
}
