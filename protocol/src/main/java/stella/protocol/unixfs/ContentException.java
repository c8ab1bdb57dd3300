package stella.protocol.unixfs;

import java.io.IOException;
import stella.protocol.cid.Cid;

/** Content cannot be read. Each case holds what a caller needs to decide: ask another node, tell the user, drop the source. */
public abstract sealed class ContentException extends IOException {
    private ContentException(String message) {
        super(message);
    }

    /** The source does not have a block. */
    public static final class MissingBlock extends ContentException {
        private final Cid cid;

        public MissingBlock(Cid cid) {
            super("block " + cid + " is not here");
            this.cid = cid;
        }

        public Cid cid() {
            return cid;
        }
    }

    /** The source answered with other bytes than the CID names. */
    public static final class WrongBlock extends ContentException {
        private final Cid cid;

        public WrongBlock(Cid cid, String reason) {
            super("block " + cid + " is wrong: " + reason);
            this.cid = cid;
        }

        public Cid cid() {
            return cid;
        }
    }

    /** The bytes are those of the CID, but make no sense as a file or directory. No other source can help. */
    public static final class MalformedDag extends ContentException {
        private final Cid cid;

        public MalformedDag(Cid cid, String reason) {
            super("block " + cid + " is no valid UnixFS: " + reason);
            this.cid = cid;
        }

        public Cid cid() {
            return cid;
        }
    }

    /** The path leads nowhere, or not to what was asked for. */
    public static final class NoSuchPath extends ContentException {
        public NoSuchPath(String message) {
            super(message);
        }
    }
}
