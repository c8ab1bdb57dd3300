package stella.node.content;

/** Told how far long work on bytes has come. Calls are frequent and must be cheap. */
public interface Progress {
    Progress NONE = new Progress() {
        @Override
        public void phase(String what, long total) {}

        @Override
        public void advance(long bytes) {}
    };

    /** A phase begins: {@code what} is a verb of what is done, {@code total} the bytes expected, -1 when unknown. */
    void phase(String what, long total);

    /** {@code bytes} more of the phase are done. */
    void advance(long bytes);
}
