package stella.gateway.client;

import java.util.Locale;
import java.util.Optional;
import stella.gateway.rpc.RpcException;
import stella.gateway.rpc.RpcFailure;

/**
 * Why a node's pool takes a transaction not, or no more.
 *
 * @param text what the node says
 */
public record PoolRefusal(Reason reason, String text) {
    /** The pool's reasons by their names in Substrate. */
    public enum Reason {
        /** The nonce was used: by this very transaction or by another one. */
        STALE("Stale", "outdated"),
        FUTURE("Future", "valid in the future"),
        PAYMENT("Payment", "inability to pay"),
        BAD_PROOF("BadProof", "bad signature"),
        ANCIENT_BIRTH_BLOCK("AncientBirthBlock", "ancient birth block"),
        EXHAUSTS_RESOURCES("ExhaustsResources", "exhaust"),
        CALL("Call", "call is not expected"),
        BAD_SIGNER("BadSigner", "signing address"),
        CUSTOM("Custom", "custom error"),
        /** The transaction cannot be valid for a reason of its own; the text says which. */
        INVALID("InvalidTransaction", ""),
        /** It was valid and is not any more, in the block that the node thinks best now. */
        INVALIDATED("Invalidated", ""),
        UNKNOWN_VALIDITY("UnknownValidity", ""),
        TEMPORARILY_BANNED("TemporarilyBanned", ""),
        ALREADY_IMPORTED("AlreadyImported", ""),
        TOO_LOW_PRIORITY("TooLowPriority", ""),
        IMMEDIATELY_DROPPED("ImmediatelyDropped", ""),
        /** It was in the pool and was thrown out, since the pool is full or it waited too long. */
        DROPPED("Dropped", ""),
        /** Another transaction with the same nonce took its place. */
        USURPED("Usurped", ""),
        /** The node could not read it. */
        BAD_FORMAT("BadFormat", ""),
        OTHER("Other", "");

        private final String word;
        private final String mark;

        Reason(String word, String mark) {
            this.word = word;
            this.mark = mark;
        }

        /** Substrate's own word. */
        public String word() {
            return word;
        }
    }

    private static final int VERIFICATION_MIN = 1001;
    private static final int LAST_OF_AUTHOR = 1099;

    /** The refusal that {@code failure} of submitting stands for; empty when it is no refusal of the pool. */
    static Optional<PoolRefusal> of(Throwable failure) {
        if (!(RpcException.unwrap(failure) instanceof RpcException e)
                || !(e.failure() instanceof RpcFailure.Refused refused)) return Optional.empty();
        if (refused.code() < VERIFICATION_MIN || refused.code() > LAST_OF_AUTHOR) return Optional.empty();
        String text = refused.data().isEmpty() ? refused.message() : refused.message() + ": " + refused.data();
        return Optional.of(new PoolRefusal(reason(refused.code(), text), text));
    }

    private static Reason reason(int code, String text) {
        return switch (code) {
            case 1001 -> Reason.BAD_FORMAT;
            case 1002, 1010 -> invalid(text);
            case 1011 -> Reason.UNKNOWN_VALIDITY;
            case 1012 -> Reason.TEMPORARILY_BANNED;
            case 1013 -> Reason.ALREADY_IMPORTED;
            case 1014 -> Reason.TOO_LOW_PRIORITY;
            case 1016 -> Reason.IMMEDIATELY_DROPPED;
            default -> Reason.OTHER;
        };
    }

    private static Reason invalid(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (Reason reason : Reason.values()) if (!reason.mark.isEmpty() && lower.contains(reason.mark)) return reason;
        return Reason.INVALID;
    }
}
