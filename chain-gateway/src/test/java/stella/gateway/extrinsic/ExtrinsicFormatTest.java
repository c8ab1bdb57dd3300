package stella.gateway.extrinsic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import stella.gateway.crypto.Ecdsa;
import stella.gateway.keys.Keypair;
import stella.gateway.keys.Scheme;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.MetadataException;
import stella.gateway.metadata.RecordedMetadata;
import stella.gateway.metadata.RuntimeVersion;
import stella.gateway.metadata.Value;
import stella.gateway.scale.ScaleException;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** {@code vectors/node/blocks.json.gz} holds blocks of polkadot-omni-node with transactions that polkadot.js signed. */
class ExtrinsicFormatTest {
    private static final JsonNode RECORDING = recording();
    private static final Hash GENESIS = Hash.hex(RECORDING.get("genesis").asText());
    private static final RuntimeVersion VERSION = new RuntimeVersion("stella", 100, 1);
    private static final Metadata METADATA = RecordedMetadata.decoded(15);
    private static final ExtrinsicFormat FORMAT = new ExtrinsicFormat(METADATA);

    /** If we would sign other bytes than polkadot.js did, its signatures would not verify over ours. */
    @Test
    void signaturesOfPolkadotJsVerifyOverOurPayloads() {
        Map<Scheme, Integer> verified = new EnumMap<>(Scheme.class);
        for (int number = 0; number < RECORDING.get("blocks").size(); number++) {
            for (Bytes encoded : body(number)) {
                Extrinsic extrinsic = FORMAT.decode(encoded);
                if (extrinsic.signed().isEmpty()) continue;
                Extrinsic.Signed signed = extrinsic.signed().get();
                long birth = signed.era() instanceof Era.Mortal mortal ? mortal.birth(number - 1) : 0;
                SigningContext context = new SigningContext(
                        GENESIS, VERSION, signed.nonce(), signed.era(), blockHash((int) birth), signed.tip());

                Bytes payload = FORMAT.payload(extrinsic.encodedCall(), context);

                Scheme scheme = Scheme.valueOf(signed.signature().name().toUpperCase(Locale.ROOT));
                Bytes signature = signed.signature().field("0").bytes();
                Bytes key = scheme == Scheme.ECDSA
                        ? recovered(signature, payload)
                        : signed.signer().bytes();
                assertThat(Keypair.verify(scheme, key, payload, signature))
                        .as("%s.%s of block %d", extrinsic.pallet(), extrinsic.call(), number)
                        .isTrue();
                verified.merge(scheme, 1, Integer::sum);
            }
        }
        assertThat(verified).containsOnlyKeys(Scheme.values());
        assertThat(verified.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(140);
    }

    @Test
    void callsOfRecordedBlocksAreWrittenAsTheyWereRead() {
        for (int number = 0; number < RECORDING.get("blocks").size(); number++) {
            for (Bytes encoded : body(number)) {
                Extrinsic extrinsic = FORMAT.decode(encoded);

                assertThat(METADATA.call(extrinsic.pallet(), extrinsic.call(), extrinsic.arguments()))
                        .isEqualTo(extrinsic.encodedCall());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void whatWeSignIsReadBack(Scheme scheme) {
        Keypair pair = Keypair.fromSuri("//Bob", scheme);
        Bytes call = METADATA.call("System", "remark", Map.of("remark", Value.of(Bytes.owning(new byte[300]))));
        Era era = Era.mortal(64, 1000);
        SigningContext context = new SigningContext(GENESIS, VERSION, 7, era, Hash.ZERO, BigInteger.TEN);

        Extrinsic extrinsic = FORMAT.decode(FORMAT.sign(call, context, pair));

        assertThat(extrinsic.pallet()).isEqualTo("System");
        assertThat(extrinsic.call()).isEqualTo("remark");
        assertThat(extrinsic.encodedCall()).isEqualTo(call);
        assertThat(extrinsic.signed()).hasValueSatisfying(signed -> {
            assertThat(signed.signer()).isEqualTo(pair.account());
            assertThat(signed.nonce()).isEqualTo(7);
            assertThat(signed.era()).isEqualTo(era);
            assertThat(signed.tip()).isEqualTo(BigInteger.TEN);
            assertThat(Keypair.verify(
                            scheme,
                            pair.publicKey(),
                            FORMAT.payload(call, context),
                            signed.signature().field("0").bytes()))
                    .isTrue();
        });
    }

    @Test
    void theSameIntentSignedTwiceIsTheSameTransaction() {
        Keypair pair = Keypair.fromSuri("//Alice");
        Bytes call = METADATA.call("System", "remark", Map.of("remark", Value.of(Bytes.EMPTY)));
        SigningContext context = new SigningContext(GENESIS, VERSION, 0, new Era.Immortal(), GENESIS, BigInteger.ZERO);

        assertThat(FORMAT.sign(call, context, pair)).isEqualTo(FORMAT.sign(call, context, pair));
    }

    @Test
    void anExtensionWithUnknownDataIsRefusedByName() {
        byte[] encoded = RecordedMetadata.encoded(15).toArray();
        int at = indexOf(
                encoded, "CheckNonce".getBytes(java.nio.charset.StandardCharsets.US_ASCII), encoded.length - 20_000);
        encoded[at] = 'B';
        ExtrinsicFormat other = new ExtrinsicFormat(Metadata.decode(Bytes.of(encoded)));
        SigningContext context = new SigningContext(GENESIS, VERSION, 0, new Era.Immortal(), GENESIS, BigInteger.ZERO);

        assertThatThrownBy(() -> other.sign(Bytes.EMPTY, context, Keypair.fromSuri("//Alice")))
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("'BheckNonce'");
    }

    @Test
    void dataForAnUnknownExtensionMayBeGiven() {
        byte[] encoded = RecordedMetadata.encoded(15).toArray();
        int at = indexOf(
                encoded, "CheckNonce".getBytes(java.nio.charset.StandardCharsets.US_ASCII), encoded.length - 20_000);
        encoded[at] = 'B';
        ExtrinsicFormat other = new ExtrinsicFormat(Metadata.decode(Bytes.of(encoded)));
        Bytes call = METADATA.call("System", "remark", Map.of("remark", Value.of(Bytes.EMPTY)));
        SigningContext context = new SigningContext(GENESIS, VERSION, 0, new Era.Immortal(), GENESIS, BigInteger.ZERO)
                .with("BheckNonce", Value.of(9));

        Extrinsic extrinsic = other.decode(other.sign(call, context, Keypair.fromSuri("//Alice")));

        assertThat(extrinsic.extensions()).containsEntry("BheckNonce", Value.of(9));
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16})
    void aGeneralTransactionIsReadBack(int metadataVersion) {
        ExtrinsicFormat format = new ExtrinsicFormat(RecordedMetadata.decoded(metadataVersion));
        Bytes call = METADATA.call("System", "remark", Map.of("remark", Value.of(Bytes.EMPTY)));
        SigningContext context = new SigningContext(GENESIS, VERSION, 5, Era.mortal(64, 10), Hash.ZERO, BigInteger.ONE);

        Bytes encoded = format.general(call, context, 0, Optional.empty());

        assertThat(encoded.at(1)).isEqualTo(0x45);
        Extrinsic extrinsic = format.decode(encoded);
        assertThat(extrinsic.form()).isEqualTo(5);
        assertThat(extrinsic.signed()).isEmpty();
        assertThat(extrinsic.extensions()).containsEntry("CheckNonce", Value.of(5));
        assertThat(extrinsic.encodedCall()).isEqualTo(call);
    }

    @Test
    void aChainWithoutTheExtensionForItTakesNoSignatureInFormFive() {
        SigningContext context = new SigningContext(GENESIS, VERSION, 0, new Era.Immortal(), GENESIS, BigInteger.ZERO);

        assertThatThrownBy(() -> FORMAT.general(Bytes.EMPTY, context, 0, Optional.of(Keypair.fromSuri("//Alice"))))
                .hasMessageContaining("VerifyMultiSignature");
        assertThatThrownBy(() -> FORMAT.general(Bytes.EMPTY, context, 3, Optional.empty()))
                .hasMessageContaining("version 3");
    }

    /** The signature of form 5 covers the version of the list, the call and what follows the signature, hashed. */
    @ParameterizedTest
    @EnumSource(Scheme.class)
    void formFiveIsSignedWhereAnExtensionCarriesTheSignature(Scheme scheme) {
        Metadata metadata = RecordedMetadata.withSignatureExtension();
        ExtrinsicFormat format = new ExtrinsicFormat(metadata);
        Bytes call = metadata.call("System", "remark", Map.of("remark", Value.of(Bytes.EMPTY)));
        SigningContext context = new SigningContext(GENESIS, VERSION, 3, new Era.Immortal(), GENESIS, BigInteger.ZERO);
        Keypair pair = Keypair.fromSuri("//Dave", scheme);

        Extrinsic extrinsic = format.decode(format.general(call, context, 0, Optional.of(pair)));

        assertThat(extrinsic.signed()).hasValueSatisfying(signed -> {
            assertThat(signed.signer()).isEqualTo(pair.account());
            assertThat(signed.nonce()).isEqualTo(3);
            Bytes payload = format.payload(call, context, 0, METADATA.extensions());
            assertThat(Keypair.verify(
                            scheme,
                            pair.publicKey(),
                            payload,
                            signed.signature().field("0").bytes()))
                    .isTrue();
        });
        assertThat(format.decode(format.sign(call, context, pair)).extensions())
                .containsEntry("VerifyMultiSignature", Value.variant("Disabled"));
    }

    @Test
    void hostileTransactionsAreRefusedWithAType() {
        Random random = new Random(3);
        byte[] good = body(47).get(1).toArray();
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            try {
                FORMAT.decode(i % 4 == 0 ? Bytes.slice(bad, 0, random.nextInt(bad.length)) : Bytes.of(bad));
            } catch (ScaleException refused) {
                assertThat(refused.offset()).isLessThanOrEqualTo(bad.length);
            }
        }
    }

    @Test
    void erasAreBornAndDieAsSubstrateSays() {
        assertThat(Era.mortal(64, 42)).isEqualTo(new Era.Mortal(64, 42));
        assertThat(Era.mortal(64, 42).encoded()).isEqualTo(5 + 42 % 16 * 16 + ((42 / 16) << 8));
        assertThat(Era.mortal(32768, 20000).encoded()).isEqualTo(14 + 2500 % 16 * 16 + ((2500 / 16) << 8));
        assertThat(new Era.Mortal(64, 42).birth(42)).isEqualTo(42);
        assertThat(new Era.Mortal(64, 42).birth(105)).isEqualTo(42);
        assertThat(new Era.Mortal(64, 42).birth(106)).isEqualTo(106);
        assertThat(new Era.Mortal(64, 42).birth(0)).isEqualTo(42);
        assertThat(new Era.Mortal(64, 42).death(50)).isEqualTo(106);
        for (int current = 0; current < 70_000; current += 997) {
            Era.Mortal era = Era.mortal(8192, current);
            assertThat(Era.decode(era.encoded() & 0xff, era.encoded() >> 8)).isEqualTo(era);
            assertThat(current - era.birth(current)).isBetween(0L, 1L);
        }
        assertThatThrownBy(() -> new Era.Mortal(63, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Era.Mortal(64, 64)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Bytes recovered(Bytes signature, Bytes payload) {
        return Ecdsa.recover(signature.toArray(), stella.gateway.crypto.Blake2.blake2b256(payload.toArray()))
                        instanceof Ecdsa.Recovered recovered
                ? recovered.compressed()
                : Bytes.EMPTY;
    }

    private static List<Bytes> body(int number) {
        List<Bytes> body = new ArrayList<>();
        for (JsonNode extrinsic : RECORDING.get("blocks").get(number).get("extrinsics"))
            body.add(Bytes.hex(extrinsic.asText()));
        return body;
    }

    private static Hash blockHash(int number) {
        return Hash.hex(RECORDING.get("blocks").get(number).get("hash").asText());
    }

    private static int indexOf(byte[] data, byte[] pattern, int from) {
        for (int i = from; i < data.length - pattern.length; i++)
            if (java.util.Arrays.equals(data, i, i + pattern.length, pattern, 0, pattern.length)) return i;
        throw new AssertionError("not found");
    }

    private static JsonNode recording() {
        try (var in = new GZIPInputStream(Files.newInputStream(Path.of("..", "vectors", "node", "blocks.json.gz")))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
