package stella.roles.fetch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.piece.Piece;

/**
 * Which replica to ask next, and what is known of where blocks belong. Pure, but it remembers: one instance per Fetch node, used by
 * one thread.
 */
final class Retrieval {
    /** As many as replicas of one request (MaxReplicas). */
    static final int ASKED_MAX = 16;

    private final int hintsMax;
    private final long restBlocks;
    private final Map<Cid, Bytes> rootOf; // least recently used first
    private final SortedMap<AccountId, Long> restsUntil = new TreeMap<>();
    private Directory directory = Directory.EMPTY;
    private long block;

    Retrieval(int hintsMax, long restBlocks) {
        this.hintsMax = hintsMax;
        this.restBlocks = restBlocks;
        this.rootOf = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Cid, Bytes> eldest) {
                return size() > Retrieval.this.hintsMax;
            }
        };
    }

    void learn(Directory next) {
        directory = next;
    }

    void at(long number) {
        block = number;
        restsUntil.values().removeIf(until -> until <= number);
    }

    /** A Store that did not deliver is asked last for a while. */
    void failed(AccountId store) {
        restsUntil.put(store, block + restBlocks);
    }

    /** Whether the chain or a verified block says that the Store should have the block; what an asker says does not count. */
    boolean owes(AccountId store, Cid cid) {
        return root(cid, Optional.empty())
                .map(root -> directory.holders(root).contains(store))
                .orElse(false);
    }

    /** Remembers that {@code children} were linked from a verified block of the content at {@code parent}'s root. */
    void linked(Cid parent, List<Cid> children) {
        root(parent, Optional.empty()).ifPresent(root -> children.forEach(child -> rootOf.put(child, root)));
    }

    /**
     * Stores to ask for the block, best first: those with a deal for its root; if the root is not known, any that hold something. At
     * most {@value #ASKED_MAX}, or a made-up CID would cost a question to every Store of the network.
     *
     * @param hint root that the asker named
     */
    List<AccountId> candidates(Cid cid, Optional<Cid> hint) {
        List<AccountId> holders = root(cid, hint).map(directory::holders).orElseGet(() -> directory.all());
        return ranked(holders);
    }

    List<AccountId> candidates(Piece piece) {
        return ranked(directory.holders(piece));
    }

    /** The public endpoint of a Store; empty when it left. */
    Optional<String> endpoint(AccountId store) {
        return Optional.ofNullable(directory.endpoints().get(store));
    }

    private Optional<Bytes> root(Cid cid, Optional<Cid> hint) {
        Bytes own = cid.toBytes();
        if (directory.replicas().containsKey(own)) return Optional.of(own);
        if (hint.isPresent() && directory.replicas().containsKey(hint.get().toBytes()))
            return Optional.of(hint.get().toBytes());
        // A root whose deals have all ended says nothing: the block may be part of other content too.
        return Optional.ofNullable(rootOf.get(cid)).filter(directory.replicas()::containsKey);
    }

    private List<AccountId> ranked(List<AccountId> holders) {
        List<AccountId> order = new ArrayList<>(holders);
        order.removeIf(store -> !directory.endpoints().containsKey(store));
        order.sort(Comparator.<AccountId, Boolean>comparing(restsUntil::containsKey)
                .thenComparingInt(store -> -directory.scores().getOrDefault(store, 0))
                .thenComparing(Comparator.naturalOrder()));
        return List.copyOf(order.subList(0, Math.min(ASKED_MAX, order.size())));
    }
}
