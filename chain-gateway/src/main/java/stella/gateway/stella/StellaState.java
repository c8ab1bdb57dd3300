package stella.gateway.stella;

import static stella.gateway.stella.Forms.account;
import static stella.gateway.stella.Forms.bool;
import static stella.gateway.stella.Forms.hash;
import static stella.gateway.stella.Forms.integer;
import static stella.gateway.stella.Forms.number;
import static stella.gateway.stella.Forms.piece;
import static stella.gateway.stella.Forms.text;
import static stella.gateway.stella.Forms.word;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import stella.gateway.client.ChainClient;
import stella.gateway.client.StorageReader;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.MetadataException;
import stella.gateway.metadata.StorageEntry;
import stella.gateway.metadata.Value;
import stella.gateway.rpc.RpcException;
import stella.gateway.scale.ScaleException;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Credits;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.protocol.deal.Request;
import stella.protocol.deal.RequestState;
import stella.protocol.deal.StorageRequest;
import stella.protocol.deal.Tier;
import stella.protocol.inspection.EpochInfo;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.Standing;

/** Storage of {@code pallet-stella} at a block, in the protocol's values. Stages fail as those of {@link ChainClient} do. */
public final class StellaState {
    static final List<String> ENTRIES = List.of(
            "Roles",
            "Credits",
            "Asks",
            "Requests",
            "Deals",
            "Seeds",
            "Epochs",
            "Reveals",
            "HardRecords",
            "Reputation",
            "Adopted",
            "Anchors");

    /** More entries than this under one prefix are refused, so that a node cannot fill the memory. */
    private static final int ENTRIES_MAX = 1_000_000;

    private static final int ENUM_KEY = 9; // twox64 of one byte, and the byte
    private static final int EPOCH_KEY = 12; // twox64 of a u32, and the u32
    private static final int ACCOUNT_HASH = 16; // blake2b-128 before the account

    private final ChainClient client;

    public StellaState(ChainClient client) {
        this.client = client;
    }

    public CompletionStage<Optional<Deal>> deal(long id, Hash at) {
        return one("Deals", u64(id), at, value -> deal(id, value));
    }

    /** Every deal there ever was, by id. */
    public CompletionStage<List<Deal>> deals(Hash at) {
        StorageEntry entry = entry("Deals");
        return keyed("Deals", at, (key, value) -> deal(new ScaleReader(entry.lastKey(key, 0)).u64(), value))
                .thenApply(deals -> deals.stream()
                        .sorted(Comparator.comparingLong(Deal::id))
                        .toList());
    }

    public CompletionStage<Optional<Request>> request(long id, Hash at) {
        return one("Requests", u64(id), at, value -> request(id, value));
    }

    public CompletionStage<Optional<Ask>> ask(AccountId store, Hash at) {
        return one("Asks", store.bytes(), at, StellaState::ask);
    }

    public CompletionStage<Credits> credits(AccountId account, Hash at) {
        return one(
                        "Credits",
                        account.bytes(),
                        at,
                        value -> new Credits(
                                value.field("free").number(),
                                value.field("reserved").number()))
                .thenApply(found -> found.orElse(Credits.NONE));
    }

    public CompletionStage<Optional<Hash>> seed(long block, Hash at) {
        return one("Seeds", u32(block), at, Forms::hash);
    }

    public CompletionStage<Optional<EpochInfo>> epoch(long epoch, Hash at) {
        return one(
                "Epochs",
                u32(epoch),
                at,
                value -> new EpochInfo(
                        epoch,
                        hash(value.field("seed")),
                        value.field("first_block").longNumber()));
    }

    public CompletionStage<Optional<Hash>> adopted(long epoch, Hash at) {
        return one("Adopted", u32(epoch), at, Forms::hash);
    }

    public CompletionStage<List<AccountId>> anchors(Hash at) {
        StorageEntry entry = entry("Anchors");
        return client.storage(entry.key(), at)
                .thenApply(found -> found.map(bytes -> typed(
                                entry,
                                () -> decode(entry, bytes).items().stream()
                                        .map(Forms::account)
                                        .toList()))
                        .orElse(List.of()));
    }

