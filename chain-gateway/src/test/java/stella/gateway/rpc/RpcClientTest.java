package stella.gateway.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stella.gateway.rpc.RpcFailure.Closed;
import stella.gateway.rpc.RpcFailure.Disconnected;
import stella.gateway.rpc.RpcFailure.Malformed;
import stella.gateway.rpc.RpcFailure.Overloaded;
import stella.gateway.rpc.RpcFailure.Refused;
import stella.gateway.rpc.RpcFailure.TimedOut;

class RpcClientTest {
    private static final int PATIENCE_SECONDS = 30;
    private static final JsonRpc.Topic TOPIC = new JsonRpc.Topic("subscribe", "unsubscribe");

    @Test
    void answersGoToTheirQuestionsWhateverTheirOrder() {
        List<JsonNode> asked = new ArrayList<>();
        try (TestNode node = new TestNode((talk, request) -> {
                    asked.add(request);
                    if (asked.size() == 2) {
                        talk.result(asked.get(1), "\"second\"");
                        talk.result(asked.get(0), "\"first\"");
                    }
                });
                RpcClient client = open(node)) {
            CompletionStage<JsonNode> first = client.call("a", List.of());
            CompletionStage<JsonNode> second = client.call("b", List.of());

            assertThat(await(first).asText()).isEqualTo("first");
            assertThat(await(second).asText()).isEqualTo("second");
        }
    }

    @Test
    void anErrorOfTheNodeIsTyped() {
        try (TestNode node = new TestNode((talk, request) -> talk.error(
                        request,
                        "{\"code\":1010,\"message\":\"Invalid Transaction\",\"data\":\"Transaction is outdated\"}"));
                RpcClient client = open(node)) {
            assertThat(failure(client.call("a", List.of())))
                    .isEqualTo(new Refused(1010, "Invalid Transaction", "Transaction is outdated"));
        }
    }

    @Test
    void aSilentNodeIsATimeout() {
        try (TestNode node = new TestNode((talk, request) -> {});
                RpcClient client = RpcClient.open(settings(Duration.ofMillis(200), 100, 1 << 20, node.uri()))) {
            assertThat(failure(client.call("a", List.of()))).isInstanceOf(TimedOut.class);
            assertThat(failure(client.subscribe(TOPIC, List.of(), new Heard()))).isInstanceOf(TimedOut.class);
        }
    }

    @Test
    void aLostConnectionFailsWhatWasSentAndIsMadeAgain() {
        try (TestNode node = new TestNode((talk, request) -> {
                    if (request.get("method").asText().equals("die")) talk.hangUp();
                    else talk.result(request, "1");
                });
                RpcClient client = open(node)) {
            assertThat(failure(client.call("die", List.of()))).isInstanceOf(Disconnected.class);
            assertThat(await(client.call("live", List.of())).asInt()).isEqualTo(1);
            assertThat(node.handshakes).hasSizeGreaterThan(1);
        }
    }

    @Test
    void theNextEndpointIsTakenWhenOneIsDead() {
        URI dead;
        try (TestNode gone = new TestNode((talk, request) -> {})) {
            dead = gone.uri();
        }
        try (TestNode node = new TestNode((talk, request) -> talk.result(request, "1"));
                RpcClient client = RpcClient.open(settings(Duration.ofSeconds(20), 100, 1 << 20, dead, node.uri()))) {
            assertThat(await(client.call("a", List.of())).asInt()).isEqualTo(1);
        }
    }

