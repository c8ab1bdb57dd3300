package stella.roles.inspector;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Question;
import stella.protocol.inspection.Timeline;
import stella.roles.Ledger;
import stella.roles.Transfer;

/** One Inspector's core and its work, without an actor: {@link #work} does all that is due until nothing is left to do. */
final class Desk {
    private static final InspectorSettings SETTINGS = InspectorSettings.FAST;
    private static final Timeline TIMELINE = new Timeline(FakeChain.EPOCH);

    final AccountId account;
    private final FakeChain chain;
    private final Ledger ledger;
    private final Reading reading;
    private final Saying saying;
    final List<Fact> journal = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    Memory memory = Memory.EMPTY;
    private Set<String> busy = new TreeSet<>();
    private int lives;
    private Queue<Runnable> arrived = new ArrayDeque<>();
    private int secrets;

    Desk(FakeChain chain, AccountId account, FakeNodes nodes) {
        this.account = account;
        Transfer transfer = nodes.as(account);
        nodes.publish(FakeChain.endpoint(account), this::published);
        this.chain = chain;
        ledger = chain.ledgerOf(account);
        reading = new Reading(
                ledger,
                new Probe(transfer, SETTINGS),
                new AskProbe(ledger, transfer, SETTINGS, chain::head),
                new Peers(transfer, SETTINGS),
                Runnable::run);
        saying = new Saying(ledger);
    }

    private Optional<Bytes> published(Hash digest) {
        return Answers.published(memory, digest).data();
    }

    /** What {@link Docket} keeps for the actor. */
    private List<Question> against() {
        Docket docket = new Docket();
        docket.learn(chain.questions(), account);
        for (Fact fact : journal) if (fact instanceof Fact.Answered answered) docket.close(answered.question());
        return docket.open();
    }

    /** What a crash leaves: the journal. Everything under way is forgotten. */
    void restart() {
        lives++;
        memory = Memory.EMPTY;
        for (Fact fact : journal) memory = memory.apply(fact, SETTINGS.recordsMax());
        busy = new TreeSet<>();
        arrived = new ArrayDeque<>();
    }

    void work() {
        failures.clear();
        while (true) {
            while (!arrived.isEmpty()) arrived.remove().run();
            List<Audit.Effect> due = Audit.due(memory, account, TIMELINE, chain.height(), busy, against(), SETTINGS);
            due = due.stream()
                    .filter(effect -> !failures.contains(effect.key()))
                    .toList();
            if (due.isEmpty()) return;
            int life = lives;
            for (Audit.Effect effect : due) {
                if (lives != life) break; // crashed meanwhile
                if (effect instanceof Audit.Effect.Note(Fact fact, String _)) write(fact);
                else start(effect);
            }
        }
    }

    /** The journal's length at which this desk crashes once: right after that fact is written, before anything follows from it. */
    int crashAfter = -1;

    /** The number of the finished piece of work that a crash swallows before it is written down; -1 for none. */
    int loseResult = -1;

    private int results;

    private void write(Fact fact) {
        journal.add(fact);
        memory = memory.apply(fact, SETTINGS.recordsMax());
        if (journal.size() == crashAfter) restart();
    }

    /** How this Inspector bends what it saw; an honest one does not. */
    UnaryOperator<Outcome> lie = UnaryOperator.identity();

    private Fact bent(Fact fact) {
        return fact instanceof Fact.Found(long epoch, var duty, var outcome, var receipt)
                ? new Fact.Found(epoch, duty, outcome.map(lie), receipt)
                : fact;
    }

    private void finished(Fact seen) {
        Fact fact = bent(seen);
        if (results++ == loseResult) restart();
        else write(fact);
    }

    private void start(Audit.Effect effect) {
        busy.add(effect.key());
        Set<String> mine = busy;
        Queue<Runnable> inbox = arrived;
        stage(effect)
                .whenComplete((fact, error) -> inbox.add(() -> {
                    mine.remove(effect.key());
                    if (error == null) finished(fact);
                    else failures.add(effect.key());
                }));
    }

    private CompletionStage<Fact> stage(Audit.Effect effect) {
        return switch (effect) {
            case Audit.Effect.Open open -> reading.open(memory, open, secret());
            case Audit.Effect.Inspect inspect ->
                reading.inspect(
                        memory,
                        inspect,
                        ledger.blockHash(chain.height())
                                .toCompletableFuture()
                                .join()
                                .orElseThrow());
            case Audit.Effect.Question(long epoch) ->
                reading.doubts(memory.inFlight(epoch), chain.head().hash())
                        .thenCompose(doubts -> saying.question(epoch, doubts));
            case Audit.Effect.Answer(Question question) -> saying.answer(question, memory.receipt(question));
            case Audit.Effect.Evaluate evaluate -> reading.evaluate(memory, evaluate);
            case Audit.Effect.Commit(long epoch) -> saying.commit(memory.inFlight(epoch));
            case Audit.Effect.Reveal(long epoch) -> saying.reveal(memory.inFlight(epoch));
            case Audit.Effect.Attest(long _) ->
                saying.attest(memory.result().workedOut().orElseThrow(), false);
            case Audit.Effect.Note note -> throw new AssertionError("a note is written: " + note);
        };
    }

    private Hash secret() {
        return Digests.blake2b256(account.bytes(), Bytes.of((byte) secrets++));
    }
}