    public CompletionStage<List<RoleEntry>> roles(Hash at) {
        return keyed("Roles", at, (key, value) -> role(roleOf(key), accountOf(key, ENUM_KEY), value));
    }

    public CompletionStage<Map<RoleKey, ReputationEntry>> reputation(Hash at) {
        CompletionStage<List<Map.Entry<RoleKey, ReputationEntry>>> entries = keyed(
                "Reputation",
                at,
                (key, value) -> Map.entry(new RoleKey(roleOf(key), accountOf(key, ENUM_KEY)), reputation(value)));
        return entries.thenApply(found -> {
            Map<RoleKey, ReputationEntry> map = new TreeMap<>();
            found.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
            return map;
        });
    }

    public CompletionStage<Map<AccountId, List<Verdict>>> reveals(long epoch, Hash at) {
        return ofEpoch(
                "Reveals",
                epoch,
                at,
                value -> value.items().stream().map(StellaState::verdict).toList());
    }

    public CompletionStage<Map<AccountId, HardEvidence>> hardRecords(long epoch, Hash at) {
        return ofEpoch("HardRecords", epoch, at, value -> word(HardEvidence.class, value));
    }

    /** A role of an account. */
    public record RoleKey(Role role, AccountId account) implements Comparable<RoleKey> {
        @Override
        public int compareTo(RoleKey other) {
            int byRole = role.compareTo(other.role);
            return byRole != 0 ? byRole : account.compareTo(other.account);
        }
    }

    // --- reading ----------------------------------------------------------------------------------------------------

    private <T> CompletionStage<Optional<T>> one(String name, Bytes key, Hash at, Function<Value, T> reading) {
        StorageEntry entry = entry(name);
        return client.storage(entry.key(key), at)
                .thenApply(found -> found.map(bytes -> typed(entry, () -> reading.apply(decode(entry, bytes)))));
    }

    /** A whole map; {@code reading} gets the whole storage key. */
    private <T> CompletionStage<List<T>> keyed(String name, Hash at, BiFunction<Bytes, Value, T> reading) {
        StorageEntry entry = entry(name);
        return client.storageReader()
                .entries(entry.prefix(), ENTRIES_MAX, at)
                .thenApply(found -> found.stream()
                        .map(item -> typed(entry, () -> reading.apply(item.key(), decode(entry, item.value()))))
                        .toList());
    }

    private <T> CompletionStage<Map<AccountId, T>> ofEpoch(
            String name, long epoch, Hash at, Function<Value, T> reading) {
        StorageEntry entry = entry(name);
        return client.storageReader()
                .entries(entry.key(u32(epoch)), ENTRIES_MAX, at)
                .thenApply(found -> {
                    Map<AccountId, T> map = new TreeMap<>();
                    for (StorageReader.Entry item : found)
                        map.put(
                                typed(entry, () -> accountOf(item.key(), EPOCH_KEY)),
                                typed(entry, () -> reading.apply(decode(entry, item.value()))));
                    return map;
                });
    }

