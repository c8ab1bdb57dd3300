package stella.devchain.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import stella.devchain.host.RuntimeLoader;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.devchain.state.StorageChanges;
import stella.devchain.state.StorageKey;
import stella.devchain.trie.StateVersion;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * The blocks and the storage after each: one chain of final blocks, and the {@link Branches} that grow from its end, of which one leads to the best block.
 * One thread writes; any thread reads.
 */
public final class BlockTree {
    /** For how many final blocks storage can be read, unless told otherwise. Substrate's default is 256; stepping back a day is worth more here. */
    public static final long HISTORY_DEFAULT = 4096;

    private final Archive archive;
    private final long keptMax;
    private final Hash genesis;
    private final Branches branches = new Branches();
    private final History history;
    private volatile BlockRecord finalized;
    private volatile Tip tip;

    /** A block and the storage after it. */
    public record Tip(BlockRecord block, State state) {}

    private BlockTree(Archive archive, long keptMax, BlockRecord finalized, State state) {
        this.archive = archive;
        this.keptMax = keptMax;
        this.finalized = finalized;
        this.tip = new Tip(finalized, state);
        this.genesis = archive.hashAt(0).orElseThrow(() -> archive.damaged("block 0 is missing"));
        history = new History(archive);
        history.put(finalized.number(), state);
    }

    /** Like {@link #open(Archive, Genesis, RuntimeLoader, long)} with {@link #HISTORY_DEFAULT}. */
    public static BlockTree open(Archive archive, Genesis genesis, RuntimeLoader loader) {
        return open(archive, genesis, loader, HISTORY_DEFAULT);
    }

    /**
     * Continues the chain in {@code archive}, or begins it.
     *
     * @param keptMax for how many of the last final blocks the storage can be read
     * @throws ChainDataException when what is stored contradicts itself
     */
    public static BlockTree open(Archive archive, Genesis genesis, RuntimeLoader loader, long keptMax) {
        Optional<Hash> best = archive.best();
        if (best.isEmpty()) {
            StateVersion version = loader.load(genesis.code()).version().stateVersion();
            State state = genesis.state(version);
            Block block = Genesis.block(state);
            BlockRecord first = new BlockRecord(block.hash(), block, version);
            archive.begin(first, genesis.content());
            return new BlockTree(archive, keptMax, first, state);
        }
        BlockRecord last =
                archive.block(archive.finalized()).orElseThrow(() -> archive.damaged("the final block is missing"));
        BlockTree tree =
                new BlockTree(archive, keptMax, last, checked(archive, last, archive.finalizedState(last.version())));
        archive.ahead().forEach(tree::restore);
        tree.tip = tree.tipAt(best.get()).orElseThrow(() -> archive.damaged("the best block is missing"));
        return tree;
    }

    private void restore(BlockRecord block, StorageChanges forward) {
        State parent = tipAt(block.header().parentHash())
                .orElseThrow(() -> archive.damaged("the parent of block " + block.number() + " is missing"))
                .state();
        State state = checked(archive, block, parent.apply(forward, block.version()));
        branches.put(new Branches.Branch(new Tip(block, state), forward));
    }

    private static State checked(Archive archive, BlockRecord block, State state) {
        if (state.root().equals(archive.rootAfter(block))) return state;
        throw archive.damaged("the storage of block " + block.number() + " does not have the root in its header");
    }

    public Hash genesis() {
        return genesis;
    }

    /** @throws ChainDataException when the stored chain did not begin with {@code wanted} */
    public void requireGenesis(Genesis wanted, RuntimeLoader loader) {
        StateVersion version = loader.load(wanted.code()).version().stateVersion();
        Hash hash = Genesis.block(wanted.state(version)).hash();
        if (!hash.equals(genesis)) throw archive.otherGenesis(genesis, hash);
    }

    /** The best block with its storage, both of the same moment. */
    public Tip tip() {
        return tip;
    }

    public BlockRecord best() {
        return tip.block;
    }

    public BlockRecord finalized() {
        return finalized;
    }

    /** A block of any branch. */
    public Optional<BlockRecord> block(Hash hash) {
        BlockRecord newest = best();
        return newest.hash().equals(hash) ? Optional.of(newest) : archive.block(hash);
    }

    /** The hash of the block with this number on the way to the best one. */
    public Optional<Hash> hashAt(long number) {
        for (Branches.Branch branch = branches.get(best().hash());
                branch != null && branch.block().number() >= number;
                branch = branches.get(branch.block().header().parentHash())) {
            if (branch.block().number() == number)
                return Optional.of(branch.block().hash());
        }
        return number > best().number() ? Optional.empty() : archive.hashAt(number);
    }

    /** Every block with this number, the one on the way to the best one first. */
    public List<Hash> hashesAt(long number) {
        List<Hash> hashes = new ArrayList<>();
        hashAt(number).ifPresent(hashes::add);
        branches.descendants(finalized.hash()).stream()
                .filter(block -> block.number() == number && !hashes.contains(block.hash()))
                .forEach(block -> hashes.add(block.hash()));
        return hashes;
    }

