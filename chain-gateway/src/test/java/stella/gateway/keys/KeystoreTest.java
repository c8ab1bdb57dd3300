package stella.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import stella.protocol.Bytes;

/** {@code keystore.json} was made by @polkadot/keyring 13.5.9. */
class KeystoreTest {
    private static final Bytes MESSAGE = Bytes.utf8("message");

    @ParameterizedTest
    @MethodSource("vectors")
    void filesOfPolkadotJsAreRead(JsonNode vector) {
        Keypair pair = Keystore.read(
                vector.get("json").toString(), vector.get("password").asText());

        assertThat(pair.publicKey().toHex0x()).isEqualTo(vector.get("publicKey").asText());
        assertThat(Keypair.verify(pair.scheme(), pair.publicKey(), MESSAGE, pair.sign(MESSAGE)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void whatIsWrittenIsReadBack(Scheme scheme) {
        Keypair pair = Keypair.fromSuri("//Charlie", scheme);

        String file = Keystore.write(pair, "charlie", "secret", fixed());

        Keypair read = Keystore.read(file, "secret");
        assertThat(read.scheme()).isEqualTo(scheme);
        assertThat(read.sign(MESSAGE)).isEqualTo(pair.sign(MESSAGE));
        assertThat(file).contains("\"charlie\"", scheme.name().toLowerCase(Locale.ROOT));
    }

    /** With the salt and nonce of polkadot.js our writer makes its very bytes. */
    @Test
    void whatIsWrittenIsWhatPolkadotJsWrites() {
        JsonNode vector = vectors().get(1);
        byte[] theirs =
                Base64.getDecoder().decode(vector.get("json").get("encoded").asText());
        Keypair alice = Keypair.fromSuri("//Alice");

        String file = Keystore.write(
                alice,
                "sr25519 key",
                vector.get("password").asText(),
                replaying(Arrays.copyOf(theirs, 32), Arrays.copyOfRange(theirs, 44, 68)));

        assertThat(parse(file)).isEqualTo(vector.get("json"));
    }

    @Test
    void aWrongPasswordIsRefused() {
        JsonNode vector = vectors().getFirst();

        assertThatThrownBy(() -> Keystore.read(vector.get("json").toString(), "wrong"))
                .hasMessageContaining("password");
    }

    @Test
    void anAlteredFileIsRefused() {
        ObjectNode file = (ObjectNode) vectors().getFirst().get("json").deepCopy();
        byte[] encoded = Base64.getDecoder().decode(file.get("encoded").asText());
        encoded[encoded.length - 1] ^= 1;
        file.put("encoded", Base64.getEncoder().encodeToString(encoded));

        assertThatThrownBy(() -> Keystore.read(file.toString(), "öffne dich")).hasMessageContaining("password");
    }

    @Test
    void aFileThatAsksForMuchMemoryIsRefused() {
        ObjectNode file = (ObjectNode) vectors().getFirst().get("json").deepCopy();
        byte[] encoded = Base64.getDecoder().decode(file.get("encoded").asText());
        encoded[35] = 0x40;
        file.put("encoded", Base64.getEncoder().encodeToString(encoded));

        assertThatThrownBy(() -> Keystore.read(file.toString(), "öffne dich")).hasMessageContaining("scrypt");
    }

    @Test
    void aFileThatNamesAnotherAccountIsRefused() {
        ObjectNode file = (ObjectNode) vectors().getLast().get("json").deepCopy();
        file.put("address", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");

        assertThatThrownBy(() -> Keystore.read(file.toString(), "")).hasMessageContaining("its key is of");
    }

    @Test
    void nonsenseIsRefusedInWords() {
        for (String text : List.of("", "[]", "{}", "null", "{\"encoding\":{\"version\":\"2\"}}", "x".repeat(100_000)))
            assertThatThrownBy(() -> Keystore.read(text, "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("key file");
        assertThatThrownBy(() -> Keystore.write(Keypair.fromSuri("//A"), "a", "", fixed()))
                .hasMessageContaining("needs a password");
    }

    static List<JsonNode> vectors() {
        try (var in = KeystoreTest.class.getResourceAsStream("keystore.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SecureRandom fixed() {
        return replaying(new byte[32], new byte[24]);
    }

    /** Gives these bytes, one array for each request. */
    private static SecureRandom replaying(byte[]... given) {
        return new SecureRandom() {
            private int next;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(given[next], 0, bytes, 0, bytes.length);
                next++;
            }
        };
    }
}
