package stella.node.cli;

/** The form of data on standard output. */
public enum OutputFormat {
    /** For people. */
    TABLE,
    /** One JSON document. */
    JSON,
    /** One JSON object a line, as soon as it is known. */
    NDJSON,
    /** Values separated by tabs, without headings, for {@code cut} and {@code while read}. */
    PLAIN;

    public boolean isJson() {
        return this == JSON || this == NDJSON;
    }
}
