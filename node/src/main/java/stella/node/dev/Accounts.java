package stella.node.dev;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import stella.gateway.client.ChainClient;
import stella.gateway.keys.Keypair;
import stella.gateway.keys.Ss58;
import stella.gateway.outbox.Outbox;
import stella.gateway.stella.ClientOutboxChain;
import stella.node.api.Network.NoSuchAccountException;
import stella.node.ledger.FinalizedFeed;
import stella.node.ledger.GatewayLedger;
import stella.roles.Ledger;

/** Accounts that this process signs for, each with one outbox, so that nonces never race. Safe for any thread. */
final class Accounts {
    /** Funded by genesis of the development chain; the keys are public. */
    static final List<String> CLIENTS = List.of("alice", "bob", "charlie", "dave", "eve", "ferdie");

    private static final Duration SPAWN_MAX = Duration.ofSeconds(10);

    private final ActorSystem<SpawnProtocol.Command> system;
    private final ChainClient client;
    private final FinalizedFeed feed;
    private final Map<String, GatewayLedger> ledgers = new TreeMap<>();

    Accounts(ActorSystem<SpawnProtocol.Command> system, ChainClient client, FinalizedFeed feed) {
        this.system = system;
        this.client = client;
        this.feed = feed;
    }

    /** The ledger of a client account: a name of {@link #CLIENTS}, or a secret URI. */
    Ledger client(String account) {
        String name = account.toLowerCase(Locale.ROOT);
        if (CLIENTS.contains(name))
            return open("//" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
        try {
            return open(account);
        } catch (IllegalArgumentException e) {
            // The text may be a secret with a slip in it: it is not repeated.
            throw new NoSuchAccountException("the account is none of " + String.join(", ", CLIENTS)
                    + ", and no secret URI (for example //Alice) either");
        }
    }

    /** Client accounts by name with their addresses. */
    Map<String, String> clients() {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String name : CLIENTS) addresses.put(name, Ss58.encode(client(name).account(), Ss58.GENERIC_PREFIX));
        return addresses;
    }

    /** @throws IllegalArgumentException when {@code suri} is no secret URI */
    synchronized GatewayLedger open(String suri) {
        Keypair keys = Keypair.fromSuri(suri);
        String address = Ss58.encode(keys.account(), Ss58.GENERIC_PREFIX);
        return ledgers.computeIfAbsent(address, _ -> {
            ActorRef<Outbox.Command> outbox =
                    spawn(Outbox.create(address, new ClientOutboxChain(client, keys)), "outbox-" + address);
            return new GatewayLedger(keys.account(), client, feed, system, outbox);
        });
    }

    <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        CompletionStage<ActorRef<T>> spawned = AskPattern.ask(
                system,
                replyTo -> new SpawnProtocol.Spawn<>(behavior, name, Props.empty(), replyTo),
                SPAWN_MAX,
                system.scheduler());
        try {
            return spawned.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the actor " + name + " did not start", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the actor " + name + " was starting", e);
        }
    }
}
