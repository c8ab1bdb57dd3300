package stella.gateway.stella;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stella.gateway.metadata.ChainEvent;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.MetadataException;
import stella.gateway.metadata.RecordedMetadata;
import stella.gateway.metadata.Value;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.chain.Call;
import stella.protocol.chain.DisputeConstants;
import stella.protocol.chain.Event;
import stella.protocol.deal.Ask;
import stella.protocol.deal.DealState;
import stella.protocol.deal.FilecoinDeal;
import stella.protocol.deal.StorageRequest;
import stella.protocol.deal.Tier;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.protocol.possession.MultiProof;
import stella.protocol.possession.PossessionProof;
import stella.protocol.role.Changes;
import stella.protocol.role.ReputationChange;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;

/** {@code metadata.gz} was recorded from the runtime of this project. */
class StellaFaceTest {
    private static final Bytes ENCODED = encoded();
    private static final Metadata METADATA = Metadata.decode(ENCODED);
    private static final AccountId ALICE = AccountId.of(filled(1));
    private static final Hash ONE = Hash.of(filled(2));
    private static final Piece PIECE = new Piece(ONE, 10, 77);

    @Test
    void theRecordedPalletIsTheExpectedOne() {
        assertThat(PalletShape.differences(METADATA)).isEmpty();
    }

    @Test
    void aChangedFieldIsRefusedByCallAndField() {
        Metadata changed = changed("piece_size_max", "piece_size_big");

        assertThatThrownBy(() -> StellaFace.check(changed))
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("call publish_ask, ask: ")
                .hasMessageContaining("piece_size_big")
                .hasMessageContaining("storage Asks, value: ");
    }

    @Test
    void aMissingCallIsRefusedByName() {
        assertThatThrownBy(() -> StellaFace.check(changed("withdraw_bond", "withdraw_bent")))
                .hasMessageContaining("call withdraw_bond is not there");
    }

    @Test
    void aChainWithoutThePalletIsRefused() {
        assertThatThrownBy(() -> StellaFace.check(RecordedMetadata.decoded(15))).isInstanceOf(MetadataException.class);
    }

    /** The dynamic codec knows nothing of our code: what it reads and writes again is what the chain would read. */
    @ParameterizedTest
    @MethodSource("calls")
    void everyCallIsWhatTheMetadataSays(Call call) {
        Bytes encoded = StellaCalls.encode(METADATA, call);

        Value read = METADATA.values().decode(METADATA.calls(), encoded);

        assertThat(read.name()).isEqualTo("Stella");
        assertThat(read.field("0").name().replace("_", ""))
                .isEqualToIgnoringCase(call.getClass().getSimpleName());
        assertThat(METADATA.values().encode(METADATA.calls(), read)).isEqualTo(encoded);
    }

    @Test
    void everyKindOfCallIsAmongThem() {
        assertThat(calls().map(Object::getClass).distinct().count())
                .isEqualTo(Call.class.getPermittedSubclasses().length);
    }

    @Test
    void constantsOfDisputesAreThoseOfTheChain() {
        assertThat(StellaFace.disputes(METADATA))
                .isEqualTo(new DisputeConstants(
                        5,
                        BigInteger.valueOf(1_000_000_000_000L),
                        BigInteger.valueOf(10_000_000_000_000L),
                        BigInteger.valueOf(1_000_000_000_000L),
                        8));
    }

    @Test
    void theFieldsOfARequestStandWhereTheyBelong() {
        Value request = METADATA.values()
                .decode(METADATA.calls(), StellaCalls.encode(METADATA, new Call.RequestStorage(request())))
                .field("0")
                .field("request");

        assertThat(request.field("content")).isEqualTo(Value.of(Bytes.hex("0155")));
        assertThat(request.field("piece").field("height")).isEqualTo(Value.of(10));
        assertThat(request.field("piece").field("padding")).isEqualTo(Value.of(77));
        assertThat(request.field("replicas")).isEqualTo(Value.of(3));
        assertThat(request.field("periods")).isEqualTo(Value.of(12));
        assertThat(request.field("price_max")).isEqualTo(Value.of(1_000_000));
        assertThat(request.field("tier").name()).isEqualTo("Filecoin");
        assertThat(request.field("source").bytes().toUtf8()).isEqualTo("http://example.org/car");
        assertThat(request.field("asset").optional()).isEmpty();
    }

    /** For each event of the pallet: made by the dynamic codec from its type, read by the typed face. */
    @Test
    void everyEventOfTheProtocolIsRead() {
        for (Class<?> kind : Event.class.getPermittedSubclasses()) {
            ChainEvent event = EventSamples.of(METADATA, kind.getSimpleName());

            assertThat(StellaEvents.read(event))
                    .hasValueSatisfying(read -> assertThat(read).isInstanceOf(kind));
        }
    }

