package stella.node.api.document;

/**
 * A piece on its way to this node.
 *
 * @param received bytes from the start that are here; the next part begins there
 * @param total bytes of the piece's payload
 * @param complete whether all are here, match the piece CID and are offered to Stores
 */
public record UploadView(String pieceCid, long received, long total, boolean complete) {}
