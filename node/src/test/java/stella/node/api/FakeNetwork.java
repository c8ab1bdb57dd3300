package stella.node.api;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.pekko.actor.typed.ActorRef;
import stella.gateway.keys.Ss58;
import stella.node.api.document.NetworkInfo;
import stella.node.fault.Misbehaviour;
import stella.protocol.AccountId;
import stella.protocol.chain.Block;
import stella.protocol.chain.Event;
import stella.protocol.deal.StorageRequest;
import stella.protocol.piece.Piece;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;
import stella.roles.Ledger;
import stella.roles.client.Placement;
import stella.roles.inspector.EvidenceText;
import stella.roles.inspector.ReputationAnswer;

/** A network in memory: it keeps what it is told, and its placements say what the test makes them say. */
public final class FakeNetwork implements Network {
    public static final AccountId ALICE = MemoryLedger.account(1);
    public static final AccountId STORE_1 = MemoryLedger.account(11);
    public static final AccountId STORE_2 = MemoryLedger.account(12);
    public static final AccountId FETCH_1 = MemoryLedger.account(21);
    public static final AccountId INSPECTOR_1 = MemoryLedger.account(31);

    /** What the API asked to be placed. */
    public record Placed(String key, String account, StorageRequest terms, ActorRef<Placement.Progress> listener) {}

    public final MemoryLedger ledger = new MemoryLedger();
    public final BlockingQueue<Placed> placed = new LinkedBlockingQueue<>();
    public final Map<String, Misbehaviour> misbehaving = new HashMap<>();
    public final List<Alarm> alarms = new ArrayList<>();

    private final Path folder;
    private String gateway = "http://127.0.0.1:1";

    public FakeNetwork(Path folder) {
        this.folder = folder;
    }

    public void setGateway(String url) {
        gateway = url;
    }

    @Override
    public NetworkInfo info() {
        return new NetworkInfo(
                "stella-test",
                ledger.genesis().toString(),
                "ws://127.0.0.1:2",
                gateway,
                "http://127.0.0.1:3",
                folder.toString(),
                "STL",
                12,
                List.of(
                        node("store-1", "Store", STORE_1),
                        node("store-2", "Store", STORE_2),
                        node("fetch-1", "Fetch", FETCH_1),
                        node("inspector-1", "Inspector", INSPECTOR_1)),
                List.of(new NetworkInfo.Account("alice", address(ALICE))));
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public Optional<Block> head() {
        return ledger.head();
    }

    @Override
    public void place(String key, String account, StorageRequest terms, ActorRef<Placement.Progress> listener) {
        if (!account.equals("alice")) throw new NoSuchAccountException("this node has no such account");
        placed.add(new Placed(key, account, terms, listener));
    }

    @Override
    public String sourceUrl(Piece piece) {
        return "http://127.0.0.1:4/piece/" + piece.cid();
    }

    @Override
    public Path uploads() {
        return folder.resolve("uploads");
    }

    @Override
    public CompletionStage<Boolean> misbehave(String node, Misbehaviour how) {
        boolean known = info().nodes().stream().anyMatch(own -> own.name().equals(node));
        if (known) misbehaving.put(node, how);
        return CompletableFuture.completedFuture(known);
    }

    @Override
    public CompletionStage<ReputationAnswer.Explanation> explain(RoleId id) {
        return CompletableFuture.completedFuture(new ReputationAnswer.Explanation(
                id,
                List.of(
                        "Suspended in epoch 57.",
                        "  item 0000000000000007" + "ab".repeat(32) + ": seen by 02"
                                + INSPECTOR_1.bytes().toHex() + " FAIL"),
                List.of("Half of what suspends " + id + " stands against it."),
                List.of(new EvidenceText(id, 57, "stella evidence 1\nepoch 57\n"))));
    }

    @Override
    public CompletionStage<ReputationAnswer.Past> history(RoleId id) {
        return CompletableFuture.completedFuture(new ReputationAnswer.Past(
                id,
                List.of(new ReputationAnswer.Change(
                        57, "retrieval", Standing.TRUSTED, Standing.SUSPENDED, 990_000, 700_000))));
    }

    @Override
    public CompletionStage<Optional<Ledger.Submission>> appeal(String node) {
        if (node.equals("store-1"))
            return CompletableFuture.completedFuture(Optional.of(new Ledger.Submission.Finalized(
                    77, ledger.genesis(), List.of(new Event.Appealed(Role.STORE, STORE_1, 3)))));
        return CompletableFuture.completedFuture(
                node.equals("store-2")
                        ? Optional.of(new Ledger.Submission.Failed("NotSuspended", "only a suspended node appeals"))
                        : Optional.empty());
    }

    @Override
    public CompletionStage<List<Alarm>> alarms() {
        return CompletableFuture.completedFuture(List.copyOf(alarms));
    }

    public static String address(AccountId account) {
        return Ss58.encode(account, Ss58.GENERIC_PREFIX);
    }

    private static NetworkInfo.Node node(String name, String role, AccountId account) {
        return new NetworkInfo.Node(name, role, address(account), "http://127.0.0.1:5/" + name);
    }
}
