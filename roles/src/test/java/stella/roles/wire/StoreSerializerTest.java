package stella.roles.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stella.roles.fakes.Samples.CONTENT;
import static stella.roles.fakes.Samples.PIECE;
import static stella.roles.fakes.Samples.PRICE;
import static stella.roles.fakes.Samples.SOURCE;
import static stella.roles.fakes.Samples.account;

import com.google.protobuf.ByteString;
import java.io.NotSerializableException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.protocol.deal.Pricing;
import stella.protocol.piece.Piece;
import stella.roles.fakes.Kits;
import stella.roles.fakes.Samples;
import stella.roles.store.Custody;
import stella.roles.store.Engagement;
import stella.roles.wire.v1.Admitted;
import stella.roles.wire.v1.Stage;
import stella.roles.wire.v1.StoreFact;
import stella.roles.wire.v1.StoreState;
import stella.roles.wire.v1.StoredEngagement;

/** What a Store writes down comes back as it was, also years later; damage is refused by name. */
class StoreSerializerTest {
    private static final ActorTestKit KIT = Kits.plain();
    private static final StoreSerializer SERIALIZER = new StoreSerializer();

    @AfterAll
    static void shutdown() {
        KIT.shutdownTestKit();
    }

    private static Custody.Admitted admitted(long request) {
        return new Custody.Admitted(request, 10, PIECE, CONTENT, SOURCE, PRICE);
    }

    private static List<Custody.Fact> facts() {
        return List.of(
                admitted(1),
                new Custody.Admitted(0, 0, PIECE, Bytes.EMPTY, "", BigInteger.ZERO),
                new Custody.Kept(1),
                new Custody.Opened(1, 2),
                new Custody.Released(1, "Lapsed"));
    }

    private static Custody.State state() {
        TreeMap<Long, Engagement> engagements = new TreeMap<>();
        long request = 1;
        for (Engagement.Stage stage : Engagement.Stage.values()) {
            Engagement e = admitted(request).engagement();
            engagements.put(
                    request,
                    new Engagement(
                            e.request(),
                            e.admittedAt(),
                            e.piece(),
                            e.content(),
                            e.source(),
                            e.price(),
                            stage,
                            stage == Engagement.Stage.HELD
                                    ? java.util.OptionalLong.of(70)
                                    : java.util.OptionalLong.empty()));
            request++;
        }
        return new Custody.State(engagements);
    }

    private static Object again(Object value) throws NotSerializableException {
        return SERIALIZER.fromBinary(SERIALIZER.toBinary(value), SERIALIZER.manifest(value));
    }

    private static void refuses(String manifest, byte[] bytes, String reason) {
        assertThatThrownBy(() -> SERIALIZER.fromBinary(bytes, manifest))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void everyFactComesBackAsItWas() throws NotSerializableException {
        for (Custody.Fact fact : facts()) assertThat(again(fact)).isEqualTo(fact);
    }

    @Test
    void everyStateComesBackAsItWas() throws NotSerializableException {
        assertThat(again(state())).isEqualTo(state());
        assertThat(again(Custody.State.EMPTY)).isEqualTo(Custody.State.EMPTY);
    }

    @Test
    void recordsAreBoundToThisSerializer() {
        Serialization serialization = SerializationExtension.get(Adapter.toClassic(KIT.system()));
        for (Custody.Fact fact : facts())
            assertThat(serialization.findSerializerFor(fact)).isInstanceOf(StoreSerializer.class);
        assertThat(serialization.findSerializerFor(state())).isInstanceOf(StoreSerializer.class);
    }

    @Test
    void formOfTheFirstVersionIsPinned() {
        // Journals of the field hold these bytes: whoever changes them must be able to read both.
        assertThat(Bytes.of(SERIALIZER.toBinary(new Custody.Kept(300))).toHex()).isEqualTo("10ac02");
        assertThat(Bytes.of(SERIALIZER.toBinary(new Custody.Opened(1, 2))).toHex())
                .isEqualTo("1a0408011002");
        assertThat(Bytes.of(SERIALIZER.toBinary(new Custody.Released(1, "x"))).toHex())
                .isEqualTo("22050801120178");
        assertThat(SERIALIZER.manifest(new Custody.Kept(1))).isEqualTo("fact/1");
        assertThat(SERIALIZER.manifest(Custody.State.EMPTY)).isEqualTo("state/1");
        assertThat(SERIALIZER.identifier()).isEqualTo(7301);
    }

    @Test
    void everyPriceThatTheStoreCanAdoptCanBeReadBack() throws NotSerializableException {
        BigInteger most = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);
        Deal d = Samples.deal(1, 2, account(1), DealState.ACTIVE);
        BigInteger price = Pricing.perGib(most, new Piece(d.piece().root(), 2, 0));
        Custody.Admitted fact = new Custody.Admitted(2, 1, d.piece(), d.content(), "", price);

        assertThat(again(fact)).isEqualTo(fact);
    }

    @Test
    void longReasonsAreCut() throws NotSerializableException {
        Custody.Released cut = (Custody.Released) again(new Custody.Released(1, "x".repeat(2000)));

        assertThat(Bytes.utf8(cut.reason()).length()).isEqualTo(512);
    }

    @Test
    void unknownKindsAndVersionsAreRefused() {
        refuses("fact/2", new byte[0], "fact/2");
        refuses("fact/1", StoreFact.getDefaultInstance().toByteArray(), "later version");
        byte[] stageless = StoreState.newBuilder()
                .addEngagements(StoredEngagement.newBuilder()
                        .setAdmitted(StoreForm.of(admitted(1)).getAdmitted()))
                .build()
                .toByteArray();
        refuses("state/1", stageless, "unknown stage");
    }

    @Test
    void wrongLengthsAndAmountsAreRefused() {
        Admitted good = StoreForm.of(admitted(1)).getAdmitted();
        Admitted root = good.toBuilder()
                .setPiece(good.getPiece().toBuilder().setRoot(ByteString.copyFrom(new byte[31])))
                .build();
        Admitted price = good.toBuilder().setPrice("-5").build();
        refuses("fact/1", StoreFact.newBuilder().setAdmitted(root).build().toByteArray(), "32 bytes");
        refuses("fact/1", StoreFact.newBuilder().setAdmitted(price).build().toByteArray(), "amount");
        byte[] state = StoreState.newBuilder()
                .addEngagements(StoredEngagement.newBuilder().setAdmitted(root).setStage(Stage.PULLING))
                .build()
                .toByteArray();
        refuses("state/1", state, "32 bytes");
    }

    @Test
    void damagedRecordsNeverBreakTheReader() {
        SplittableRandom random = new SplittableRandom(6);
        for (Object value : List.of(admitted(1), new Custody.Opened(1, 2), state())) {
            byte[] whole = SERIALIZER.toBinary(value);
            for (int length = 0; length < whole.length; length++)
                readsOrRefuses(SERIALIZER.manifest(value), Arrays.copyOf(whole, length));
            for (int i = 0; i < 500; i++) {
                byte[] changed = whole.clone();
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                readsOrRefuses(SERIALIZER.manifest(value), changed);
            }
        }
    }

    private static void readsOrRefuses(String manifest, byte[] bytes) {
        try {
            assertThat(SERIALIZER.fromBinary(bytes, manifest)).isNotNull();
        } catch (NotSerializableException e) {
            assertThat(e.getMessage()).startsWith(manifest);
        }
    }

    @Test
    void otherObjectsAreNotWritten() {
        assertThatThrownBy(() -> SERIALIZER.manifest("text")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SERIALIZER.toBinary("text")).isInstanceOf(IllegalArgumentException.class);
    }
}
