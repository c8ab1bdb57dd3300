package stella.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import stella.gateway.rpc.RpcException;
import stella.gateway.rpc.RpcFailure;
import stella.protocol.Hash;

class FinalizedBlocksTest {
    private final FakeRpc node = Clients.node();
    private final ChainClient client = Clients.of(node);
    private final List<Long> heard = new ArrayList<>();
    private final List<RpcException> ends = new ArrayList<>();
    private final List<ChainAlert> alerts = new ArrayList<>();

    FinalizedBlocksTest() {
        client.onAlert(alerts::add);
    }

    @Test
    void beginsWithTheNewestBlockAndGoesOn() {
        node.grow(12);
        follow(-1);

        node.announce(10);
        node.announce(11);

        assertThat(heard).containsExactly(10L, 11L);
    }

    @Test
    void fillsWhatTheNodeLeftOut() {
        node.grow(100);
        follow(3);

        node.announce(5);
        node.announce(90);
        node.announce(91);

        assertThat(heard).hasSize(89).isSorted().startsWith(3L, 4L, 5L, 6L).endsWith(91L);
    }

    @Test
    void aBlockThatIsAnnouncedTwiceIsToldOnce() {
        node.grow(6);
        follow(4);

        node.announce(4);
        node.announce(4);
        node.announce(5);
        node.announce(3);

        assertThat(heard).containsExactly(4L, 5L);
    }

