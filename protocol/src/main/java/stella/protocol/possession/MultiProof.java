package stella.protocol.possession;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import stella.protocol.Hash;

/**
 * The same answer as {@link PossessionProof} in fewer bytes (clause PP-3): each challenged leaf once, and each node of the paths once, unless it can be
 * computed from others.
 *
 * @param seed the challenge seed that is answered
 * @param leaves the distinct challenged leaves in the order of their numbers
 * @param nodes from the leaves' level upwards, inside a level from left to right: for each known node whose sibling is not known, that sibling
 */
public record MultiProof(Hash seed, List<Hash> leaves, List<Hash> nodes) {
    public MultiProof {
        leaves = List.copyOf(leaves);
        nodes = List.copyOf(nodes);
    }

    /**
     * Leaves out what the single answers repeat.
     *
     * @throws IllegalArgumentException when the answers are none, or of trees of different heights
     */
    public static MultiProof of(PossessionProof proof) {
        Map<Long, LeafProof> known = new TreeMap<>();
        proof.answers().forEach(answer -> known.putIfAbsent(answer.index(), answer));
        long heights = known.values().stream()
                .map(answer -> answer.path().size())
                .distinct()
                .count();
        if (heights != 1) throw new IllegalArgumentException("a proof has answers of one height, not of " + heights);
        List<Hash> leaves = known.values().stream().map(LeafProof::leaf).toList();
        int height = known.values().iterator().next().path().size();
        List<Hash> nodes = new ArrayList<>();
        for (int level = 0; level < height; level++) {
            Map<Long, LeafProof> above = new TreeMap<>();
            for (Map.Entry<Long, LeafProof> node : known.entrySet()) {
                if (!known.containsKey(node.getKey() ^ 1))
                    nodes.add(node.getValue().path().get(level));
                above.putIfAbsent(node.getKey() >>> 1, node.getValue());
            }
            known.clear();
            known.putAll(above);
        }
        return new MultiProof(proof.seed(), leaves, nodes);
    }
}
