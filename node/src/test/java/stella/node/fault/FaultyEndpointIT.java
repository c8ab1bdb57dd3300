package stella.node.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import stella.node.Seeded;
import stella.node.http.BlockSupply.Supplied;
import stella.node.http.HttpBinding;
import stella.node.http.Listener;
import stella.node.http.StoreServer;
import stella.node.http.TestDesk;
import stella.node.transfer.HttpTransfer;
import stella.node.transfer.TransferSettings;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.roles.Transfer.Answer;
import stella.roles.Transfer.Possession;

/** What an Inspector sees of a node that misbehaves, over real sockets. */
@Timeout(60)
class FaultyEndpointIT {
    private static final Bytes DATA = Bytes.utf8("hello world");
    private static final String CID = Cid.of(Codec.RAW, DATA).toString();

    private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "faulty");
    private final FaultSwitch faults = new FaultSwitch(Seeded.chance(4));
    private final HttpTransfer transfer = new HttpTransfer(TransferSettings.defaults());
    private Listener listener;

    @BeforeEach
    void listen() throws Exception {
        StoreServer server = new StoreServer(
                system,
                faults.blocks((_, _) -> CompletableFuture.completedFuture(new Supplied.Block(DATA))),
                _ -> CompletableFuture.completedFuture(Optional.empty()),
                faults.prover((_, _) -> CompletableFuture.completedFuture(new Possession.Unreachable("unused"))),
                TestDesk.NONE);
        HttpBinding where = HttpBinding.at("127.0.0.1", 0);
        listener = Listener.bind(system, where, where.admission(faults::isReachable), faults.endpoint(server))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        transfer.close();
        system.terminate();
    }

    @Test
    void aSilentNodeIsUnreachableUntilItSpeaksAgain() throws Exception {
        assertThat(ask(Duration.ofSeconds(20))).isInstanceOf(Answer.Block.class);
        // The first of these goes over the connection that is still open, the second over a new one.
        faults.set(new Misbehaviour(0, 0, false, false, true));
        assertThat(ask(Duration.ofSeconds(20))).isInstanceOf(Answer.Unreachable.class);
        assertThat(ask(Duration.ofSeconds(20))).isInstanceOf(Answer.Unreachable.class);
        faults.set(Misbehaviour.NONE);
        assertThat(ask(Duration.ofSeconds(20))).isInstanceOf(Answer.Block.class);
    }

    @Test
    void aSlowNodeMissesEveryDeadline() throws Exception {
        faults.set(new Misbehaviour(0, 0, false, true, false));

        assertThat(ask(Duration.ofSeconds(1))).isInstanceOf(Answer.Unreachable.class);
    }

    @Test
    void aDroppedBlockIsRefused() throws Exception {
        faults.set(new Misbehaviour(100, 0, false, false, false));

        assertThat(ask(Duration.ofSeconds(20)))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(404));
    }

    private Answer ask(Duration deadline) throws Exception {
        return transfer.block(listener.url(), CID, deadline)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }
}
