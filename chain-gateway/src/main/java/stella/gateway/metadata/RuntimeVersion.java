package stella.gateway.metadata;

/**
 * What tells one runtime from another.
 *
 * @param specVersion rises with every change of the runtime
 * @param transactionVersion rises when the encoding of calls or transactions changes
 */
public record RuntimeVersion(String specName, long specVersion, long transactionVersion) {}
