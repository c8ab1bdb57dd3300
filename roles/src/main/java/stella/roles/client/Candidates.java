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
            return Optional.of("asks " + ask.price() + " planck per GiB and period, above " + terms.priceMax());
        return Optional.empty();
    }

    /** The highest price that any fitting Store asks. */
    BigInteger highestAsk() {
        return fitting.values().stream()
                .map(Ask::price)
                .max(BigInteger::compareTo)
                .orElse(BigInteger.ZERO);
    }

    /** Different operators among the fitting Stores: how many replicas can be placed. */
    int places() {
        return (int) fitting.keySet().stream().map(operators::get).distinct().count();
    }

    /** Draws a Store that is not tried yet and whose operator holds no replica. */
    Optional<AccountId> draw(SortedSet<AccountId> tried, SortedSet<AccountId> holding, Chance chance) {
        List<AccountId> trusted = new ArrayList<>();
        List<AccountId> newcomers = new ArrayList<>();
        for (AccountId store : fitting.keySet()) {
            if (tried.contains(store)) continue;
            AccountId operator = operators.getOrDefault(store, store);
            if (holding.stream()
                    .anyMatch(holder -> operators.getOrDefault(holder, holder).equals(operator))) continue;
            (entry(store).standing() == Standing.TRUSTED ? trusted : newcomers).add(store);
        }
        boolean reserved = !newcomers.isEmpty() && (chance.below(100) < NEWCOMERS_PERCENT || trusted.isEmpty());
        List<AccountId> pool = reserved ? newcomers : trusted;
        if (pool.isEmpty()) return Optional.empty();
        AccountId first = pool.get((int) chance.below(pool.size()));
        AccountId second = pool.get((int) chance.below(pool.size()));
        return Optional.of(entry(first).scorePpm() >= entry(second).scorePpm() ? first : second);
    }

    private ReputationEntry entry(AccountId store) {
        return reputation.getOrDefault(store, NEWCOMER);
    }
}
