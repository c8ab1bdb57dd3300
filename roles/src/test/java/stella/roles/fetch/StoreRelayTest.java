package stella.roles.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.roles.Transfer.Answer;
import stella.roles.Transfer.Relayed;
import stella.roles.fakes.FakeTransfer;

/** A Fetch as the mask of an Inspector (IN-7). */
class StoreRelayTest {
    private static final AccountId STORE = AccountId.of(new byte[32]);
    private static final Bytes DATA = Bytes.utf8("a block");
    private static final String CID = Cid.of(Codec.RAW, DATA).toString();
    private static final FetchSettings ONE_AT_A_TIME = new FetchSettings(1, 1, 1, 1, Duration.ofSeconds(1), 1);

    private final FakeTransfer transfer = new FakeTransfer();
    private final StoreRelay relay = new StoreRelay(
            store -> CompletableFuture.completedStage(
                    store.equals(STORE) ? Optional.of("http://store") : Optional.empty()),
            transfer,
            FetchSettings.DEFAULT);

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void passesOnWhatTheStoreAnswers() {
        transfer.serve("http://store", CID, DATA.toArray());
        assertThat(now(relay.block(STORE, CID))).isEqualTo(new Relayed.Passed<>(new Answer.Block(DATA)));

        transfer.answer("http://store", CID, new Answer.Refused(403, "no"));
        assertThat(now(relay.block(STORE, CID))).isEqualTo(new Relayed.Passed<>(new Answer.Refused(403, "no")));
    }

    @Test
    void otherBytesDoNotLeaveTheNode() {
        transfer.serve("http://store", CID, new byte[] {1, 2, 3});

        assertThat(now(relay.block(STORE, CID)))
                .isEqualTo(new Relayed.Passed<>(new Answer.Refused(502, "served other bytes")));
    }

    @Test
    void whatTheRelayCannotDoIsNoWordAboutTheStore() {
        assertThat(now(relay.block(AccountId.of(filled()), CID))).isInstanceOf(Relayed.Broken.class);
        assertThat(now(relay.block(STORE, "no CID"))).isInstanceOf(Relayed.Broken.class);
        assertThat(transfer.asked()).isEmpty();
    }

    @Test
    void onlySoManyAreUnderWay() {
        transfer.hold(true);
        StoreRelay narrow = new StoreRelay(
                _ -> CompletableFuture.completedStage(Optional.of("http://store")), transfer, ONE_AT_A_TIME);
        List<CompletionStage<Relayed<Answer>>> asked = new ArrayList<>();
        for (int i = 0; i < 2; i++) asked.add(narrow.block(STORE, CID));

        assertThat(now(asked.get(1))).isInstanceOf(Relayed.Broken.class);
        transfer.awaitAsked().answer().complete(new Answer.Block(DATA));
        assertThat(now(asked.get(0))).isEqualTo(new Relayed.Passed<>(new Answer.Block(DATA)));
        transfer.hold(false);
        transfer.serve("http://store", CID, DATA.toArray());
        assertThat(now(narrow.block(STORE, CID))).isInstanceOf(Relayed.Passed.class);
    }

    private static byte[] filled() {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) 7);
        return bytes;
    }
}
