package stella.node.api.document;

import java.util.Optional;

/** The stable words for what goes wrong, each with the HTTP status that carries it. */
public enum ErrorCode {
    MALFORMED("malformed", 400),
    BAD_CID("bad-cid", 400),
    LOCAL_ONLY("local-only", 403),
    NO_SUCH_PATH("no-such-path", 404),
    NO_SUCH_ACCOUNT("no-such-account", 404),
    NO_SUCH_NODE("no-such-node", 404),
    NO_SUCH_DEAL("no-such-deal", 404),
    NO_SUCH_REQUEST("no-such-request", 404),
    NO_SUCH_PLACEMENT("no-such-placement", 404),
    NO_SUCH_UPLOAD("no-such-upload", 404),
    NO_SUCH_EVIDENCE("no-such-evidence", 404),
    METHOD_NOT_ALLOWED("method-not-allowed", 405),
    NOT_UPLOADED("not-uploaded", 409),
    UPLOAD_RUNNING("upload-running", 409),
    UPLOAD_OFFSET("upload-offset", 409),
    KEY_REUSED("key-reused", 409),
    TOO_LARGE("too-large", 413),
    COMMITMENT_MISMATCH("commitment-mismatch", 422),
    BUSY("busy", 429),
    INTERNAL("internal", 500),
    CHAIN_UNREACHABLE("chain-unreachable", 503),
    STARTING("starting", 503),
    /** No Inspector of this program answers. */
    NO_INSPECTOR("no-inspector", 503),
    UPLOADS_FULL("uploads-full", 507),
    /** Ends a placement: on paper or after all offers there are not enough Stores. */
    NO_STORE_FITS("no-store-fits", 409),
    /** Ends a placement: credits could not be bought. */
    NOT_ENOUGH_FUNDS("not-enough-funds", 409),
    /** Ends a placement: the chain refused a call. */
    REFUSED("refused", 409);

    private final String word;
    private final int status;

    ErrorCode(String word, int status) {
        this.word = word;
        this.status = status;
    }

    public String word() {
        return word;
    }

    public int status() {
        return status;
    }

    /** The code of {@code word}; empty for a word of another version. */
    public static Optional<ErrorCode> of(String word) {
        for (ErrorCode code : values()) if (code.word.equals(word)) return Optional.of(code);
        return Optional.empty();
    }
}
