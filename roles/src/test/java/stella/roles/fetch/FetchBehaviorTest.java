package stella.roles.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.fakes.Samples.DATA;
import static stella.roles.fakes.Samples.PIECE;
import static stella.roles.fakes.Samples.account;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.chain.Event;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.cid.Multihash;
import stella.protocol.deal.DealState;
import stella.protocol.possession.LeafProof;
import stella.protocol.role.Standing;
import stella.roles.Transfer.Answer;
import stella.roles.Transfer.Possession;
import stella.roles.Vault.Proving;
import stella.roles.fakes.FakeChain;
import stella.roles.fakes.FakeTransfer;
import stella.roles.fakes.FakeVault;
import stella.roles.fakes.Kits;
import stella.roles.fakes.Samples;

/** A Fetch node between askers and replicas (FE-2, DL-7, IN-4). */
class FetchBehaviorTest {
    private static final ActorTestKit KIT = Kits.plain();
    private static final FetchSettings SETTINGS = new FetchSettings(1 << 20, 2, 3, 100, Duration.ofSeconds(10), 10);
    private static final AccountId BEST = account(1);
    private static final AccountId SECOND = account(2);
    private static final String BEST_URL = Samples.store(BEST).endpoint();
    private static final String SECOND_URL = Samples.store(SECOND).endpoint();
    private static final Cid ROOT = Cid.of(Samples.CONTENT);
    private static final String ROOT_TEXT = ROOT.toString();

    private final FakeChain chain =
            new FakeChain().withStore(BEST, Samples.ask()).withStore(SECOND, Samples.ask());
    private final FakeTransfer transfer = new FakeTransfer();
    private final TestProbe<Fetch.ChunkReply> asker = KIT.createTestProbe(Fetch.ChunkReply.class);
    private ActorRef<Fetch.Command> fetch;

    @BeforeEach
    void start() {
        chain.standing(BEST, Standing.TRUSTED, 900_000);
        chain.put(Samples.deal(1, 1, BEST, DealState.ACTIVE));
        chain.put(Samples.deal(2, 1, SECOND, DealState.ACTIVE));
        fetch = KIT.spawn(Fetch.create(chain.ledgerOf(account(9)), transfer, SETTINGS));
        warm(asker);
        chain.mine();
        awaitDirectory();
    }

    /** The actor has started when it answers; this question needs no chain. */
    private void warm(TestProbe<Fetch.ChunkReply> probe) {
        fetch.tell(new Fetch.ChunkRequest("no CID", Optional.empty(), probe.getRef()));
        probe.receiveMessage();
    }

    /** The directory is read by messages to itself: two answered questions later it is known. */
    private void awaitDirectory() {
        warm(asker);
        warm(asker);
    }

    @AfterEach
    void stop() {
        KIT.stop(fetch);
        assertThat(chain.followers()).isZero();
    }

    @AfterAll
    static void shutdown() {
        KIT.shutdownTestKit();
    }

    private void ask(String cid) {
        ask(cid, asker);
    }

    private void ask(String cid, TestProbe<Fetch.ChunkReply> from) {
        fetch.tell(new Fetch.ChunkRequest(cid, Optional.empty(), from.getRef()));
    }

    private Fetch.Refusal refused() {
        return asker.expectMessageClass(Fetch.Refusal.class);
    }

    @Test
    void servesABlockFromTheBestReplica() {
        transfer.serve(BEST_URL, ROOT_TEXT, DATA);

        ask(ROOT_TEXT);

        asker.expectMessage(new Fetch.Chunk(ROOT_TEXT, Bytes.of(DATA)));
        assertThat(transfer.asked()).containsExactly(BEST_URL);
    }

    @Test
    void servesTheSameBlockFromMemoryTheSecondTime() {
        transfer.serve(BEST_URL, ROOT_TEXT, DATA);
        ask(ROOT_TEXT);
        asker.receiveMessage();

        ask(ROOT_TEXT);

        asker.expectMessage(new Fetch.Chunk(ROOT_TEXT, Bytes.of(DATA)));
        assertThat(transfer.asked()).hasSize(1);
    }

    @Test
    void goesOnFromALiarToAnHonestReplica() {
        transfer.serve(BEST_URL, ROOT_TEXT, Samples.data(7, 3000)).serve(SECOND_URL, ROOT_TEXT, DATA);

        ask(ROOT_TEXT);

        asker.expectMessage(new Fetch.Chunk(ROOT_TEXT, Bytes.of(DATA)));
        assertThat(transfer.asked()).containsExactly(BEST_URL, SECOND_URL);
    }

    @Test
    void asksALiarLastTheNextTime() {
        byte[] small = Samples.data(8, 10);
        String other = Cid.of(Codec.RAW, Bytes.of(small)).toString();
        transfer.serve(BEST_URL, ROOT_TEXT, Samples.data(7, 3000)).serve(SECOND_URL, ROOT_TEXT, DATA);
        transfer.serve(SECOND_URL, other, small);
        ask(ROOT_TEXT);
        asker.receiveMessage();

        ask(other);

        asker.expectMessage(new Fetch.Chunk(other, Bytes.of(small)));
        assertThat(transfer.asked()).containsExactly(BEST_URL, SECOND_URL, SECOND_URL);
    }