    @Test
    void aNodeOfAnotherChainIsNeverUsed() {
        try (TestNode right = new TestNode((talk, request) -> {
                    if (request.get("method").asText().equals("die")) talk.hangUp();
                    else talk.result(request, "\"right\"");
                });
                TestNode other =
                        new TestNode((talk, request) -> talk.result(request, "\"other\""), "0x" + "02".repeat(32), "");
                RpcClient client =
                        RpcClient.open(settings(Duration.ofSeconds(20), 100, 1 << 20, right.uri(), other.uri()))) {
            assertThat(failure(client.call("die", List.of()))).isInstanceOf(Disconnected.class);

            assertThat(await(client.call("who", List.of())).asText()).isEqualTo("right");
            assertThat(other.handshakes).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "{\"jsonrpc\":\"2.0\"}",
                "[]",
                "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":1e400,\"result\":1}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"event\",\"params\":[]}",
                "{} {}",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            })
    void nonsenseEndsTheConnection(String nonsense) {
        try (TestNode node = new TestNode((talk, request) -> talk.text(nonsense));
                RpcClient client = open(node)) {
            assertThat(failure(client.call("a", List.of()))).isInstanceOf(Disconnected.class);
        }
    }

    @Test
    void aBinaryMessageEndsTheConnection() {
        try (TestNode node = new TestNode((talk, request) -> talk.frame(0x82, new byte[3]));
                RpcClient client = open(node)) {
            assertThat(failure(client.call("a", List.of()))).isInstanceOf(Disconnected.class);
        }
    }

    /** The message never ends; if the client waited for its end to check its length, it would take all memory. */
    @Test
    void anEndlessMessageIsCutOff() {
        byte[] part = "x".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        try (TestNode node = new TestNode((talk, request) -> {
                    talk.frame(0x01, part);
                    while (true) talk.frame(0x00, part);
                });
                RpcClient client = RpcClient.open(settings(Duration.ofSeconds(20), 100, 100_000, node.uri()))) {
            assertThat(failure(client.call("a", List.of())))
                    .isInstanceOfSatisfying(
                            Disconnected.class, lost -> assertThat(lost.why()).contains("more than"));
        }
    }

    @Test
    void aLongAnswerWithinTheBoundIsRead() {
        String text = "0x" + "ab".repeat(400_000);
        try (TestNode node = new TestNode((talk, request) -> talk.result(request, "\"" + text + "\""));
                RpcClient client = open(node)) {
            for (int i = 0; i < 3; i++)
                assertThat(await(client.call("a", List.of())).asText()).isEqualTo(text);
        }
    }

    @Test
    void compressionIsNeitherOfferedNorAccepted() {
        try (TestNode node = new TestNode(
                        (talk, request) -> talk.result(request, "1"),
                        TestNode.GENESIS,
                        "Sec-WebSocket-Extensions: permessage-deflate\r\n");
                RpcClient client = RpcClient.open(settings(Duration.ofMillis(500), 100, 1 << 20, node.uri()))) {
            assertThat(failure(client.call("a", List.of()))).isInstanceOf(TimedOut.class);
            assertThat(node.handshakes).isNotEmpty().noneMatch(request -> request.contains("permessage-deflate"));
        }
    }

    @Test
    void itemsReachTheirSubscriberAlsoWhenTheyOvertakeTheAnswer() throws Exception {
        try (TestNode node = new TestNode((talk, request) -> {
                    talk.item("s1", "\"early\"");
                    talk.result(request, "\"s1\"");
                    talk.item("s1", "\"late\"");
                    talk.item("s2", "\"nobody's\"");
                });
                RpcClient client = open(node)) {
            Heard heard = new Heard();
            await(client.subscribe(TOPIC, List.of(), heard));

            assertThat(heard.next()).isEqualTo("early");
            assertThat(heard.next()).isEqualTo("late");
        }
    }

    @Test
    void aCancelledSubscriptionIsEndedAtTheNode() throws Exception {
        BlockingQueue<JsonNode> ended = new LinkedBlockingQueue<>();
        try (TestNode node = new TestNode((talk, request) -> {
                    if (request.get("method").asText().equals("unsubscribe")) ended.add(request);
                    talk.result(request, "\"s1\"");
                });
                RpcClient client = open(node)) {
            await(client.subscribe(TOPIC, List.of(), new Heard())).cancel();

            JsonNode request = ended.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(request).isNotNull();
            assertThat(request.get("params").get(0).asText()).isEqualTo("s1");
        }
    }

