package stella.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import stella.gateway.outbox.Submissions.Outcome;
import stella.protocol.Bytes;

/** An outbox over a {@link ScriptedChain} in a {@link SteppedWorld}, whose process may die at any moment and comes back. */
final class OutboxRun implements AutoCloseable {
    private static final String ACCOUNT = "account";
    private static final String ID = "outbox|" + ACCOUNT;

    final ScriptedChain chain;
    final Map<String, Outcome> answers = new LinkedHashMap<>();
    final List<Outbox.Included> included = new ArrayList<>();
    private final OutboxSettings settings;
    private final List<String> asked = new ArrayList<>();
    private SteppedWorld world = new SteppedWorld();
    private ScriptedChain.Line line;
    private ActorRef<Outbox.Command> outbox;
    private ActorRef<Object> client;
    private int answered;

    OutboxRun(long seed, OutboxSettings settings) {
        this.chain = new ScriptedChain(seed);
        this.settings = settings;
        this.line = chain.connect();
        this.outbox = world.spawn(Outbox.create(ACCOUNT, line, settings));
        this.client = world.spawn(client());
    }

    /** The key is the call. */
    void submit(String key) {
        asked.add(key);
        ask(key);
    }

    private void ask(String key) {
        outbox.tell(new Outbox.Submit(
                key, "test", Bytes.utf8(key), false, Optional.of(client.unsafeUpcast()), client.unsafeUpcast()));
    }

    /** One message is handled, or else one answer of the chain arrives; false when there is neither. */
    boolean step() {
        if (world.step()) return true;
        if (!chain.answer()) return false;
        answered++;
        return true;
    }

    void settle() {
        while (step()) {}
    }

    /** Grows with each event that is written down, each request, and each answer: between two of them nothing leaves the process. */
    int moment() {
        return world.written(ID).size() + chain.requests + answered;
    }

    /** The process dies here and comes back with what it had written down; whoever has no answer asks again. */
    void die() {
        List<Object> written = world.written(ID);
        line.cut();
        world.close();
        world = new SteppedWorld();
        world.write(ID, written);
        line = chain.connect();
        outbox = world.spawn(Outbox.create(ACCOUNT, line, settings));
        client = world.spawn(client());
        asked.stream().filter(key -> !answers.containsKey(key)).toList().forEach(this::ask);
    }

    /** The actor alone stops where it is, and a new one starts. */
    void restart() {
        outbox.tell(Outbox.Stop.INSTANCE);
        outbox = world.spawn(Outbox.create(ACCOUNT, line, settings));
        asked.stream().filter(key -> !answers.containsKey(key)).toList().forEach(this::ask);
    }

    /** Blocks come until all is answered. */
    void finish(int blocksMax) {
        settle();
        for (int i = 0; i < blocksMax && answers.size() < asked.size(); i++) {
            chain.block(true);
            settle();
        }
        assertThat(answers.keySet()).containsExactlyInAnyOrderElementsOf(asked);
    }

    /** Each call has had as many effects as its answer says. */
    void check(String about) {
        answers.forEach((key, outcome) -> assertThat(chain.effects(Bytes.utf8(key)))
                .as("%s, answered %s, %s", key, outcome, about)
                .isEqualTo(outcome instanceof Outcome.Finalized ? 1 : 0));
    }

    List<Object> written() {
        return world.written(ID);
    }

    @Override
    public void close() {
        line.cut();
        world.close();
    }

    private Behavior<Object> client() {
        return Behaviors.receiveMessage(message -> {
            if (message instanceof Outbox.Included seen) included.add(seen);
            if (message instanceof Outbox.Answer(String key, Outcome outcome)) {
                Outcome before = answers.put(key, outcome);
                if (before != null) assertThat(outcome).isEqualTo(before);
            }
            return Behaviors.same();
        });
    }
}
