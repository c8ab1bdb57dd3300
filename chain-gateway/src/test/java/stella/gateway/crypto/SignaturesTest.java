package stella.gateway.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import stella.protocol.Bytes;

/** {@code signatures.json} was made by @scure/sr25519 2.3.0 and @noble/curves, with the mini secret of //Alice as seed. */
class SignaturesTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] ALICE_SEED =
            HEX.parseHex("e5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a");
    private static final byte[] ALICE =
            HEX.parseHex("d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");
    private static final Sr25519.Secret ALICE_SECRET = Sr25519.Secret.fromMiniSecret(ALICE_SEED);
    private static final JsonNode VECTORS = vectors();

    @Test
    void theMiniSecretOfAliceGivesTheKeyOfAlice() {
        assertThat(ALICE_SECRET.publicKey()).isEqualTo(ALICE);
    }

    @ParameterizedTest
    @MethodSource("sr25519")
    void sr25519AcceptsForeignSignaturesAndRefusesEveryChangedByte(byte[] key, byte[] message, byte[] signature) {
        assertThat(Sr25519.verify(signature, message, key)).isTrue();
        assertThat(Sr25519.verify(signature, HEX.parseHex(HEX.formatHex(message) + "00"), key))
                .isFalse();
        for (int i = 0; i < 64; i += 7)
            assertThat(Sr25519.verify(changed(signature, i), message, key)).isFalse();
        for (int i = 0; i < 32; i += 7)
            assertThat(Sr25519.verify(signature, message, changed(key, i))).isFalse();
    }

    @Test
    void sr25519SignaturesAreDeterministicAndVerify() {
        byte[] message = "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        byte[] signature = ALICE_SECRET.sign(message);

        assertThat(Sr25519.verify(signature, message, ALICE)).isTrue();
        assertThat(ALICE_SECRET.sign(message)).isEqualTo(signature);
        assertThat(ALICE_SECRET.sign(new byte[0])).isNotEqualTo(signature);
    }

    @Test
    void sr25519RefusesMalformedInput() {
        byte[] signature = ALICE_SECRET.sign(new byte[0]);
        byte[] withoutMarker = signature.clone();
        withoutMarker[63] &= 0x7f;
        byte[] scalarTooHigh = signature.clone();
        for (int i = 32; i < 64; i++) scalarTooHigh[i] = (byte) 0xff;

        assertThat(Sr25519.verify(withoutMarker, new byte[0], ALICE)).isFalse();
        assertThat(Sr25519.verify(scalarTooHigh, new byte[0], ALICE)).isFalse();
        assertThat(Sr25519.verify(new byte[64], new byte[0], ALICE)).isFalse();
        assertThat(Sr25519.verify(new byte[63], new byte[0], ALICE)).isFalse();
        assertThat(Sr25519.verify(signature, new byte[0], new byte[31])).isFalse();
        assertThat(Sr25519.verify(signature, new byte[0], HEX.parseHex("ff".repeat(32))))
                .isFalse();
    }

    @Test
    void sr25519ChildrenAgreeWithSchnorrkel() {
        JsonNode vector = VECTORS.get("hdkd").get(0);
        byte[] chainCode = hex(vector, "chainCode");

        assertThat(ALICE_SECRET.deriveHard(chainCode).publicKey()).isEqualTo(hex(vector, "hard"));
        assertThat(ALICE_SECRET.deriveSoft(chainCode).publicKey()).isEqualTo(hex(vector, "soft"));
        assertThat(Sr25519.deriveSoftPublic(ALICE, chainCode)).isEqualTo(hex(vector, "softPublic"));
    }

    @Test
    void softChildrenSign() {
        Sr25519.Secret child = ALICE_SECRET.deriveSoft(new byte[32]);

        assertThat(Sr25519.verify(child.sign(ALICE), ALICE, child.publicKey())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("ed25519")
    void ed25519AgreesWithOthers(byte[] key, byte[] message, byte[] signature) {
        assertThat(Ed25519.publicKey(ALICE_SEED)).isEqualTo(key);
        assertThat(Ed25519.sign(ALICE_SEED, message)).isEqualTo(signature);
        assertThat(Ed25519.verify(signature, message, key)).isTrue();
        for (int i = 0; i < 64; i += 7)
            assertThat(Ed25519.verify(changed(signature, i), message, key)).isFalse();
        assertThat(Ed25519.verify(signature, message, new byte[31])).isFalse();
        assertThat(Ed25519.verify(new byte[65], message, key)).isFalse();
    }

    /** ZIP-215: with s = 0, every pair of points of small order satisfies the equation times the cofactor. */
    @Test
    void ed25519TakesPointsOfSmallOrderInAnyEncoding() {
        List<String> smallOrder = List.of(
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
        byte[] message = "Zcash".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        for (String key : smallOrder)
            for (String r : smallOrder)
                assertThat(Ed25519.verify(HEX.parseHex(r + "00".repeat(32)), message, HEX.parseHex(key)))
                        .as(key + " " + r)
                        .isTrue();
    }

    @ParameterizedTest
    @MethodSource("ecdsa")
    void ecdsaAgreesWithOthers(byte[] key, byte[] message, byte[] signature) {
        byte[] hash = Blake2.blake2b256(message);

        assertThat(Ecdsa.publicKey(ALICE_SEED)).isEqualTo(key);
        assertThat(Ecdsa.sign(ALICE_SEED, message)).isEqualTo(signature);
        assertThat(Ecdsa.verify(signature, message, key)).isTrue();
        assertThat(Ecdsa.recover(ethereumStyle(signature), hash))
                .isInstanceOfSatisfying(Ecdsa.Recovered.class, recovered -> {
                    assertThat(recovered.compressed()).isEqualTo(Bytes.of(key));
                    assertThat(recovered.coordinates().length()).isEqualTo(64);
                    assertThat(recovered.coordinates().slice(0, 32))
                            .isEqualTo(Bytes.of(key).slice(1, 33));
                });
        for (int i = 0; i < 65; i += 8)
            assertThat(Ecdsa.verify(changed(signature, i), message, key)).isFalse();
    }

    @Test
    void ecdsaTakesAHighS() {
        byte[] signature = Ecdsa.sign(ALICE_SEED, ALICE);
        byte[] high = signature.clone();
        BigInteger order = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
        byte[] s = order.subtract(
                        new BigInteger(1, Bytes.of(signature).slice(32, 64).toArray()))
                .toByteArray();
        System.arraycopy(s, s.length - 32, high, 32, 32);
        high[64] ^= 1;

        assertThat(Ecdsa.verify(high, ALICE, Ecdsa.publicKey(ALICE_SEED))).isTrue();
    }

    @Test
    void ecdsaNamesWhyNothingIsRecovered() {
        byte[] hash = new byte[32];
        String order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
        String one = "00".repeat(31) + "01";

        assertThat(recover(one + one + "04", hash)).isEqualTo(new Ecdsa.Refused(Ecdsa.Reason.BAD_V));
        assertThat(recover(one + one + "1f", hash)).isEqualTo(new Ecdsa.Refused(Ecdsa.Reason.BAD_V));
        assertThat(recover(order + one + "00", hash)).isEqualTo(new Ecdsa.Refused(Ecdsa.Reason.BAD_RS));
        assertThat(recover(one + order + "00", hash)).isEqualTo(new Ecdsa.Refused(Ecdsa.Reason.BAD_RS));
        assertThat(recover("00".repeat(65), hash)).isEqualTo(new Ecdsa.Refused(Ecdsa.Reason.BAD_SIGNATURE));
        assertThat(recover("00".repeat(31) + "05" + one + "00", hash))
                .isEqualTo(new Ecdsa.Refused(Ecdsa.Reason.BAD_SIGNATURE));
        assertThat(recover(one, hash)).isEqualTo(new Ecdsa.Refused(Ecdsa.Reason.BAD_SIGNATURE));
    }

    static Stream<Arguments> sr25519() {
        return cases("sr25519");
    }

    static Stream<Arguments> ed25519() {
        return cases("ed25519");
    }

    static Stream<Arguments> ecdsa() {
        return cases("ecdsa");
    }

    private static Stream<Arguments> cases(String kind) {
        return VECTORS.get(kind)
                .valueStream()
                .map(vector ->
                        Arguments.of(hex(vector, "publicKey"), hex(vector, "message"), hex(vector, "signature")));
    }

    private static Ecdsa.Recovery recover(String signature, byte[] hash) {
        return Ecdsa.recover(HEX.parseHex(signature), hash);
    }

    private static byte[] changed(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }

    private static byte[] ethereumStyle(byte[] signature) {
        byte[] changed = signature.clone();
        changed[64] = (byte) (changed[64] + 27);
        return changed;
    }

    private static byte[] hex(JsonNode vector, String field) {
        return HEX.parseHex(vector.get(field).asText());
    }

    private static JsonNode vectors() {
        try (var in = SignaturesTest.class.getResourceAsStream("signatures.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