    @Test
    void aSubscriberIsToldThatTheConnectionWasLost() throws Exception {
        try (TestNode node = new TestNode((talk, request) -> {
                    talk.result(request, "\"s1\"");
                    talk.hangUp();
                });
                RpcClient client = open(node)) {
            Heard heard = new Heard();
            await(client.subscribe(TOPIC, List.of(), heard));

            assertThat(heard.next()).isEqualTo("lost");
        }
    }

    @Test
    void aSubscriptionWithoutAnIdIsMalformed() {
        try (TestNode node = new TestNode((talk, request) -> talk.result(request, "{}"));
                RpcClient client = open(node)) {
            assertThat(failure(client.subscribe(TOPIC, List.of(), new Heard()))).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void aListenerThatThrowsDoesNotHurtOthers() {
        try (TestNode node = new TestNode((talk, request) -> {
                    talk.result(request, "\"s1\"");
                    talk.item("s1", "1");
                });
                RpcClient client = open(node)) {
            await(client.subscribe(TOPIC, List.of(), new JsonRpc.Listener() {
                @Override
                public void item(JsonNode item) {
                    throw new IllegalStateException("thrown by the test's listener");
                }

                @Override
                public void lost(RpcException why) {}
            }));

            assertThat(await(client.call("a", List.of())).asText()).isEqualTo("s1");
        }
    }

    @Test
    void beyondItsBoundRequestsAreRefusedAtOnce() {
        try (TestNode node = new TestNode((talk, request) -> {});
                RpcClient client = RpcClient.open(settings(Duration.ofSeconds(20), 2, 1 << 20, node.uri()))) {
            CompletionStage<JsonNode> first = client.call("a", List.of());
            client.call("b", List.of());

            assertThat(failure(client.call("c", List.of()))).isInstanceOf(Overloaded.class);
            assertThat(first.toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void closingFailsWhatWaits() {
        try (TestNode node = new TestNode((talk, request) -> {})) {
            RpcClient client = open(node);
            CompletionStage<JsonNode> waiting = client.call("a", List.of());

            client.close();

            assertThat(failure(waiting)).isInstanceOf(Closed.class);
            assertThat(failure(client.call("b", List.of()))).isInstanceOf(Closed.class);
        }
    }

    @Test
    void pausesDoubleUpToTheirBound() {
        RpcSettings settings = RpcSettings.of(URI.create("ws://127.0.0.1:1"));

        assertThat(settings.backoff(0)).isEqualTo(Duration.ofMillis(200));
        assertThat(settings.backoff(3)).isEqualTo(Duration.ofMillis(1600));
        assertThat(settings.backoff(1000)).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org", "ws:example", "example.org:9944"})
    void refusesEndpointsThatAreNoWebSockets(String endpoint) {
        assertThatThrownBy(() -> RpcSettings.of(URI.create(endpoint))).hasMessageContaining("ws://");
    }

    /** Items and losses as words, in their order. */
    private static final class Heard implements JsonRpc.Listener {
        private final BlockingQueue<String> words = new LinkedBlockingQueue<>();

        @Override
        public void item(JsonNode item) {
            words.add(item.asText());
        }

        @Override
        public void lost(RpcException why) {
            words.add("lost");
        }

        String next() throws InterruptedException {
            return words.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static RpcClient open(TestNode node) {
        return RpcClient.open(settings(Duration.ofSeconds(20), 100, 1 << 20, node.uri()));
    }

    private static RpcSettings settings(Duration timeout, int requestsMax, int bytesMax, URI... endpoints) {
        return new RpcSettings(
                List.of(endpoints), timeout, Duration.ofMillis(10), Duration.ofMillis(50), requestsMax, bytesMax);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static RpcFailure failure(CompletionStage<?> stage) {
        CompletableFuture<?> settled = stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Throwable thrown = settled.handle((_, failure) -> failure).join();
        assertThat(RpcException.unwrap(thrown)).isInstanceOf(RpcException.class);
        return ((RpcException) RpcException.unwrap(thrown)).failure();
    }
}