    /** What a node says is no value of the entry is a malformed answer of the node. */
    private static <T> T typed(StorageEntry entry, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ScaleException | MetadataException e) {
            throw RpcException.malformed("state_getStorage", entry + ": " + e.getMessage());
        }
    }

    private StorageEntry entry(String name) {
        return metadata().pallet(StellaFace.PALLET).entry(name);
    }

    private Value decode(StorageEntry entry, Bytes bytes) {
        return metadata().values().decode(entry.value(), bytes);
    }

    private Metadata metadata() {
        return client.runtime().metadata();
    }

    private static Role roleOf(Bytes key) {
        int index = key.at(StorageEntry.PREFIX_LENGTH + ENUM_KEY - 1);
        Role[] roles = Role.values();
        if (index >= roles.length) throw new MetadataException("no role has the index " + index);
        return roles[index];
    }

    /** @param earlier bytes of the keys before the account */
    private static AccountId accountOf(Bytes key, int earlier) {
        int at = StorageEntry.PREFIX_LENGTH + earlier + ACCOUNT_HASH;
        if (key.length() != at + AccountId.LENGTH)
            throw new MetadataException("a storage key of " + key.length() + " bytes ends with no account");
        return new AccountId(key.slice(at, key.length()));
    }

    private static Bytes u32(long number) {
        return new ScaleWriter().u32(number).toBytes();
    }

    private static Bytes u64(long number) {
        return new ScaleWriter().u64(number).toBytes();
    }

    // --- values -----------------------------------------------------------------------------------------------------

    private static Deal deal(long id, Value v) {
        return new Deal(
                id,
                v.field("request").longNumber(),
                account(v.field("client")),
                account(v.field("store")),
                v.field("content").bytes(),
                piece(v.field("piece")),
                v.field("price").number(),
                v.field("periods").longNumber(),
                word(Tier.class, v.field("tier")),
                word(DealState.class, v.field("state")),
                v.field("accepted_at").longNumber(),
                number(v.field("activated_at").optional()),
                v.field("period").longNumber(),
                bool(v.field("proven")),
                v.field("paid_periods").longNumber(),
                v.field("faults").longNumber(),
                v.field("faults_in_row").longNumber(),
                v.field("collateral").number(),
                v.field("reserved").number(),
                v.field("deadline").longNumber());
    }

    private static Request request(long id, Value v) {
        StorageRequest terms = new StorageRequest(
                v.field("content").bytes(),
                piece(v.field("piece")),
                integer(v.field("replicas")),
                v.field("periods").longNumber(),
                v.field("price_max").number(),
                word(Tier.class, v.field("tier")),
                text(v.field("source")));
        return new Request(
                id,
                account(v.field("client")),
                terms,
                word(RequestState.class, v.field("state")),
                integer(v.field("open")),
                integer(v.field("live")),
                v.field("reserved").number(),
                v.field("created_at").longNumber(),
                v.field("expires_at").longNumber());
    }

    private static Ask ask(Value v) {
        return new Ask(
                v.field("price").number(),
                clamped(v.field("piece_size_min")),
                clamped(v.field("piece_size_max")),
                v.field("periods_max").longNumber(),
                clamped(v.field("capacity")),
                word(Tier.class, v.field("tier")),
                v.field("expires_at").longNumber());
    }

    private static RoleEntry role(Role role, AccountId account, Value v) {
        return new RoleEntry(
                role,
                account,
                v.field("bond").number(),
                text(v.field("endpoint")),
                v.field("operator").optional().map(Forms::account),
                v.field("registered_at").longNumber(),
                number(v.field("leaving_since").optional()),
                integer(v.field("live_deals")));
    }

    private static ReputationEntry reputation(Value v) {
        return new ReputationEntry(
                integer(v.field("score")),
                word(Standing.class, v.field("standing")),
                integer(v.field("weight")),
                v.field("epoch").longNumber());
    }

    private static Verdict verdict(Value v) {
        return new Verdict(
                word(Role.class, v.field("role")),
                account(v.field("subject")),
                integer(v.field("item")),
                outcome(v.field("outcome")));
    }

    private static Outcome outcome(Value v) {
        return switch (v.name()) {
            case "Ok" -> new Outcome.Ok(hash(v.field("receipt")));
            case "WrongBytes" -> new Outcome.WrongBytes();
            case "Refused" -> new Outcome.Refused();
            case "AskBroken" -> new Outcome.AskBroken();
            case "Unreachable" -> new Outcome.Unreachable();
            default -> throw new MetadataException("no outcome: " + v);
        };
    }

    // An ask may name any u64; above 2^63 there is no piece and no disk.
    private static long clamped(Value value) {
        return value.number().bitLength() > 63 ? Long.MAX_VALUE : value.longNumber();
    }
}