    @Test
    void holdsNothingAgainstAStoreThatLacksWhatItNeverPromised() {
        byte[] foreign = Samples.data(8, 10);
        String unpromised = Cid.of(Codec.RAW, Bytes.of(foreign)).toString();
        transfer.answer(BEST_URL, unpromised, new Answer.Refused(404, "not here"));
        transfer.serve(SECOND_URL, unpromised, foreign).serve(BEST_URL, ROOT_TEXT, DATA);
        ask(unpromised);
        asker.expectMessageClass(Fetch.Chunk.class);

        ask(ROOT_TEXT);

        asker.receiveMessage();
        assertThat(transfer.asked()).containsExactly(BEST_URL, SECOND_URL, BEST_URL);
    }

    @Test
    void asksAStoreLastThatLacksWhatItPromised() {
        transfer.answer(BEST_URL, ROOT_TEXT, new Answer.Refused(404, "not here"));
        transfer.serve(SECOND_URL, ROOT_TEXT, DATA);
        ask(ROOT_TEXT);
        asker.receiveMessage();

        ask(Cid.of(Codec.RAW, Bytes.utf8("x")).toString());

        refused();
        assertThat(transfer.asked()).containsExactly(BEST_URL, SECOND_URL, SECOND_URL, BEST_URL);
    }

    @Test
    void saysNotFoundWhenNobodyEverPromisedTheBlock() {
        String unpromised = Cid.of(Codec.RAW, Bytes.utf8("nobody has it")).toString();
        transfer.answer(BEST_URL, unpromised, new Answer.Refused(404, "not here"));
        transfer.answer(SECOND_URL, unpromised, new Answer.Refused(404, "not here"));

        ask(unpromised);

        assertThat(refused().reason()).isEqualTo(Fetch.Reason.NOT_FOUND);
    }

    @Test
    void refusesWhenNoReplicaDelivers() {
        transfer.serve(BEST_URL, ROOT_TEXT, new byte[] {1});

        ask(ROOT_TEXT);

        Fetch.Refusal refusal = refused();
        assertThat(refusal.reason()).isEqualTo(Fetch.Reason.REPLICAS_FAILED);
        assertThat(refusal.detail()).contains("served other bytes").contains("no route");
    }

    @Test
    void refusesWhenNobodyHoldsAnything() {
        chain.put(Samples.deal(1, 1, BEST, DealState.COMPLETED));
        chain.put(Samples.deal(2, 1, SECOND, DealState.COMPLETED));
        chain.mine(List.of(new Event.DealActivated(2, 1)));
        awaitDirectory();

        ask(ROOT_TEXT);

        assertThat(refused().reason()).isEqualTo(Fetch.Reason.NOT_FOUND);
        assertThat(transfer.asked()).isEmpty();
    }

    @Test
    void refusesBlocksAboveTwoMebibytes() {
        byte[] huge = new byte[(2 << 20) + 1];
        String cid = Cid.of(Codec.RAW, Bytes.of(huge)).toString();
        transfer.serve(BEST_URL, cid, huge);

        ask(cid);

        assertThat(refused().detail()).contains("above 2 MiB");
    }

    @Test
    void refusesWhatIsNoCid() {
        ask("bafy-no-such");

        assertThat(refused().reason()).isEqualTo(Fetch.Reason.BAD_CID);
    }

    @Test
    void refusesACidWhoseHashItCannotCheck() {
        Cid sha1 = Cid.v1(Codec.RAW, new Multihash(0x11, Bytes.of(new byte[20])));

        ask(sha1.toString());

        assertThat(refused().reason()).isEqualTo(Fetch.Reason.BAD_CID);
    }

    @Test
    void answersAnIdentityCidByItself() {
        Cid identity = Cid.v1(Codec.RAW, new Multihash(Multihash.IDENTITY, Bytes.utf8("hello")));

        ask(identity.toString());

        asker.expectMessage(new Fetch.Chunk(identity.toString(), Bytes.utf8("hello")));
        assertThat(transfer.asked()).isEmpty();
    }

    @Test
    void asksOnceForEqualRequests() {
        transfer.hold(true);
        TestProbe<Fetch.ChunkReply> second = KIT.createTestProbe(Fetch.ChunkReply.class);
        ask(ROOT_TEXT);
        ask(ROOT_TEXT, second);
        FakeTransfer.Held held = transfer.awaitAsked();

        held.answer().complete(new Answer.Block(Bytes.of(DATA)));

        asker.expectMessage(new Fetch.Chunk(ROOT_TEXT, Bytes.of(DATA)));
        second.expectMessage(new Fetch.Chunk(ROOT_TEXT, Bytes.of(DATA)));
        assertThat(transfer.asked()).hasSize(1);
    }

