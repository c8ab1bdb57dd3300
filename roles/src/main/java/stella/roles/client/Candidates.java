package stella.roles.client;

import java.math.BigInteger;
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
import stella.protocol.deal.Ask;
import stella.protocol.deal.StorageRequest;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.Standing;
import stella.roles.Chance;
import stella.roles.Ledger;

/**
 * Stores that fit a request, and the draw among them: the better of two wins, newcomers live on a small reserved share
 * (reputation.md, section 10).
 *
 * @param fitting ask of each Store that would take the request
 * @param unfit why the others would not, in words
 */
record Candidates(
        SortedMap<AccountId, Ask> fitting,
        SortedMap<AccountId, String> unfit,
        SortedMap<AccountId, ReputationEntry> reputation,
        SortedMap<AccountId, AccountId> operators) {
    private static final int NEWCOMERS_PERCENT = 2;
    private static final ReputationEntry NEWCOMER = new ReputationEntry(0, Standing.PROBATION, 0, 0);

    Candidates {
        fitting = Collections.unmodifiableSortedMap(fitting);
        unfit = Collections.unmodifiableSortedMap(unfit);
        reputation = Collections.unmodifiableSortedMap(reputation);
        operators = Collections.unmodifiableSortedMap(operators);
    }

    /** {@code priceMax} of zero means: whatever is asked. */
    static Candidates of(
            StorageRequest terms,
            long block,
            List<RoleEntry> roles,
            Map<AccountId, Ask> asks,
            Map<Ledger.Node, ReputationEntry> reputation) {
        SortedMap<AccountId, Ask> fitting = new TreeMap<>();
        SortedMap<AccountId, String> unfit = new TreeMap<>();
        SortedMap<AccountId, ReputationEntry> entries = new TreeMap<>();
        SortedMap<AccountId, AccountId> operators = new TreeMap<>();
        for (RoleEntry role : roles) {
            if (role.role() != Role.STORE) continue;
            AccountId store = role.account();
            ReputationEntry entry = reputation.getOrDefault(new Ledger.Node(Role.STORE, store), NEWCOMER);
            Optional<Ask> ask = Optional.ofNullable(asks.get(store));
            Optional<String> obstacle = obstacle(terms, block, role, ask, entry.standing());
            if (obstacle.isPresent()) unfit.put(store, obstacle.get());
            else fitting.put(store, ask.orElseThrow());
            entries.put(store, entry);
            operators.put(store, role.operator().orElse(store));
        }
        return new Candidates(fitting, unfit, entries, operators);
    }

    private static Optional<String> obstacle(
            StorageRequest terms, long block, RoleEntry role, Optional<Ask> found, Standing standing) {
        if (role.leavingSince().isPresent()) return Optional.of("is leaving");
        if (!standing.isActive()) return Optional.of("is " + standing.word());
        if (found.isEmpty()) return Optional.of("has no ask");
        Ask ask = found.get();
        long size = terms.piece().paddedSize();
        if (ask.expiresAt() <= block) return Optional.of("its ask expired in block " + ask.expiresAt());
        if (ask.tier() != terms.tier()) return Optional.of("offers the tier " + ask.tier());
        if (size < ask.pieceSizeMin() || size > ask.pieceSizeMax())
            return Optional.of(
                    "takes pieces of " + ask.pieceSizeMin() + " to " + ask.pieceSizeMax() + " bytes, not " + size);
        if (size > ask.capacity()) return Optional.of("has " + ask.capacity() + " bytes free, not " + size);
        if (terms.periods() > ask.periodsMax())
            return Optional.of("takes at most " + ask.periodsMax() + " periods, not " + terms.periods());
        if (terms.priceMax().signum() > 0 && ask.price().compareTo(terms.priceMax()) > 0)
            return Optional.of(tooDear(ask, terms.priceMax()));
        return Optional.empty();
    }

    /**
     * The price to offer when the client names none: the lowest at which twice as many Stores fit as are needed, or all if there are
     * fewer. Not the highest ask: a single Store with an absurd one would make everybody set absurd credits aside.
     */
    BigInteger marketPrice(int replicas) {
        SortedMap<AccountId, BigInteger> cheapest = new TreeMap<>(); // by operator: it takes one replica only
        fitting.forEach((store, ask) -> cheapest.merge(operator(store), ask.price(), BigInteger::min));
        List<BigInteger> prices = cheapest.values().stream().sorted().toList();
        if (prices.isEmpty()) return BigInteger.ZERO;
        return prices.get(Math.min(2 * Math.max(replicas, 1), prices.size()) - 1);
    }

    /** Those that take the request at {@code price}. */
    Candidates upTo(BigInteger price) {
        SortedMap<AccountId, Ask> affordable = new TreeMap<>(fitting);
        SortedMap<AccountId, String> others = new TreeMap<>(unfit);
        fitting.forEach((store, ask) -> {
            if (ask.price().compareTo(price) <= 0) return;
            affordable.remove(store);
            others.put(store, tooDear(ask, price));
        });
        return new Candidates(affordable, others, reputation, operators);
    }

    private static String tooDear(Ask ask, BigInteger price) {
        return "asks " + ask.price() + " planck per GiB and period, above " + price;
    }

    /** Different operators among the fitting Stores: how many replicas can be placed. */
    int places() {
        return (int) fitting.keySet().stream().map(this::operator).distinct().count();
    }

    /**
     * Draws a Store.
     *
     * @param excluded Stores that are not drawn
     * @param holding Stores that have a replica or may get one; nobody of their operators is drawn
     */
    Optional<AccountId> draw(SortedSet<AccountId> excluded, SortedSet<AccountId> holding, Chance chance) {
        SortedSet<AccountId> taken = new TreeSet<>();
        for (AccountId holder : holding) taken.add(operator(holder));
        List<AccountId> trusted = new ArrayList<>();
        List<AccountId> newcomers = new ArrayList<>();
        for (AccountId store : fitting.keySet()) {
            if (excluded.contains(store) || taken.contains(operator(store))) continue;
            (entry(store).standing() == Standing.TRUSTED ? trusted : newcomers).add(store);
        }
        boolean reserved = !newcomers.isEmpty() && (chance.below(100) < NEWCOMERS_PERCENT || trusted.isEmpty());
        List<AccountId> pool = reserved ? newcomers : trusted;
        if (pool.isEmpty()) return Optional.empty();
        AccountId first = pool.get((int) chance.below(pool.size()));
        AccountId second = pool.get((int) chance.below(pool.size()));
        return Optional.of(entry(first).scorePpm() >= entry(second).scorePpm() ? first : second);
    }

    private AccountId operator(AccountId store) {
        return operators.getOrDefault(store, store);
    }

    private ReputationEntry entry(AccountId store) {
        return reputation.getOrDefault(store, NEWCOMER);
    }
}
