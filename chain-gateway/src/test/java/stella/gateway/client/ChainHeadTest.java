package stella.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import stella.gateway.rpc.RpcException;
import stella.gateway.rpc.RpcSettings;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** Nodes that speak {@code chainHead_v1}, and those that do not, over real sockets. */
class ChainHeadTest {
    private static final int PATIENCE_SECONDS = 30;
    private static final List<Header> HEADERS = ScriptedNode.headers(100);

    private final BlockingQueue<Header> heard = new LinkedBlockingQueue<>();

    @Test
    void aNodeThatListsTheFamilyIsFollowedByIt() {
        try (ScriptedNode node = node(true, 1);
                ChainClient client = connect(node.uri())) {
            follow(client, -1);
            assertThat(next(1)).containsExactly(0L);

            for (int number = 1; number < 60; number++) node.finalizes(HEADERS.get(number));

            assertThat(next(59)).startsWith(1L).endsWith(59L).isSorted().doesNotHaveDuplicates();
            assertThat(node.asked).doesNotContain("chain_subscribeFinalizedHeads", "chain_getHeader");
        }
    }

    @Test
    void oldBlocksAreUnpinned() {
        try (ScriptedNode node = node(true, 1);
                ChainClient client = connect(node.uri())) {
            follow(client, -1);
            next(1);
            for (int number = 1; number < 60; number++) node.finalizes(HEADERS.get(number));
            next(59);

            assertThat(await(client.storage(Bytes.hex("aa"), HEADERS.get(59).hash())))
                    .isPresent();

            assertThat(node.unpinned)
                    .hasSize(60 - 32)
                    .contains(HEADERS.get(0).hash().toString());
        }
    }

    @Test
    void pinnedBlocksAreReadThroughIt() {
        try (ScriptedNode node = node(true, 1);
                ChainClient client = connect(node.uri())) {
            follow(client, -1);
            next(1);
            Hash pinned = HEADERS.getFirst().hash();

            assertThat(await(client.storage(Bytes.hex("aa"), pinned))).contains(Bytes.hex("17"));
            assertThat(await(client.runtimeCall("Core_version", Bytes.EMPTY, pinned)))
                    .isEqualTo(Bytes.hex("2a000000"));
            assertThat(await(client.encodedBody(pinned))).containsExactly(Bytes.hex("0801ff"));
            assertThat(await(client.header(pinned))).isEqualTo(HEADERS.getFirst());
        }
    }

    @Test
    void blocksThatAreNotPinnedAreReadTheLegacyWay() {
        try (ScriptedNode node = node(true, 3);
                ChainClient client = connect(node.uri())) {
            follow(client, -1);
            next(1);

            assertThat(await(client.storage(Bytes.hex("aa"), HEADERS.get(1).hash())))
                    .contains(Bytes.hex("1e"));
        }
    }

    @Test
    void aNodeWithoutRoomForAnOperationIsAskedTheLegacyWay() {
        try (ScriptedNode node = node(true, 1);
                ChainClient client = connect(node.uri())) {
            follow(client, -1);
            next(1);
            node.busy();

            assertThat(await(client.storage(Bytes.hex("aa"), HEADERS.getFirst().hash())))
                    .contains(Bytes.hex("1e"));
        }
    }

    @Test
    void aNodeThatStopsIsFollowedAgainWithoutAGap() {
        try (ScriptedNode node = node(true, 1);
                ChainClient client = connect(node.uri())) {
            follow(client, -1);
            next(1);
            node.finalizes(HEADERS.get(1));
            next(1);

            node.chain.addAll(HEADERS.subList(2, 10));
            node.stopsFollowing();

            assertThat(next(8)).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        }
    }

    @Test
    void aNodeThatTalksNonsenseIsLeftForTheNext() {
        try (ScriptedNode liar = node(true, 2);
                ScriptedNode honest = node(true, 5);
                ChainClient client = connect(liar.uri(), honest.uri())) {
            follow(client, -1);
            assertThat(next(1)).containsExactly(1L);

            liar.says("{\"event\":\"finalized\",\"finalizedBlockHashes\":[7]}");

            assertThat(next(3)).containsExactly(2L, 3L, 4L);
        }
    }

    @Test
    void aLegacyNodeTakesOverFromOneThatSpeaksTheFamily() {
        try (ScriptedNode legacy = node(false, 20)) {
            ScriptedNode first = node(true, 5);
            try (ChainClient client = connect(first.uri(), legacy.uri())) {
                follow(client, 2);
                assertThat(next(3)).containsExactly(2L, 3L, 4L);

                first.close();

                assertThat(next(15)).startsWith(5L).endsWith(19L).isSorted();
                legacy.finalizes(HEADERS.get(20));
                assertThat(next(1)).containsExactly(20L);
            }
        }
    }

    /** The first node forks away from what was final; the second goes on with it. */
    @Test
    void aContradictionIsAnAlertAndTheNextNodeIsAsked() throws Exception {
        BlockingQueue<ChainAlert> alerts = new LinkedBlockingQueue<>();
        try (ScriptedNode forked = node(true, 3);
                ScriptedNode honest = node(false, 8);
                ChainClient client = connect(forked.uri(), honest.uri())) {
            client.onAlert(alerts::add);
            follow(client, -1);
            assertThat(next(1)).containsExactly(2L);

            forked.finalizes(new Header(3, HEADERS.get(1).hash(), Hash.ZERO, Hash.ZERO, List.of()));

            assertThat(alerts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(ChainAlert.FinalityContradicted.class);
            assertThat(next(5)).containsExactly(3L, 4L, 5L, 6L, 7L);
            assertThat(alerts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo(new ChainAlert.FinalityRestored(HEADERS.get(3).ref()));
        }
    }

    private static ScriptedNode node(boolean chainHead, int blocks) {
        return new ScriptedNode(chainHead, HEADERS.subList(0, blocks));
    }

    private static ChainClient connect(URI... endpoints) {
        return await(ChainClient.connect(new RpcSettings(
                List.of(endpoints),
                Duration.ofSeconds(10),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                1000,
                16 << 20)));
    }

    private void follow(ChainClient client, long first) {
        client.follow(first, new FinalizedListener() {
            @Override
            public void block(Header header) {
                heard.add(header);
            }

            @Override
            public void ended(RpcException why) {}
        });
    }

    private List<Long> next(int count) {
        List<Long> numbers = new ArrayList<>();
        try {
            while (numbers.size() < count) {
                Header header = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(header).as("block after %s", numbers).isNotNull();
                numbers.add(header.number());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return numbers;
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
