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
            List<String> alarms) {
        public RegisteredNode {
            alarms = List.copyOf(alarms);
        }
    }
}