    @Test
    void refusesMoreWaitersThanItMayHave() {
        transfer.hold(true);
        for (int i = 0; i < SETTINGS.waitersMax(); i++) ask(ROOT_TEXT);

        ask(ROOT_TEXT);

        assertThat(refused().reason()).isEqualTo(Fetch.Reason.BUSY);
    }

    @Test
    void refusesMoreBlocksAtATimeThanItMay() {
        transfer.hold(true);
        for (int i = 0; i < SETTINGS.inFlightMax(); i++)
            ask(Cid.of(Codec.RAW, Bytes.utf8("block " + i)).toString());

        ask(ROOT_TEXT);

        assertThat(refused().reason()).isEqualTo(Fetch.Reason.BUSY);
    }

    @Test
    void tellsThoseWhoWaitWhenItStops() {
        transfer.hold(true);
        ask(ROOT_TEXT);
        transfer.awaitAsked();

        KIT.stop(fetch);

        assertThat(refused().reason()).isEqualTo(Fetch.Reason.BUSY);
    }

    @Test
    void servesByWhatItKnowsWhileTheChainIsSilent() {
        transfer.serve(BEST_URL, ROOT_TEXT, DATA);
        chain.reachable(false);
        chain.mine(List.of(new Event.DealActivated(1, 1)));
        awaitDirectory();

        ask(ROOT_TEXT);

        asker.expectMessageClass(Fetch.Chunk.class);
    }

    @Test
    void readsTheDirectoryAgainAfterTheChainWasSilent() {
        transfer.serve(SECOND_URL, ROOT_TEXT, DATA);
        chain.reachable(false);
        chain.put(Samples.deal(1, 1, BEST, DealState.COMPLETED));
        chain.mine(List.of(new Event.DealActivated(2, 1)));
        awaitDirectory();
        chain.reachable(true);

        chain.mine();
        awaitDirectory();
        ask(ROOT_TEXT);

        asker.expectMessageClass(Fetch.Chunk.class);
        assertThat(transfer.asked()).containsExactly(SECOND_URL);
    }

    @Test
    void readsTheDirectoryOnceAtATimeSoThatNoOldAnswerWins() {
        transfer.serve(SECOND_URL, ROOT_TEXT, DATA);
        chain.holdReadings(true);
        chain.mine(List.of(new Event.DealActivated(1, 1)));
        warm(asker);
        int readings = chain.heldReadings();
        chain.put(Samples.deal(1, 1, BEST, DealState.COMPLETED));

        chain.mine(List.of(new Event.DealActivated(2, 1)));
        warm(asker);

        assertThat(chain.heldReadings()).isEqualTo(readings);
        chain.holdReadings(false);
        chain.answerReadings();
        warm(asker);
        chain.mine();
        awaitDirectory();
        ask(ROOT_TEXT);
        asker.expectMessageClass(Fetch.Chunk.class);
        assertThat(transfer.asked()).containsExactly(SECOND_URL);
    }

    // --- receipts ---------------------------------------------------------------------------------------------------

    private static List<LeafProof> leaves(long... wanted) {
        FakeVault vault = new FakeVault();
        vault.put(DATA);
        Proving proving = vault.prove(
                        PIECE, java.util.stream.LongStream.of(wanted).boxed().toList())
                .toCompletableFuture()
                .join();
        return ((Proving.Proven) proving).leaves();
    }

    private Fetch.ReceiptReply receipt(List<Long> leaves) {
        TestProbe<Fetch.ReceiptReply> probe = KIT.createTestProbe(Fetch.ReceiptReply.class);
        fetch.tell(new Fetch.ReceiptRequest(PIECE, leaves, probe.getRef()));
        return probe.receiveMessage();
    }

    @Test
    void passesAReceiptOn() {
        transfer.prove(BEST_URL, leaves(3, 5));

        assertThat(receipt(List.of(3L, 5L))).isEqualTo(new Fetch.Receipt(leaves(3, 5)));
    }

    @Test
    void goesOnFromAFalseReceiptToATrueOne() {
        LeafProof honest = leaves(3).getFirst();
        transfer.prove(BEST_URL, List.of(new LeafProof(3, Hash.ZERO, honest.path())));
        transfer.prove(SECOND_URL, List.of(honest));

        assertThat(receipt(List.of(3L))).isEqualTo(new Fetch.Receipt(List.of(honest)));
        assertThat(transfer.asked()).containsExactly(BEST_URL, SECOND_URL);
    }

    @Test
    void takesNoReceiptForOtherLeavesThanAsked() {
        transfer.prove(BEST_URL, leaves(4)).possess(SECOND_URL, new Possession.Refused(403, "not today"));

        assertThat(receipt(List.of(3L))).isEqualTo(new Fetch.NoReceipt("403 not today"));
    }

    @Test
    void refusesReceiptsThatNobodyCanGive() {
        assertThat(receipt(List.of())).isInstanceOf(Fetch.NoReceipt.class);
        assertThat(receipt(List.of(PIECE.leafCount()))).isInstanceOf(Fetch.NoReceipt.class);
        assertThat(transfer.asked()).isEmpty();
    }
}