    /** The blocks that are not final, each after its parent. */
    public List<BlockRecord> unfinalized() {
        return branches.descendants(finalized.hash());
    }

    /** The storage after a block; empty when the block is unknown or too old. */
    public Optional<State> stateAt(Hash hash) {
        return tipAt(hash).map(Tip::state);
    }

    /** A block with its storage; empty when the block is unknown or too old. */
    public Optional<Tip> tipAt(Hash hash) {
        Tip newest = tip;
        if (newest.block.hash().equals(hash)) return Optional.of(newest);
        Branches.Branch branch = branches.get(hash);
        if (branch != null) return Optional.of(branch.tip());
        return archive.block(hash)
                .filter(block -> archive.hashAt(block.number()).equals(Optional.of(hash)))
                .flatMap(block -> history.at(block).map(state -> new Tip(block, state)));
    }

    /** The blocks after the final one that lead to {@code last}, oldest first. */
    List<BlockRecord> pathTo(Hash last) {
        return branches.pathTo(last);
    }

    /** Adds the block that {@code overlay} has the changes of. It does not become the best one by this. */
    Tip append(Block block, Overlay overlay, StateVersion version) {
        State state = overlay.apply(version);
        if (!state.root().equals(block.header().stateRoot()))
            throw new IllegalStateException("block " + block.number() + " claims the state root "
                    + block.header().stateRoot() + ", but its changes lead to " + state.root());
        StorageChanges forward = overlay.changes();
        Tip added = new Tip(new BlockRecord(block.hash(), block, version), state);
        archive.append(added.block, forward);
        branches.put(new Branches.Branch(added, forward));
        return added;
    }

    /** Makes {@code other}, the final block or one after it, the best. */
    void setBest(Tip other) {
        archive.setBest(other.block.hash());
        tip = other;
    }

    /** Makes the child of the final block final too, and forgets the branches that do not go through it. */
    void finalizeChild(BlockRecord block) {
        Branches.Branch branch = branches.get(block.hash());
        if (branch == null || !block.header().parentHash().equals(finalized.hash()))
            throw new IllegalStateException("block " + block.number() + " does not follow the final block");
        State parent = history.at(finalized).orElseThrow();
        List<BlockRecord> pruned = branches.strangers(block);
        long oldest = block.number() - keptMax;
        archive.finalizeBlock(
                block,
                branch.forward(),
                branch.forward().inverse(parent),
                pruned,
                oldest > 0 ? archive.hashAt(oldest) : Optional.empty());
        history.put(block.number(), branch.tip().state());
        history.forgetBefore(oldest);
        finalized = block;
        branches.removeAll(pruned);
        branches.removeAll(List.of(block));
    }

    /** Alters the storage after the best block; blocks that were built on it are forgotten. */
    void alterBest(StorageChanges changes) {
        BlockRecord block = best();
        List<BlockRecord> orphans = branches.descendants(block.hash());
        branches.removeAll(orphans);
        State state = tip.state.apply(changes, block.version());
        Branches.Branch branch = branches.get(block.hash());
        if (branch == null) {
            StorageChanges back = archive.backFrom(block.hash()).orElse(StorageChanges.NONE);
            StorageChanges wholeWayBack = merged(changes.inverse(tip.state), back);
            archive.alterFinal(block, changes, wholeWayBack, state.root(), orphans);
            history.put(block.number(), state);
        } else {
            StorageChanges forward = merged(branch.forward(), changes);
            archive.alter(block, forward, state.root(), orphans);
            branches.put(new Branches.Branch(new Tip(block, state), forward));
        }
        tip = new Tip(block, state);
    }

    /**
     * Goes back to an older final block: it is final and best, what came after it is forgotten.
     *
     * @throws IllegalArgumentException when the storage of that time is no longer kept
     */
    void rewind(BlockRecord to) {
        State state = history.at(to).orElse(null);
        Optional<StorageChanges> way = history.wayBack(finalized, to);
        if (state == null || way.isEmpty())
            throw new IllegalArgumentException("the storage of block " + to.number() + " is no longer kept");
        List<BlockRecord> forgotten = new ArrayList<>(unfinalized());
        branches.removeAll(forgotten);
        for (long number = finalized.number(); number > to.number(); number--)
            forgotten.add(archive.hashAt(number).flatMap(archive::block).orElseThrow());
        archive.rewind(to, way.get(), forgotten);
        history.forgetAfter(to.number());
        history.put(to.number(), state);
        finalized = to;
        tip = new Tip(to, state);
    }

    /** Both, the later one winning. */
    private static StorageChanges merged(StorageChanges first, StorageChanges later) {
        Map<StorageKey, Optional<Bytes>> both = new TreeMap<>(first.entries());
        both.putAll(later.entries());
        return new StorageChanges(new TreeMap<>(both));
    }
}
