package stella.roles.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import stella.protocol.AccountId;

/** Where the replicas of one request stand. Pure, but it remembers: owned by one {@link Placement}. */
final class Replicas {
    private final int wanted;
    private final SortedSet<AccountId> tried = new TreeSet<>();
    private final SortedSet<AccountId> pending = new TreeSet<>();
    private final SortedMap<AccountId, Long> held = new TreeMap<>();
    private final SortedSet<Long> proven = new TreeSet<>();
    private final List<String> refusals = new ArrayList<>();

    Replicas(int wanted) {
        this.wanted = wanted;
    }

    /** Replicas that are neither held nor on offer. */
    int missing() {
        return wanted - held.size() - pending.size();
    }

    boolean allHeld() {
        return held.size() >= wanted;
    }

    boolean allProven() {
        return allHeld() && proven.containsAll(held.values());
    }

    /** For people: {@code 1 of 2}. */
    String share() {
        return held.size() + " of " + wanted;
    }

    boolean isPending(AccountId store) {
        return pending.contains(store);
    }

    boolean nonePending() {
        return pending.isEmpty();
    }

    SortedSet<AccountId> tried() {
        return Collections.unmodifiableSortedSet(tried);
    }

    /** Stores that have a replica or may get one. */
    SortedSet<AccountId> holding() {
        SortedSet<AccountId> all = new TreeSet<>(held.keySet());
        all.addAll(pending);
        return all;
    }

    SortedMap<AccountId, Long> held() {
        return Collections.unmodifiableSortedMap(held);
    }

    List<String> refusals() {
        return Collections.unmodifiableList(refusals);
    }

    void offer(AccountId store) {
        tried.add(store);
        pending.add(store);
    }

    void refuse(AccountId store, String reason) {
        tried.add(store);
        pending.remove(store);
        refusals.add(store + ": " + reason);
    }

    /** The chain shows a deal; false when that is known. */
    boolean hold(AccountId store, long deal) {
        tried.add(store);
        pending.remove(store);
        Long before = held.put(store, deal);
        return before == null || before != deal;
    }

    /** The first proof of a deal was accepted; its Store, unless that is known or no deal of this request. */
    Optional<AccountId> prove(long deal) {
        Optional<AccountId> store = storeOf(deal);
        return store.isPresent() && proven.add(deal) ? store : Optional.empty();
    }

    /** A deal has ended; its Store, if the deal was one of this request. */
    Optional<AccountId> lose(long deal) {
        Optional<AccountId> store = storeOf(deal);
        store.ifPresent(held::remove);
        proven.remove(deal);
        return store;
    }

    private Optional<AccountId> storeOf(long deal) {
        return held.entrySet().stream()
                .filter(entry -> entry.getValue() == deal)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
