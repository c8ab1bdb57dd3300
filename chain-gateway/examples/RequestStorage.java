import com.typesafe.config.ConfigFactory;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import stella.gateway.client.ChainClient;
import stella.gateway.keys.Keypair;
import stella.gateway.metadata.Metadata;
import stella.gateway.outbox.Outbox;
import stella.gateway.outbox.Submissions.Outcome;
import stella.gateway.stella.ClientOutboxChain;
import stella.gateway.stella.StellaCalls;
import stella.gateway.stella.StellaEvents;
import stella.gateway.stella.StellaFace;
import stella.protocol.Bytes;
import stella.protocol.chain.Call;
import stella.protocol.chain.Event;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.deal.StorageRequest;
import stella.protocol.deal.Tier;
import stella.protocol.piece.Commitment;

/**
 * Buys credits and asks for storage of a text through an account's outbox: {@code RequestStorage ws://HOST SECRET_URI SOURCE_URL}.
 * Run again with the same journal it would change nothing, since the keys name the intents; here the journal is in memory.
 */
public final class RequestStorage {
    private static final BigInteger STL = BigInteger.TEN.pow(12);

    public static void main(String[] arguments) {
        Keypair client = Keypair.fromSuri(arguments[1]);
        ActorSystem<SpawnProtocol.Command> system = ActorSystem.create(
                SpawnProtocol.create(),
                "example",
                ConfigFactory.parseString("""
                    pekko.persistence.journal.plugin = "pekko.persistence.journal.inmem"
                    pekko.persistence.snapshot-store.plugin = "pekko.persistence.no-snapshot-store"
                    """).withFallback(ConfigFactory.load()));
        try (ChainClient chain = ChainClient.connect(URI.create(arguments[0]))
                .toCompletableFuture()
                .join()) {
            Metadata metadata = chain.runtime().metadata();
            StellaFace.check(metadata); // names what differs, if the chain's pallet is another version

            var outbox = system.systemActorOf(
                    Outbox.create(client.account().toString(), new ClientOutboxChain(chain, client)),
                    "outbox",
                    org.apache.pekko.actor.typed.Props.empty());
            byte[] text = "hello".repeat(1000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            StorageRequest request = new StorageRequest(
                    Cid.of(Codec.RAW, Bytes.of(text)).toBytes(),
                    Commitment.of(text),
                    1,
                    2,
                    STL,
                    Tier.HOT,
                    arguments[2]);
            List<Call> calls =
                    List.of(new Call.TopUpCredits(STL.multiply(BigInteger.TEN)), new Call.RequestStorage(request));

            for (Call call : calls) {
                String name = StellaCalls.name(call);
                Bytes encoded = StellaCalls.encode(metadata, call);
                Outbox.Answer answer = AskPattern.<Outbox.Command, Outbox.Answer>ask(
                                outbox,
                                replyTo -> new Outbox.Submit(name, name, encoded, replyTo),
                                Duration.ofMinutes(2),
                                system.scheduler())
                        .toCompletableFuture()
                        .join();
                System.out.println(name + ": " + answer.outcome());
                if (answer.outcome() instanceof Outcome.Finalized done)
                    for (Event event : events(chain, done)) System.out.println("  " + event);
            }
        } finally {
            system.terminate();
        }
    }

    private static List<Event> events(ChainClient chain, Outcome.Finalized done) {
        return chain.header(done.hash())
                .thenCompose(header -> chain.outcomeIn(header.ref(), done.transaction()))
                .thenApply(found -> found.orElseThrow() instanceof stella.gateway.client.Outcome.Succeeded succeeded
                        ? StellaEvents.read(succeeded.events())
                        : List.<Event>of())
                .toCompletableFuture()
                .join();
    }
}
