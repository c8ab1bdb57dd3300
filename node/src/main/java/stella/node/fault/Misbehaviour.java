package stella.node.fault;

/**
 * How a node of a dev network is told to misbehave. The switches add up; {@link #NONE} ends them all.
 *
 * @param dropPercent share of requests for blocks and pieces that are answered as if they were not there, and share of the leaves of each
 *     piece that the node pretends to have lost when it is challenged, 0 to 100
 * @param refuseInspectorsPercent share of challenges for receipts, which only Inspectors send, that are refused while everybody else
 *     is served, 0 to 100
 * @param corrupt the node serves and proves other bytes than it promised, past its own checks
 * @param slow bytes drip below the rate that counts as delivered (IN-4)
 * @param off the node is silent altogether, proofs included
 */
public record Misbehaviour(int dropPercent, int refuseInspectorsPercent, boolean corrupt, boolean slow, boolean off) {
    public static final Misbehaviour NONE = new Misbehaviour(0, 0, false, false, false);

    public Misbehaviour {
        if (!isPercent(dropPercent) || !isPercent(refuseInspectorsPercent))
            throw new IllegalArgumentException("a share is 0 to 100 percent");
    }

    private static boolean isPercent(int value) {
        return value >= 0 && value <= 100;
    }
}
