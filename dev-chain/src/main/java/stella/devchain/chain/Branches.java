package stella.devchain.chain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import stella.devchain.state.StorageChanges;
import stella.protocol.Hash;

/** The blocks after the last final one, on as many branches as there are. One thread changes them, any thread reads. */
final class Branches {
    /**
     * A block that is not final.
     *
     * @param forward all changes since the storage after its parent
     */
    record Branch(BlockTree.Tip tip, StorageChanges forward) {
        BlockRecord block() {
            return tip.block();
        }
    }

    private static final Comparator<Branch> BY_NUMBER = Comparator.<Branch>comparingLong(
                    branch -> branch.block().number())
            .thenComparing(branch -> branch.block().hash().bytes());

    private final Map<Hash, Branch> all = new ConcurrentHashMap<>();

    @Nullable
    Branch get(Hash hash) {
        return all.get(hash);
    }

    void put(Branch branch) {
        all.put(branch.block().hash(), branch);
    }

    void removeAll(List<BlockRecord> blocks) {
        blocks.forEach(block -> all.remove(block.hash()));
    }

    /** Every block here that descends from {@code ancestor}, in the order of numbers. */
    List<BlockRecord> descendants(Hash ancestor) {
        Set<Hash> family = new HashSet<>(Set.of(ancestor));
        List<BlockRecord> found = new ArrayList<>();
        for (Branch branch : all.values().stream().sorted(BY_NUMBER).toList()) {
            if (!family.contains(branch.block().header().parentHash())) continue;
            family.add(branch.block().hash());
            found.add(branch.block());
        }
        return found;
    }

    /** Every block here that is neither {@code block} nor a descendant of it, in the order of numbers. */
    List<BlockRecord> strangers(BlockRecord block) {
        Set<Hash> family = new HashSet<>(Set.of(block.hash()));
        descendants(block.hash()).forEach(descendant -> family.add(descendant.hash()));
        return all.values().stream()
                .sorted(BY_NUMBER)
                .map(Branch::block)
                .filter(other -> !family.contains(other.hash()))
                .toList();
    }

    /** The blocks that lead to {@code last} from the final one, which is not among them, oldest first. */
    List<BlockRecord> pathTo(Hash last) {
        List<BlockRecord> path = new ArrayList<>();
        for (Branch branch = all.get(last);
                branch != null;
                branch = all.get(branch.block().header().parentHash())) path.addFirst(branch.block());
        return path;
    }
}
