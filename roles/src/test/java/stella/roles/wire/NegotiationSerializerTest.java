package stella.roles.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stella.roles.fakes.Samples.DATA;
import static stella.roles.fakes.Samples.PIECE;
import static stella.roles.fakes.Samples.account;

import com.google.protobuf.ByteString;
import java.io.NotSerializableException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.deal.Decline;
import stella.protocol.message.v1.Chunk;
import stella.protocol.message.v1.DealDeclined;
import stella.protocol.message.v1.DealTaken;
import stella.protocol.message.v1.DeclineReason;
import stella.protocol.message.v1.PossessionChallenge;
import stella.protocol.message.v1.PossessionProof;
import stella.protocol.message.v1.TransferStatus;
import stella.protocol.possession.LeafProof;
import stella.roles.fakes.Kits;
import stella.roles.fakes.Samples;
import stella.roles.fetch.Fetch;
import stella.roles.store.Store;
import stella.roles.wire.v1.ActorMessage;
import stella.roles.wire.v1.Offer;
import stella.roles.wire.v1.Refused;
import stella.roles.wire.v1.Taken;
import stella.roles.wire.v1.Transferring;
import stella.roles.wire.v1.Wanted;

/** DL-7 between nodes: every message comes back as it was, and hostile bytes are refused by name. */
class NegotiationSerializerTest {
    private static final ActorTestKit KIT = Kits.plain();
    private static final ExtendedActorSystem SYSTEM = (ExtendedActorSystem) Adapter.toClassic(KIT.system());
    private static final NegotiationSerializer SERIALIZER = new NegotiationSerializer(SYSTEM);
    private static final String MANIFEST = "message/1";
    private static final String CID = Cid.of(Codec.RAW, Bytes.of(DATA)).toString();

    @AfterAll
    static void shutdown() {
        KIT.shutdownTestKit();
    }

    private static <T> ActorRef<T> ref(Class<T> kind) {
        return KIT.createTestProbe(kind).getRef();
    }

    private static LeafProof leaf(long index) {
        return new LeafProof(index, Samples.hash(index), List.of(Samples.hash(1), Samples.hash(2)));
    }

    static List<Decline> declines() {
        return List.of(
                new Decline.PieceTooLarge(9, 1, 8),
                new Decline.PriceTooLow(BigInteger.ONE, BigInteger.TWO.pow(128).subtract(BigInteger.ONE)),
                new Decline.NoSpace(9, 8),
                new Decline.SourceUnreachable(3, "timeout"),
                new Decline.CommitmentMismatch("bafkexpected", "bafkfound"),
                new Decline.ClientWithoutCredits("none"),
                new Decline.Suspended("Suspended"),
                new Decline.ShuttingDown("bye"),
                new Decline.Duplicate("twice"));
    }

    private static List<Object> messages() {
        List<Object> all = new ArrayList<>(List.of(
                new Store.Offer(1, "", ref(Store.OfferReply.class)),
                new Store.Offer(Long.MAX_VALUE, "http://client/x", ref(Store.OfferReply.class)),
                new Store.Identify(ref(Store.Identity.class)),
                new Store.Identity(account(1), ref(Store.Command.class)),
                new Store.DealTaken(1, account(1), 2, BigInteger.TWO.pow(100)),
                new Store.TransferStatus(1, account(1), 10, 20),
                new Fetch.ChunkRequest(CID, Optional.empty(), ref(Fetch.ChunkReply.class)),
                new Fetch.ChunkRequest(CID, Optional.of(CID), ref(Fetch.ChunkReply.class)),
                new Fetch.Chunk(CID, Bytes.of(DATA)),
                new Fetch.Chunk(CID, Bytes.EMPTY),
                new Fetch.ReceiptRequest(PIECE, List.of(0L, 77L), ref(Fetch.ReceiptReply.class)),
                new Fetch.Receipt(List.of(leaf(0), leaf(77))),
                new Fetch.NoReceipt("nobody")));
        for (Decline decline : declines()) all.add(new Store.DealDeclined(1, account(1), decline));
        for (Fetch.Reason reason : Fetch.Reason.values()) all.add(new Fetch.Refusal(CID, reason, "why"));
        return all;
    }

    private static Object read(byte[] bytes) throws NotSerializableException {
        return SERIALIZER.fromBinary(bytes, MANIFEST);
    }

    private static void refuses(ActorMessage.Builder form, String reason) {
        assertThatThrownBy(() -> read(form.build().toByteArray()))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining(reason);
    }

    private static ActorMessage.Builder form(Consumer<ActorMessage.Builder> body) {
        ActorMessage.Builder form = ActorMessage.newBuilder().setReplyTo("pekko://x/user/y");
        body.accept(form);
        return form;
    }

