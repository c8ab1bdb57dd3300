package stella.node.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import stella.gateway.client.ChainClient;
import stella.gateway.metadata.MetadataException;
import stella.gateway.metadata.MismatchException;
import stella.gateway.outbox.Outbox;
import stella.gateway.outbox.Submissions.Outcome;
import stella.gateway.rpc.RpcException;
import stella.gateway.stella.StellaCalls;
import stella.gateway.stella.StellaDisputes;
import stella.gateway.stella.StellaEvents;
import stella.gateway.stella.StellaFace;
import stella.gateway.stella.StellaState;
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

/** One account's {@link Ledger} over a chain client and its {@link Outbox}. */
public final class GatewayLedger implements Ledger {
    /** Where calls go. */
    @FunctionalInterface
    private interface Door {
        CompletionStage<Outcome> submit(String key, String label, Bytes call);
    }

    /** An outbox that restarted has forgotten who asked: the same key is asked again, which never leads to a second effect. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(60);

    private static final int READS_MAX = 4;

    private final AccountId account;
    private final ChainClient client;
    private final FinalizedFeed feed;
    private final Door door;
    private final StellaState state;
    private final StellaDisputes disputes;
    private final Constants constants;

    /** @throws MetadataException when the chain's pallet is not the one this program knows, naming what differs */
    public GatewayLedger(
            AccountId account,
            ChainClient client,
            FinalizedFeed feed,
            ActorSystem<?> system,
            ActorRef<Outbox.Command> outbox) {
        this(account, client, feed, (key, label, call) -> outcome(system, outbox, key, label, call));
    }

    private GatewayLedger(AccountId account, ChainClient client, FinalizedFeed feed, Door door) {
        this.account = account;
        this.client = client;
        this.feed = feed;
        this.door = door;
        this.state = new StellaState(client);
        this.disputes = new StellaDisputes(client);
        this.constants = StellaFace.constants(client.runtime().metadata());
    }

    /**
     * A ledger for whoever only looks: it speaks for no account, and whatever is submitted fails.
     *
     * @throws MetadataException when the chain's pallet is not the one this program knows, naming what differs
     */
    public static GatewayLedger readOnly(ChainClient client, FinalizedFeed feed) {
        return new GatewayLedger(
                AccountId.of(new byte[AccountId.LENGTH]),
                client,
                feed,
                (_, _, _) -> CompletableFuture.failedStage(new Unavailable("this ledger only reads")));
    }

    @Override
    public AccountId account() {
        return account;
    }

    @Override
    public Hash genesis() {
        return client.genesis();
    }

    @Override
    public Constants constants() {
        return constants;
    }

    @Override
    public Following follow(Consumer<Block> listener) {
        return feed.follow(listener);
    }

    @Override
    public CompletionStage<Optional<Hash>> blockHash(long number) {
        if (feed.newest().filter(newest -> newest.number() >= number).isEmpty())
            return CompletableFuture.completedStage(Optional.empty());
        return reading(client.blockHash(number));
    }

    @Override
    public CompletionStage<List<RoleEntry>> roles(Hash at) {
        return reading(state.roles(at));
    }

    @Override
    public CompletionStage<Optional<Ask>> ask(AccountId store, Hash at) {
        return reading(state.ask(store, at));
    }

    @Override
    public CompletionStage<Optional<Request>> request(long id, Hash at) {
        return reading(state.request(id, at));
    }

    @Override
    public CompletionStage<Optional<Deal>> deal(long id, Hash at) {
        return reading(state.deal(id, at));
    }

    @Override
    public CompletionStage<List<Deal>> liveDeals(Hash at) {
        return reading(state.deals(at))
                .thenApply(deals ->
                        deals.stream().filter(deal -> deal.state().isLive()).toList());
    }

    @Override
    public CompletionStage<Credits> credits(AccountId holder, Hash at) {
        return reading(state.credits(holder, at));
    }

    @Override
    public CompletionStage<Optional<Hash>> seed(long number, Hash at) {
        return reading(state.seed(number, at));
    }

    @Override
    public CompletionStage<Optional<EpochInfo>> epoch(long epoch, Hash at) {
        return reading(state.epoch(epoch, at));
    }

