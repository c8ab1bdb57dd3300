package stella.roles.fetch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.protocol.piece.Piece;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.roles.Ledger;

/**
 * Who holds what, from the chain at one finalized block.
 *
 * @param replicas Stores with an active deal, by content root (binary CID)
 * @param pieces Stores with an active deal, by piece root
 * @param endpoints public endpoint of each Store
 * @param scores score in ppm of each Store
 */
record Directory(
        SortedMap<Bytes, List<AccountId>> replicas,
        SortedMap<Bytes, List<AccountId>> pieces,
        SortedMap<AccountId, String> endpoints,
        SortedMap<AccountId, Integer> scores) {
    static final Directory EMPTY = new Directory(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    Directory {
        replicas = Collections.unmodifiableSortedMap(replicas);
        pieces = Collections.unmodifiableSortedMap(pieces);
        endpoints = Collections.unmodifiableSortedMap(endpoints);
        scores = Collections.unmodifiableSortedMap(scores);
    }

    static Directory of(List<Deal> deals, List<RoleEntry> roles, Map<Ledger.Node, ReputationEntry> reputation) {
        SortedMap<Bytes, List<AccountId>> replicas = new TreeMap<>();
        SortedMap<Bytes, List<AccountId>> pieces = new TreeMap<>();
        for (Deal deal : deals) {
            if (deal.state() != DealState.ACTIVE) continue;
            add(replicas, deal.content(), deal.store());
            add(pieces, deal.piece().root().bytes(), deal.store());
        }
        SortedMap<AccountId, String> endpoints = new TreeMap<>();
        for (RoleEntry entry : roles) if (entry.role() == Role.STORE) endpoints.put(entry.account(), entry.endpoint());
        SortedMap<AccountId, Integer> scores = new TreeMap<>();
        reputation.forEach((node, entry) -> {
            if (node.role() == Role.STORE) scores.put(node.account(), entry.scorePpm());
        });
        return new Directory(replicas, pieces, endpoints, scores);
    }

    List<AccountId> holders(Bytes root) {
        return replicas.getOrDefault(root, List.of());
    }

    List<AccountId> holders(Piece piece) {
        return pieces.getOrDefault(piece.root().bytes(), List.of());
    }

    /** Every Store that holds anything, in order of accounts. */
    List<AccountId> all() {
        return replicas.values().stream()
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .toList();
    }

    private static void add(SortedMap<Bytes, List<AccountId>> map, Bytes key, AccountId store) {
        List<AccountId> known = map.getOrDefault(key, List.of());
        if (known.contains(store)) return;
        List<AccountId> more = new ArrayList<>(known);
        more.add(store);
        map.put(key, List.copyOf(more));
    }
}