    @Test
    void aLostConnectionLosesNoBlock() {
        node.grow(50);
        follow(0);
        node.announce(2);

        node.disconnect();
        node.pass();
        node.announce(40);

        assertThat(heard).hasSize(41).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aFailedFetchIsTriedAgain() {
        node.grow(10);
        follow(0);
        node.failing("chain_getHeader", new RpcFailure.TimedOut(java.time.Duration.ofSeconds(1)));
        node.announce(5);
        assertThat(heard).isEmpty();

        node.on(
                "chain_getHeader",
                params -> FakeRpc.json(node.chain.stream()
                        .filter(header -> header.hash()
                                .toString()
                                .equals(params.getFirst().asText()))
                        .findFirst()
                        .orElseThrow()));
        node.pass();

        assertThat(heard).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void aRefusedSubscriptionIsAskedForAgain() {
        node.failing("chain_subscribeFinalizedHeads", new RpcFailure.Disconnected("away"));
        follow(0);
        assertThat(node.subscribers).isEmpty();

        node.on("chain_subscribeFinalizedHeads", _ -> FakeRpc.text("1"));
        node.pass();
        node.announce(0);

        assertThat(heard).containsExactly(0L);
    }

    @Test
    void aNodeThatIsBehindIsWaitedFor() {
        node.grow(10);
        follow(0);
        node.announce(2);
        Header ahead = new Header(20, Hash.ZERO, Hash.ZERO, Hash.ZERO, List.of());

        node.tell(FakeRpc.json(ahead));
        assertThat(heard).endsWith(9L);
        node.grow(12);
        node.announce(11);

        assertThat(heard).endsWith(10L, 11L).hasSize(12);
    }

    @Test
    void aNodeWhoseHeadersAreOthersThanItNamesIsLeft() {
        node.grow(10);
        follow(0);
        node.on("chain_getHeader", _ -> FakeRpc.json(node.chain.get(7)));

        node.announce(5);

        assertThat(heard).isEmpty();
        assertThat(node.distrusted).singleElement().asString().contains("hashes to");
        assertThat(ends).isEmpty();
    }

    @Test
    void aContradictionOfFinalityRaisesAnAlertAndTheNodeIsLeft() {
        node.grow(5);
        follow(0);
        node.announce(4);
        Header fork = new Header(5, Hash.ZERO, Hash.ZERO, Hash.ZERO, List.of());

        node.tell(FakeRpc.json(fork));

        assertThat(heard).endsWith(4L);
        BlockRef known = node.chain.get(4).ref();
        assertThat(alerts).containsExactly(new ChainAlert.FinalityContradicted(known, fork.ref()));
        assertThat(alerts.getFirst().sentence()).contains("block 5", "block 4");
        assertThat(node.distrusted).hasSize(1);
        assertThat(ends).isEmpty();
    }

    @Test
    void blocksGoOnWithANodeThatAgreesWithWhatWasFinal() {
        node.grow(5);
        follow(0);
        node.announce(4);
        node.tell(FakeRpc.json(new Header(5, Hash.ZERO, Hash.ZERO, Hash.ZERO, List.of())));

        node.pass();
        node.grow(8);
        node.announce(7);

        assertThat(heard).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(alerts)
                .hasSize(2)
                .last()
                .isEqualTo(new ChainAlert.FinalityRestored(node.chain.get(5).ref()));
    }

    @Test
    void whoComesLateHearsOfTheAlertsToo() {
        node.grow(2);
        follow(0);
        node.announce(1);
        node.tell(FakeRpc.json(new Header(2, Hash.ZERO, Hash.ZERO, Hash.ZERO, List.of())));
        List<ChainAlert> late = new ArrayList<>();

        client.onAlert(late::add);

        assertThat(late).isEqualTo(alerts).hasSize(1);
    }

    /** The second node is behind the first: its best blocks are not final, whatever the first one had called final. */
    @Test
    void whatAnotherNodeCalledFinalIsNotAskedOfTheNextNode() {
        node.grow(50);
        follow(0);
        node.announce(2);
        node.failing("chain_getBlockHash", new RpcFailure.Disconnected("in the middle"));
        node.announce(40);
        node.disconnect();
        node.on(
                "chain_getBlockHash",
                params -> FakeRpc.text(
                        node.chain.get(params.getFirst().asInt()).hash().toString()));

        node.pass();
        node.announce(10);

        assertThat(heard).endsWith(10L).hasSize(11);
    }

    @Test
    void allFollowersShareOneSubscription() {
        node.grow(20);
        List<Long> second = new ArrayList<>();
        List<Long> third = new ArrayList<>();
        follow(-1);
        node.announce(10);

        Runnable endSecond = follow(-1, second);
        Runnable endThird = follow(4, third);
        node.announce(11);

        assertThat(node.subscribers).hasSize(1);
        assertThat(heard).containsExactly(10L, 11L);
        assertThat(second).containsExactly(10L, 11L);
        assertThat(third).containsExactly(4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);

        endSecond.run();
        endThird.run();
        node.pass();
        node.announce(12);

        assertThat(heard).endsWith(12L);
        assertThat(second).endsWith(11L);
        assertThat(third).endsWith(11L);
        assertThat(node.subscribers).hasSize(1);
    }

    @Test
    void whoFollowsAgainAfterTheLastOneLeftHearsTheNewestBlock() {
        node.grow(20);
        Runnable end = follow(-1);
        node.announce(3);
        end.run();
        node.pass();

        follow(-1);
        node.announce(15);

        assertThat(heard).containsExactly(3L, 15L);
    }

    @Test
    void nonsenseIsLeftOut() {
        node.grow(5);
        follow(0);

        node.tell(FakeRpc.parse("{\"number\":\"0xffffffffffffffffff\"}"));
        node.tell(FakeRpc.parse("[1]"));
        node.tell(FakeRpc.parse("null"));
        node.announce(1);

        assertThat(heard).containsExactly(0L, 1L);
        assertThat(ends).isEmpty();
    }

    @Test
    void nothingIsToldAfterTheEnd() {
        node.grow(5);
        Runnable end = follow(0);
        node.announce(1);

        end.run();
        node.pass();
        node.announce(4);

        assertThat(heard).containsExactly(0L, 1L);
        assertThat(node.subscribers).isEmpty();
    }

    @Test
    void aChangedRuntimeIsTakenOver() {
        node.grow(2);
        follow(0);
        String newer = Clients.VERSION.replace("100", "101");
        node.chain.add(new Header(
                2, node.chain.getLast().hash(), Hash.ZERO, Hash.ZERO, List.of(stella.protocol.Bytes.hex("08"))));
        node.on("state_getRuntimeVersion", _ -> FakeRpc.parse(newer));

        node.announce(2);

        assertThat(client.runtime().version().specVersion()).isEqualTo(101);
    }

    private Runnable follow(long first) {
        return follow(first, heard);
    }

    private Runnable follow(long first, List<Long> into) {
        Runnable end = client.follow(first, new FinalizedListener() {
            @Override
            public void block(Header header) {
                into.add(header.number());
            }

            @Override
            public void ended(RpcException why) {
                ends.add(why);
            }
        });
        node.pass();
        return end;
    }
}
