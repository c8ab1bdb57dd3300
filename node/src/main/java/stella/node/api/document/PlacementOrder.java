package stella.node.api.document;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the node to place a piece that was uploaded to it.
 *
 * @param content CID of the content, the root of the piece's CAR
 * @param pieceCid piece CID of version 2
 * @param periods proving periods
 * @param maxPrice planck per GiB of padded piece and period; none means whatever the Stores ask that fit
 * @param account name of an account of the node, or a secret URI
 */
public record PlacementOrder(
        String content,
        String pieceCid,
        int replicas,
        long periods,
        @Nullable BigInteger maxPrice,
        String account) {
    /** Without the account, which may be a secret. */
    @Override
    public String toString() {
        return "PlacementOrder[" + content + ", " + pieceCid + ", " + replicas + ", " + periods + "]";
    }
}
