package stella.node.api.document;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The roles registered on chain. */
public record NodePage(List<RegisteredNode> nodes, long block) {
    public NodePage {
        nodes = List.copyOf(nodes);
    }

    /**
     * @param name when this program knows one
     * @param bond planck held
     * @param leavingSince block in which it asked to leave
     * @param ask what a Store offers; none when it offers nothing
     * @param alarms what its program says needs a person
     */
    public record RegisteredNode(
            @Nullable String name,
            String role,
            String account,
            String endpoint,
            BigInteger bond,
            int liveDeals,
            @Nullable Long leavingSince,
            String standing,
            int scorePpm,
            @Nullable Ask ask,
            List<String> alarms) {
        public RegisteredNode {
            alarms = List.copyOf(alarms);
        }
    }

    /**
     * What a Store offers (AS-1).
     *
     * @param price planck per GiB of padded piece and period
     * @param pieceSizeMin padded bytes; so are {@code pieceSizeMax} and {@code capacity}
     * @param tier {@code Hot} or {@code Filecoin}
     * @param expiresAt block from which it counts no more
     */
    public record Ask(
            BigInteger price,
            long pieceSizeMin,
            long pieceSizeMax,
            long periodsMax,
            long capacity,
            String tier,
            long expiresAt) {}
}
