package stella.node.api;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.chain.Block;
import stella.protocol.chain.Call;
import stella.protocol.chain.Constants;
import stella.protocol.chain.Event;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Credits;
import stella.protocol.deal.Deal;
import stella.protocol.deal.Request;
import stella.protocol.inspection.EpochInfo;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.inspection.Question;
import stella.protocol.inspection.Verdict;
import stella.protocol.inspection.VerdictId;
import stella.protocol.role.Appeal;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.RoleId;
import stella.roles.Ledger;

/** A chain in memory, for reading: tests put in what it is to say. */
public final class MemoryLedger implements Ledger {
    public static final Constants CONSTANTS = new Constants(
            20,
            30,
            12,
            5,
            16,
            120,
            60,
            3,
            100_000_000,
            BigInteger.TEN.pow(18),
            60,
            4,
            9,
            20,
            BigInteger.TEN,
            BigInteger.TEN,
            BigInteger.TEN);

    public final Map<Long, Deal> deals = new TreeMap<>();
    public final Map<AccountId, Ask> asks = new TreeMap<>();
    public final Map<Long, Request> requests = new TreeMap<>();
    public final List<RoleEntry> roles = new ArrayList<>();
    public final Map<Node, ReputationEntry> reputation = new TreeMap<>();
    public final Map<Long, Map<AccountId, List<Verdict>>> reveals = new HashMap<>();
    public final Map<Long, Map<AccountId, HardEvidence>> hardRecords = new HashMap<>();
    public boolean reachable = true;
    public int dealReads;

    private final List<Consumer<Block>> followers = new ArrayList<>();
    private Optional<Block> head = Optional.empty();

    /** The account whose bytes are all {@code value}. */
    public static AccountId account(int value) {
        byte[] bytes = new byte[AccountId.LENGTH];
        java.util.Arrays.fill(bytes, (byte) value);
        return new AccountId(Bytes.owning(bytes));
    }

    public static Hash hash(long number) {
        byte[] bytes = new byte[Hash.LENGTH];
        for (int i = 0; i < Long.BYTES; i++) bytes[i] = (byte) (number >>> (8 * i));
        return Hash.of(bytes);
    }

    /** Finalizes a block with these events. */
    public void finalizes(long number, Event... events) {
        Block block = new Block(number, hash(number), hash(number - 1), List.of(events));
        head = Optional.of(block);
        followers.forEach(follower -> follower.accept(block));
    }

    public Optional<Block> head() {
        return head;
    }

    @Override
    public AccountId account() {
        return account(1);
    }

    @Override
    public Hash genesis() {
        return hash(0);
    }

    @Override
    public Constants constants() {
        return CONSTANTS;
    }

    @Override
    public Following follow(Consumer<Block> listener) {
        followers.add(listener);
        head.ifPresent(listener);
        return () -> followers.remove(listener);
    }

    @Override
    public CompletionStage<Optional<Hash>> blockHash(long number) {
        return read(() -> Optional.of(hash(number)));
    }

    @Override
    public CompletionStage<List<RoleEntry>> roles(Hash at) {
        return read(() -> List.copyOf(roles));
    }

    @Override
    public CompletionStage<Optional<Ask>> ask(AccountId store, Hash at) {
        return read(() -> Optional.ofNullable(asks.get(store)));
    }

    @Override
    public CompletionStage<Optional<Request>> request(long id, Hash at) {
        return read(() -> Optional.ofNullable(requests.get(id)));
    }

    @Override
    public CompletionStage<Optional<Deal>> deal(long id, Hash at) {
        dealReads++;
        return read(() -> Optional.ofNullable(deals.get(id)));
    }

    @Override
    public CompletionStage<List<Deal>> liveDeals(Hash at) {
        return read(() ->
                deals.values().stream().filter(deal -> deal.state().isLive()).toList());
    }

    @Override
    public CompletionStage<Credits> credits(AccountId account, Hash at) {
        return read(() -> Credits.NONE);
    }

    @Override
    public CompletionStage<Optional<Hash>> seed(long number, Hash at) {
        return read(Optional::empty);
    }

    @Override
    public CompletionStage<Optional<EpochInfo>> epoch(long epoch, Hash at) {
        return read(Optional::empty);
    }

    @Override
    public CompletionStage<Map<Node, ReputationEntry>> reputation(Hash at) {
        return read(() -> new TreeMap<>(reputation));
    }

    @Override
    public CompletionStage<List<AccountId>> anchors(Hash at) {
        return read(List::of);
    }

    @Override
    public CompletionStage<Map<AccountId, List<Verdict>>> reveals(long epoch, Hash at) {
        return read(() -> reveals.getOrDefault(epoch, Map.of()));
    }

    @Override
    public CompletionStage<Map<AccountId, HardEvidence>> hardRecords(long epoch, Hash at) {
        return read(() -> hardRecords.getOrDefault(epoch, Map.of()));
    }

    @Override
    public CompletionStage<List<Question>> questions(Hash at) {
        return read(List::of);
    }

    @Override
    public CompletionStage<Set<VerdictId>> voided(long epoch, Hash at) {
        return read(Set::of);
    }

    @Override
    public CompletionStage<Map<RoleId, Appeal>> appeals(Hash at) {
        return read(Map::of);
    }

    @Override
    public CompletionStage<Optional<Hash>> adopted(long epoch, Hash at) {
        return read(Optional::empty);
    }

    @Override
    public CompletionStage<Submission> submit(String key, Call call) {
        throw new AssertionError("the API submits nothing itself");
    }

    private <T> CompletionStage<T> read(Supplier<T> value) {
        return reachable
                ? CompletableFuture.completedFuture(value.get())
                : CompletableFuture.failedFuture(new Unavailable("connection refused"));
    }
}
