package stella.gateway.stella;

import static stella.gateway.stella.Forms.account;
import static stella.gateway.stella.Forms.bool;
import static stella.gateway.stella.Forms.hash;
import static stella.gateway.stella.Forms.integer;
import static stella.gateway.stella.Forms.number;
import static stella.gateway.stella.Forms.piece;
import static stella.gateway.stella.Forms.text;
import static stella.gateway.stella.Forms.word;
import static stella.gateway.stella.PalletStorage.accountOf;
import static stella.gateway.stella.PalletStorage.roleOf;
import static stella.gateway.stella.PalletStorage.u32;
import static stella.gateway.stella.PalletStorage.u64;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import stella.gateway.client.ChainClient;
import stella.gateway.metadata.MetadataException;
import stella.gateway.metadata.StorageEntry;
import stella.gateway.metadata.Value;
import stella.gateway.scale.ScaleReader;
import stella.protocol.AccountId;
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
    private final PalletStorage storage;

    public StellaState(ChainClient client) {
        this.storage = new PalletStorage(client);
    }

    public CompletionStage<Optional<Deal>> deal(long id, Hash at) {
        return storage.one("Deals", u64(id), at, value -> deal(id, value));
    }

    /** Every deal there ever was, by id. */
    public CompletionStage<List<Deal>> deals(Hash at) {
        StorageEntry entry = storage.entry("Deals");
        return storage.keyed("Deals", at, (key, value) -> deal(new ScaleReader(entry.lastKey(key, 0)).u64(), value))
                .thenApply(deals -> deals.stream()
                        .sorted(Comparator.comparingLong(Deal::id))
                        .toList());
    }

    public CompletionStage<Optional<Request>> request(long id, Hash at) {
        return storage.one("Requests", u64(id), at, value -> request(id, value));
    }

    public CompletionStage<Optional<Ask>> ask(AccountId store, Hash at) {
        return storage.one("Asks", store.bytes(), at, StellaState::ask);
    }

    public CompletionStage<Credits> credits(AccountId account, Hash at) {
        return storage.one(
                        "Credits",
                        account.bytes(),
                        at,
                        value -> new Credits(
                                value.field("free").number(),
                                value.field("reserved").number()))
                .thenApply(found -> found.orElse(Credits.NONE));
    }

    public CompletionStage<Optional<Hash>> seed(long block, Hash at) {
        return storage.one("Seeds", u32(block), at, Forms::hash);
    }

    public CompletionStage<Optional<EpochInfo>> epoch(long epoch, Hash at) {
        return storage.one("Epochs", u32(epoch), at, value -> epoch(epoch, value));
    }

    public CompletionStage<Optional<Hash>> adopted(long epoch, Hash at) {
        return storage.one("Adopted", u32(epoch), at, Forms::hash);
    }

    public CompletionStage<List<AccountId>> anchors(Hash at) {
        return storage.plain(
                        "Anchors",
                        at,
                        value -> value.items().stream().map(Forms::account).toList())
                .thenApply(found -> found.orElse(List.of()));
    }

    public CompletionStage<List<RoleEntry>> roles(Hash at) {
        return storage.keyed("Roles", at, (key, value) -> role(roleOf(key), accountOf(key), value));
    }

    public CompletionStage<Map<RoleKey, ReputationEntry>> reputation(Hash at) {
        CompletionStage<List<Map.Entry<RoleKey, ReputationEntry>>> entries = storage.keyed(
                "Reputation",
                at,
                (key, value) -> Map.entry(new RoleKey(roleOf(key), accountOf(key)), reputation(value)));
        return entries.thenApply(found -> {
            Map<RoleKey, ReputationEntry> map = new TreeMap<>();
            found.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
            return map;
        });
    }

    public CompletionStage<Map<AccountId, List<Verdict>>> reveals(long epoch, Hash at) {
        return storage.accountsOfEpoch(
                "Reveals",
                epoch,
                at,
                value -> value.items().stream().map(StellaState::verdict).toList());
    }

    public CompletionStage<Map<AccountId, HardEvidence>> hardRecords(long epoch, Hash at) {
        return storage.accountsOfEpoch("HardRecords", epoch, at, value -> word(HardEvidence.class, value));
    }

    /** A role of an account. */
    public record RoleKey(Role role, AccountId account) implements Comparable<RoleKey> {
        @Override
        public int compareTo(RoleKey other) {
            int byRole = role.compareTo(other.role);
            return byRole != 0 ? byRole : account.compareTo(other.account);
        }
    }

    static Deal deal(long id, Value v) {
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

    static EpochInfo epoch(long epoch, Value v) {
        return new EpochInfo(
                epoch, hash(v.field("seed")), v.field("first_block").longNumber());
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

    static ReputationEntry reputation(Value v) {
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
