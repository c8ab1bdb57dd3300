package stella.devchain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of a client that does not read. */
final class RpcConnectionTest {
    private final List<String> buffer = new ArrayList<>();
    private final AtomicInteger hungUp = new AtomicInteger();
    private final RpcConnection connection =
            new RpcConnection(text -> buffer.size() < 2 && buffer.add(text), hungUp::incrementAndGet);

    @Test
    void clientWhoseBufferIsFullLosesItsConnectionAndSubscriptions() {
        AtomicInteger ended = new AtomicInteger();
        RpcSubscription subscription = connection.open("chain_newHead");
        subscription.onEnd(ended::incrementAndGet);

        for (int i = 0; i < 5; i++) subscription.send(Json.number(i));

        assertThat(buffer).hasSize(2);
        assertThat(hungUp).hasValue(1);
        assertThat(ended).hasValue(1);
        assertThat(connection.close(subscription.id())).isFalse();
    }

    @Test
    void subscriptionOpenedWhenTheConnectionIsGoneEndsAtOnce() {
        connection.close();
        AtomicInteger ended = new AtomicInteger();

        connection.open("chain_newHead").onEnd(ended::incrementAndGet);

        assertThat(ended).hasValue(1);
        assertThat(buffer).isEmpty();
    }
}