    @Override
    public CompletionStage<Map<Node, ReputationEntry>> reputation(Hash at) {
        return reading(state.reputation(at)).thenApply(found -> {
            Map<Node, ReputationEntry> entries = new TreeMap<>();
            found.forEach((key, entry) -> entries.put(new Node(key.role(), key.account()), entry));
            return entries;
        });
    }

    @Override
    public CompletionStage<List<AccountId>> anchors(Hash at) {
        return reading(state.anchors(at));
    }

    @Override
    public CompletionStage<Map<AccountId, List<Verdict>>> reveals(long epoch, Hash at) {
        return reading(state.reveals(epoch, at));
    }

    @Override
    public CompletionStage<Map<AccountId, HardEvidence>> hardRecords(long epoch, Hash at) {
        return reading(state.hardRecords(epoch, at));
    }

    @Override
    public CompletionStage<Optional<Hash>> adopted(long epoch, Hash at) {
        return reading(state.adopted(epoch, at));
    }

    @Override
    public CompletionStage<List<Question>> questions(Hash at) {
        return reading(disputes.questions(at));
    }

    @Override
    public CompletionStage<Set<VerdictId>> voided(long epoch, Hash at) {
        return reading(disputes.voided(epoch, at));
    }

    @Override
    public CompletionStage<Map<RoleId, Appeal>> appeals(Hash at) {
        return reading(disputes.appeals(at));
    }

    @Override
    public CompletionStage<Submission> submit(String key, Call call) {
        Bytes encoded;
        try {
            encoded = StellaCalls.encode(client.runtime().metadata(), call);
        } catch (MismatchException | MetadataException e) {
            return CompletableFuture.completedStage(
                    new Submission.Failed("CallMismatch", String.valueOf(e.getMessage())));
        }
        String label = StellaFace.PALLET + "." + StellaCalls.name(call);
        return door.submit(key, label, encoded)
                .thenCompose(this::submission)
                .exceptionally(failure -> new Submission.Failed(
                        "Unavailable",
                        String.valueOf(RpcException.unwrap(failure).getMessage())));
    }

    private static CompletionStage<Outcome> outcome(
            ActorSystem<?> system, ActorRef<Outbox.Command> outbox, String key, String label, Bytes call) {
        CompletionStage<Outbox.Answer> answer = AskPattern.ask(
                outbox, replyTo -> new Outbox.Submit(key, label, call, replyTo), ASK_AGAIN, system.scheduler());
        return answer.thenApply(Outbox.Answer::outcome)
                .exceptionallyCompose(
                        failure -> failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException
                                ? outcome(system, outbox, key, label, call)
                                : CompletableFuture.failedStage(failure));
    }

    private CompletionStage<Submission> submission(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Finalized(long block, Hash hash, Hash transaction, int item) ->
                events(hash, transaction, item, 1).thenApply(events -> new Submission.Finalized(block, hash, events));
            case Outcome.Failed(var error) ->
                CompletableFuture.completedStage(new Submission.Failed(ownName(error.name()), error.text()));
            case Outcome.Expired() -> CompletableFuture.completedStage(new Submission.Expired());
        };
    }

    // An outcome from long ago may lie in a block whose state the node has forgotten: then its events are unknown, not
    // the outcome.
    private CompletionStage<List<Event>> events(Hash block, Hash transaction, int item, int attempt) {
        return client.header(block)
                .thenCompose(header -> client.outcomeIn(header.ref(), transaction))
                .thenApply(found -> found.map(outcome -> outcome
                                        instanceof stella.gateway.client.Outcome.Succeeded succeeded
                                ? StellaEvents.read(
                                        item < 0
                                                ? succeeded.events()
                                                : succeeded.items().get(item).events())
                                : List.<Event>of())
                        .orElse(List.of()))
                .exceptionallyCompose(_ -> attempt < READS_MAX
                        ? events(block, transaction, item, attempt + 1)
                        : CompletableFuture.completedStage(List.of()));
    }

    /** The pallet's own errors are known by their names alone. */
    private static String ownName(String error) {
        String prefix = StellaFace.PALLET + ".";
        return error.startsWith(prefix) ? error.substring(prefix.length()) : error;
    }

    private static <T> CompletionStage<T> reading(CompletionStage<T> asked) {
        return asked.exceptionallyCompose(failure -> CompletableFuture.failedStage(
                new Unavailable(String.valueOf(RpcException.unwrap(failure).getMessage()), failure)));
    }
}
