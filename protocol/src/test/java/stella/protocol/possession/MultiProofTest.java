package stella.protocol.possession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.piece.TreeHash;

/** PP-3: a multi-proof says what the single answers say. The tree here is made by the test itself, bottom up. */
class MultiProofTest {
    static final int HEIGHT = 6;
    private static final List<List<Hash>> TREE = tree();

    @Property(seed = "7", tries = 300)
    void chainFindsTheRootAgainAndNoNodeIsLeftOver(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 0, max = (1 << HEIGHT) - 1) Integer> indices) {
        MultiProof proof = MultiProof.of(proof(indices));

        List<Integer> distinct = indices.stream().distinct().sorted().toList();
        assertThat(proof.leaves()).hasSameSizeAs(distinct);
        assertThat(root(distinct, proof)).isEqualTo(TREE.getLast().getFirst());
        assertThat(proof.nodes()).hasSizeLessThanOrEqualTo(distinct.size() * HEIGHT);
    }

    @Test
    void neighboursNeedNoSiblingOfTheirOwnLevel() {
        MultiProof proof = MultiProof.of(proof(List.of(11, 10)));

        assertThat(proof.leaves())
                .containsExactly(TREE.getFirst().get(10), TREE.getFirst().get(11));
        assertThat(proof.nodes()).hasSize(HEIGHT - 1);
    }

    @Test
    void answersOfDifferentTreesAreRefused() {
        LeafProof whole = proof(List.of(1)).answers().getFirst();
        LeafProof shorter = new LeafProof(2, whole.leaf(), whole.path().subList(1, HEIGHT));

        assertThatThrownBy(() -> MultiProof.of(new PossessionProof(Hash.ZERO, List.of(whole, shorter))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one height");
    }

    /** What the chain does: level by level, a missing sibling is the next node of the proof. */
    private static Hash root(List<Integer> indices, MultiProof proof) {
        Deque<Hash> nodes = new ArrayDeque<>(proof.nodes());
        Map<Integer, Hash> known = new TreeMap<>();
        for (int i = 0; i < indices.size(); i++)
            known.put(indices.get(i), proof.leaves().get(i));
        for (int level = 0; level < HEIGHT; level++) {
            Map<Integer, Hash> parents = new TreeMap<>();
            for (Map.Entry<Integer, Hash> node : known.entrySet()) {
                int index = node.getKey();
                if (parents.containsKey(index >> 1)) continue;
                Hash beside = known.get(index ^ 1);
                Hash sibling = beside != null ? beside : nodes.removeFirst();
                parents.put(
                        index >> 1,
                        (index & 1) == 0 ? parent(node.getValue(), sibling) : parent(sibling, node.getValue()));
            }
            known = parents;
        }
        assertThat(nodes).isEmpty();
        return known.values().iterator().next();
    }

    private static PossessionProof proof(List<Integer> indices) {
        return new PossessionProof(
                Hash.ZERO, indices.stream().map(MultiProofTest::answer).toList());
    }

    private static LeafProof answer(int index) {
        List<Hash> path = new ArrayList<>();
        for (int level = 0; level < HEIGHT; level++) path.add(TREE.get(level).get((index >> level) ^ 1));
        return new LeafProof(index, TREE.getFirst().get(index), path);
    }

    private static List<List<Hash>> tree() {
        List<Hash> level = new ArrayList<>();
        for (int i = 0; i < 1 << HEIGHT; i++) level.add(Digests.blake2b256(Bytes.of((byte) i)));
        List<List<Hash>> levels = new ArrayList<>(List.of(level));
        while (level.size() > 1) {
            List<Hash> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) above.add(parent(level.get(i), level.get(i + 1)));
            levels.add(above);
            level = above;
        }
        return levels;
    }

    private static Hash parent(Hash left, Hash right) {
        return TreeHash.node(Digests.sha256(), left, right);
    }
}
