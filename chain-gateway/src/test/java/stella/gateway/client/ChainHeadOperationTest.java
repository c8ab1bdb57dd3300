package stella.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** What a node works on for a reader: its result may come before the reader has taken note of the answer that names it. */
class ChainHeadOperationTest {
    private static final Bytes KEY = Bytes.hex("aa");
    private static final String STARTED = "{\"result\":\"started\",\"operationId\":\"7\"}";

    private final FakeRpc rpc = new FakeRpc();
    private final ChainHead head = new ChainHead(rpc, new ChainHead.Listener() {
        @Override
        public void finalized(Header header) {}

        @Override
        public void ended(Throwable why) {}
    });

    @BeforeEach
    void follow() {
        head.follow();
    }

    @Test
    void resultBeforeItsAnswerIsNotLost() {
        rpc.on("chainHead_v1_storage", _ -> {
            results();
            return json(STARTED);
        });

        assertThat(read()).isCompletedWithValue(Optional.of(Bytes.hex("17")));
    }

    @Test
    void resultAfterItsAnswerCompletesTheRead() {
        rpc.on("chainHead_v1_storage", _ -> json(STARTED));
        CompletableFuture<Optional<Bytes>> read = read();
        assertThat(read).isNotDone();

        results();

        assertThat(read).isCompletedWithValue(Optional.of(Bytes.hex("17")));
    }

    @Test
    void idThatIsUsedAgainIsAnotherOperation() {
        rpc.on("chainHead_v1_storage", _ -> json(STARTED));
        CompletableFuture<Optional<Bytes>> first = read();
        results();
        assertThat(first).isCompleted();

        assertThat(read()).isNotDone();
    }

    @Test
    void endOfTheFollowingFailsWhatIsUnderWay() {
        rpc.on("chainHead_v1_storage", _ -> json(STARTED));
        CompletableFuture<Optional<Bytes>> read = read();

        rpc.disconnect();

        assertThat(read).isCompletedExceptionally();
        assertThat(read()).isCompletedExceptionally();
    }

    private CompletableFuture<Optional<Bytes>> read() {
        return head.storage(KEY, Hash.ZERO).toCompletableFuture();
    }

    private void results() {
        rpc.tell(json("{\"event\":\"operationStorageItems\",\"operationId\":\"7\","
                + "\"items\":[{\"key\":\"0xaa\",\"value\":\"0x17\"}]}"));
        rpc.tell(json("{\"event\":\"operationStorageDone\",\"operationId\":\"7\"}"));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