    @Test
    void eventsKeepTheirFields() {
        ChainEvent ended = new ChainEvent(
                OptionalInt.of(1),
                "Stella",
                "DealEnded",
                Map.of(
                        "deal", Value.of(7),
                        "store", Value.of(ALICE.bytes()),
                        "outcome", Value.variant("EndedEarly"),
                        "collateral_returned", Value.of(5),
                        "credits_returned", Value.of(6)));

        assertThat(StellaEvents.read(ended))
                .contains(new Event.DealEnded(
                        7, ALICE, DealState.ENDED_EARLY, BigInteger.valueOf(5), BigInteger.valueOf(6)));
    }

    @Test
    void eventsOfOtherPalletsAndNewOnesAreLeftOut() {
        ChainEvent other = new ChainEvent(OptionalInt.empty(), "System", "ExtrinsicSuccess", Map.of());
        ChainEvent unknown = new ChainEvent(OptionalInt.empty(), "Stella", "SomethingNew", Map.of());

        assertThat(StellaEvents.read(List.of(other, unknown))).isEmpty();
    }

    static Stream<Call> calls() {
        PossessionProof proof = new PossessionProof(ONE, List.of(new LeafProof(3, ONE, List.of(ONE, Hash.ZERO))));
        List<Verdict> verdicts = Stream.of(
                        new Outcome.Ok(ONE),
                        new Outcome.WrongBytes(),
                        new Outcome.Refused(),
                        new Outcome.AskBroken(),
                        new Outcome.Unreachable())
                .map(outcome -> new Verdict(Role.FETCH, ALICE, 255, outcome))
                .toList();
        Changes changes = new Changes(
                ONE, List.of(new ReputationChange(Role.INSPECTOR, ALICE, 999_999, Standing.DISQUALIFIED, 1)));
        BigInteger most = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);
        return Stream.of(
                new Call.RegisterRole(Role.INSPECTOR, "http://example.org", Optional.of(ALICE)),
                new Call.RegisterRole(Role.STORE, "http://example.org", Optional.empty()),
                new Call.UpdateEndpoint(Role.FETCH, "https://example.org"),
                new Call.LeaveRole(Role.STORE),
                new Call.WithdrawBond(Role.FETCH),
                new Call.TopUpCredits(most),
                new Call.WithdrawCredits(BigInteger.ZERO),
                new Call.PublishAsk(new Ask(most, 128, 1L << 36, 0xffff_ffffL, Long.MAX_VALUE, Tier.FILECOIN, 9)),
                new Call.WithdrawAsk(),
                new Call.RequestStorage(request()),
                new Call.CancelRequest(Long.MAX_VALUE),
                new Call.AcceptDeal(4, BigInteger.TEN),
                new Call.SubmitProof(5, proof),
                new Call.CommitVerdicts(6, ONE),
                new Call.RevealVerdicts(7, ONE, verdicts),
                new Call.AttestReputation(8, ONE, Optional.of(changes)),
                new Call.AttestReputation(8, ONE, Optional.empty()),
                new Call.SetAnchors(List.of(ALICE, ALICE)),
                new Call.TopUpWithAsset(314, most, BigInteger.ONE),
                new Call.SubmitMultiProof(5, MultiProof.of(proof)),
                new Call.RenewDeal(Long.MAX_VALUE, 0xffff_ffffL),
                new Call.EndDeal(0),
                new Call.RecordArchive(9, new FilecoinDeal(1, 1234, Bytes.hex("0171"))),
                new Call.Disqualify(Role.FETCH, ALICE, "a reason"),
                new Call.Appeal(Role.STORE),
                new Call.QuestionVerdict(10, ALICE, RoleId.fetch(ALICE), 255),
                new Call.AnswerQuestion(11, 12, proof.answers().getFirst()),
                new Call.ConfirmOperator(Role.STORE, ALICE));
    }

    private static StorageRequest request() {
        return new StorageRequest(
                Bytes.hex("0155"),
                PIECE,
                3,
                12,
                BigInteger.valueOf(1_000_000),
                Tier.FILECOIN,
                "http://example.org/car");
    }

    private static Metadata changed(String from, String to) {
        String hex = ENCODED.toHex();
        return Metadata.decode(Bytes.hex(hex.replace(hex(from), hex(to))));
    }

    private static String hex(String text) {
        return Bytes.owning(text.getBytes(StandardCharsets.UTF_8)).toHex();
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static Bytes encoded() {
        try (var in = new GZIPInputStream(StellaFaceTest.class.getResourceAsStream("metadata.gz"))) {
            return Bytes.owning(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