    @Test
    void everyMessageComesBackAsItWas() throws NotSerializableException {
        for (Object message : messages())
            assertThat(read(SERIALIZER.toBinary(message))).isEqualTo(message);
    }

    @Test
    void everyMessageIsBoundToThisSerializer() {
        Serialization serialization = SerializationExtension.get(SYSTEM);
        for (Object message : messages())
            assertThat(serialization.findSerializerFor(message)).isInstanceOf(NegotiationSerializer.class);
    }

    @Test
    void messagesHaveNoOtherVersionThanTheFirst() {
        byte[] bytes = SERIALIZER.toBinary(new Fetch.NoReceipt("x"));

        assertThatThrownBy(() -> SERIALIZER.fromBinary(bytes, "message/2"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("message/2");
    }

    @Test
    void emptyMessageIsOfALaterVersion() {
        refuses(ActorMessage.newBuilder(), "later version");
    }

    @Test
    void cutMessagesAreRefusedOrMeanLessButNeverBreakTheReader() {
        for (Object message : messages()) {
            byte[] whole = SERIALIZER.toBinary(message);
            for (int length = 0; length < Math.min(whole.length, 400); length++)
                readsOrRefuses(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void changedMessagesAreRefusedOrMeanSomethingElseButNeverBreakTheReader() {
        SplittableRandom random = new SplittableRandom(5);
        for (Object message : messages()) {
            byte[] whole = SERIALIZER.toBinary(message);
            for (int i = 0; i < 200; i++) {
                byte[] changed = whole.clone();
                changed[random.nextInt(Math.min(changed.length, 200))] = (byte) random.nextInt();
                readsOrRefuses(changed);
            }
        }
    }

    private static void readsOrRefuses(byte[] bytes) {
        try {
            assertThat(read(bytes)).isNotNull();
        } catch (NotSerializableException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(700);
        }
    }

    @Test
    void messageAboveItsSizeIsRefusedUnread() {
        assertThatThrownBy(() -> read(new byte[(2 << 20) + (64 << 10) + 1]))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void chunkHasAtMostTwoMebibytes() throws NotSerializableException {
        Bytes largest = Bytes.of(new byte[2 << 20]);
        assertThat(read(SERIALIZER.toBinary(new Fetch.Chunk(CID, largest)))).isEqualTo(new Fetch.Chunk(CID, largest));

        refuses(
                form(f -> f.setChunk(Chunk.newBuilder()
                        .setCid(Wire.bytes(Cid.parse(CID).toBytes()))
                        .setData(ByteString.copyFrom(new byte[(2 << 20) + 1])))),
                "2 MiB");
    }

    @Test
    void chunkHasACid() {
        refuses(form(f -> f.setChunk(Chunk.newBuilder().setCid(ByteString.copyFrom(new byte[] {9, 9})))), "CID");
    }

    @Test
    void accountHas32Bytes() {
        for (int length : new int[] {0, 31, 33})
            refuses(
                    form(f -> f.setTransferring(Transferring.newBuilder()
                            .setStore(ByteString.copyFrom(new byte[length]))
                            .setStatus(TransferStatus.getDefaultInstance()))),
                    "32 bytes, not " + length);
    }

    @Test
    void numbersAreBelowTwoToThe63rd() {
        refuses(form(f -> f.setOffer(Offer.newBuilder().setRequest(-1))), "18446744073709551615");
        refuses(
                form(f -> f.setReceiptRequest(PossessionChallenge.newBuilder()
                        .setPiece(Wire.piece(PIECE))
                        .addLeaves(-1))),
                "below 2^63");
    }

    @Test
    void sourceHasAtMost128Bytes() throws NotSerializableException {
        Offer longest = Offer.newBuilder().setSource("s".repeat(128)).build();
        assertThat(read(form(f -> f.setOffer(longest)).build().toByteArray())).isInstanceOf(Store.Offer.class);

        refuses(form(f -> f.setOffer(Offer.newBuilder().setSource("s".repeat(129)))), "at most 128 bytes");
    }

    @Test
    void textOfACidIsBounded() {
        refuses(form(f -> f.setWanted(Wanted.newBuilder().setCid("b".repeat(600)))), "at most 520 bytes");
        refuses(form(f -> f.setWanted(Wanted.newBuilder().setCid("b").setRoot("b".repeat(600)))), "at most 520 bytes");
    }

    @Test
    void actorReferenceIsThereAndBounded() {
        ActorMessage.Builder form = ActorMessage.newBuilder().setOffer(Offer.getDefaultInstance());
        refuses(form, "1 to 1024 characters");
        refuses(form.setReplyTo("x".repeat(1025)), "1 to 1024 characters");
    }

    @Test
    void amountIsADecimalBelowTwoToThe128th() {
        for (String amount : List.of(
                "", "-1", "+1", "1e3", "0x1", " 1", "٣", "9".repeat(40), "340282366920938463463374607431768211456"))
            refuses(
                    form(f -> f.setTaken(Taken.newBuilder()
                            .setTaken(DealTaken.newBuilder()
                                    .setStore(Wire.account(account(1)))
                                    .setPrice(amount)))),
                    "an amount");
    }

    @Test
    void reasonComesWithItsFacts() {
        refuses(declined(DeclineReason.NO_SPACE, List.of("1")), "comes with 2 facts");
        refuses(declined(DeclineReason.NO_SPACE, List.of("1", "x")), "x");
        refuses(declined(DeclineReason.NO_SPACE, List.of("1", "2", "3", "4", "5")), "at most 4 facts");
        refuses(declined(DeclineReason.DECLINE_REASON_UNSPECIFIED, List.of("1", "2")), "unknown reason");
        ActorMessage.Builder unheardOf = form(f -> f.setDeclined(DealDeclined.newBuilder()
                .setStore(Wire.account(account(1)))
                .setReasonValue(77)
                .addFacts("x")));
        refuses(unheardOf, "unknown reason");
    }

    private static ActorMessage.Builder declined(DeclineReason reason, List<String> facts) {
        return form(f -> f.setDeclined(DealDeclined.newBuilder()
                .setStore(Wire.account(account(1)))
                .setReason(reason)
                .addAllFacts(facts)));
    }

    @Test
    void refusalHasAReasonOfTheClosedSet() {
        refuses(form(f -> f.setRefused(Refused.newBuilder().setCid(CID).setReason("WHIM"))), "WHIM");
    }

    @Test
    void receiptsAreBounded() {
        PossessionChallenge.Builder challenge = PossessionChallenge.newBuilder().setPiece(Wire.piece(PIECE));
        PossessionProof.Builder proof = PossessionProof.newBuilder();
        for (int i = 0; i < 17; i++) {
            challenge.addLeaves(i);
            proof.addLeaves(Wire.leaf(leaf(i)));
        }
        refuses(form(f -> f.setReceiptRequest(challenge)), "at most 16 leaves");
        refuses(form(f -> f.setReceipt(proof)), "at most 16 leaves");
    }

    @Test
    void pathOfALeafIsBoundedAndMadeOfHashes() {
        var path = stella.protocol.message.v1.LeafProof.newBuilder().setLeaf(Wire.bytes(Hash.ZERO.bytes()));
        for (int i = 0; i < 51; i++) path.addPath(Wire.bytes(Hash.ZERO.bytes()));
        refuses(form(f -> f.setReceipt(PossessionProof.newBuilder().addLeaves(path))), "at most 50 nodes");

        var broken = stella.protocol.message.v1.LeafProof.newBuilder().setLeaf(ByteString.copyFrom(new byte[31]));
        refuses(form(f -> f.setReceipt(PossessionProof.newBuilder().addLeaves(broken))), "32 bytes");
    }

    @Test
    void pieceIsOneThatCanBe() {
        var piece = Wire.piece(PIECE).toBuilder();
        refuses(receiptFor(piece.setHeight(51)), "height");
        refuses(receiptFor(piece.setHeight(1)), "height");
        refuses(receiptFor(piece.setHeight(7).setPadding(1 << 20)), "padding");
        refuses(receiptFor(piece.setPadding(-1)), "padding");
        refuses(receiptFor(piece.setPadding(0).setRoot(ByteString.EMPTY)), "32 bytes");
    }

    private static ActorMessage.Builder receiptFor(stella.protocol.message.v1.Piece.Builder piece) {
        return form(f -> f.setReceiptRequest(
                PossessionChallenge.newBuilder().setPiece(piece).addLeaves(1)));
    }

    @Test
    void longWordsAreCutAtWholeCharacters() throws NotSerializableException {
        String words = "schlüssel🔑".repeat(100);

        Fetch.NoReceipt cut = (Fetch.NoReceipt) read(SERIALIZER.toBinary(new Fetch.NoReceipt(words)));

        assertThat(Bytes.utf8(cut.detail()).length()).isBetween(505, 512);
        assertThat(cut.detail()).endsWith("…").doesNotContain("?");
        assertThat(words).startsWith(cut.detail().substring(0, cut.detail().length() - 1));
    }

    @Test
    void wordsThatJustFitAreNotCut() {
        String words = "ü".repeat(256);

        assertThat(Wire.cut(words)).isEqualTo(words);
        assertThat(Wire.cut(words + "x")).endsWith("…");
    }

    @Test
    void otherObjectsAreNotWritten() {
        assertThatThrownBy(() -> SERIALIZER.toBinary("text")).isInstanceOf(IllegalArgumentException.class);
    }
}
