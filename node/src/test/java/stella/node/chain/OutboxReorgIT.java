package stella.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.junit.jupiter.api.Test;
import stella.devchain.BlockMode;
import stella.devchain.DevChain;
import stella.devchain.DevChainSettings;
import stella.gateway.client.ChainAlert;
import stella.gateway.client.ChainClient;
import stella.gateway.client.FinalizedListener;
import stella.gateway.client.Header;
import stella.gateway.keys.Keypair;
import stella.gateway.metadata.CommonCalls;
import stella.gateway.metadata.Value;
import stella.gateway.outbox.Outbox;
import stella.gateway.outbox.Submissions.Outcome;
import stella.gateway.rpc.RpcException;
import stella.gateway.stella.ClientOutboxChain;
import stella.protocol.AccountId;

/** Blocks of the embedded chain are abandoned before they are final, with a call of the outbox in them. */
class OutboxReorgIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final BigInteger AMOUNT = BigInteger.valueOf(5_000_000_000_000L);
    private static final int FINALITY_LAG = 20;
    private static final int BLOCKS_MAX = 120;

    @Test
    void aCallWhoseBlocksAreAbandonedHasOneEffectAndItsAnswerNamesTheBlockThatStayed() {
        AccountId receiver = Keypair.fromSuri("//receiver//reorg").account();
        Keypair sender = Keypair.fromSuri("//Alice");
        ActorTestKit kit = ActorTestKit.create(
                "outbox-reorg", PersistenceTestKitPlugin.config().withFallback(ConfigFactory.load()));
        try (DevChain chain = DevChain.start(
                        DevChainSettings.standard().withMode(BlockMode.manual()).withFinalityLag(FINALITY_LAG));
                ChainClient client = await(ChainClient.connect(chain.rpcUri()))) {
            List<ChainAlert> alerts = new ArrayList<>();
            client.onAlert(alerts::add);
            BlockingQueue<Header> finalized = follow(client);
            TestProbe<Outbox.Included> included = kit.createTestProbe();
            TestProbe<Outbox.Answer> answers = kit.createTestProbe();
            var outbox = kit.spawn(Outbox.create("reorg", new ClientOutboxChain(client, sender)));

            outbox.tell(new Outbox.Submit(
                    "transfer",
                    "transfer",
                    new CommonCalls(client.runtime().metadata()).transfer(receiver, AMOUNT),
                    false,
                    Optional.of(included.getRef()),
                    answers.getRef()));
            Outbox.Included first = blocksUntil(chain, included).orElseThrow();
            abandon(chain, first.block(), false);
            Outbox.Included second = blocksUntil(chain, included).orElseThrow();
            abandon(chain, second.block(), true);
            Outbox.Answer answer = blocksUntil(chain, answers).orElseThrow();

            Outcome.Finalized done = (Outcome.Finalized) answer.outcome();
            Header head = await(client.finalizedHead());
            assertThat(second.hash()).isNotEqualTo(first.hash());
            assertThat(await(client.blockHash(done.block()))).contains(done.hash());
            assertThat(done.hash()).isNotEqualTo(first.hash());
            assertThat(await(client.value("System", "Account", head.hash(), Value.of(receiver.bytes())))
                            .orElseThrow()
                            .field("data")
                            .field("free")
                            .number())
                    .isEqualTo(AMOUNT);
            assertThat(await(client.nextNonce(sender.account()))).isEqualTo(1);
            assertThat(finalized)
                    .extracting(Header::number)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .contains(done.block());
            assertThat(alerts).isEmpty();
        } finally {
            kit.shutdownTestKit();
        }
    }

    /** Block {@code number} and those after it are replaced by one more of them. */
    private static void abandon(DevChain chain, long number, boolean withTransactions) {
        int depth = (int) (chain.bestNumber() - number + 1);
        chain.control().reorganize(depth, depth + 1, withTransactions);
    }

    /** Blocks come, one by one, until something is told. */
    private static <T> Optional<T> blocksUntil(DevChain chain, TestProbe<T> told) {
        for (int i = 0; i < BLOCKS_MAX; i++) {
            try {
                return Optional.of(told.receiveMessage(Duration.ofMillis(500)));
            } catch (AssertionError notYet) {
                chain.newBlock();
            }
        }
        return Optional.empty();
    }

    private static BlockingQueue<Header> follow(ChainClient client) {
        BlockingQueue<Header> heard = new LinkedBlockingQueue<>();
        client.follow(-1, new FinalizedListener() {
            @Override
            public void block(Header header) {
                heard.add(header);
            }

            @Override
            public void ended(RpcException why) {}
        });
        return heard;
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
