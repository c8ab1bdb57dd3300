package stella.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import stella.protocol.Bytes;

class KeypairTest {
    /** {@code suri.json} was made by @polkadot/keyring. */
    @ParameterizedTest
    @MethodSource("vectors")
    void secretUrisLeadToTheKeysOfPolkadotJs(JsonNode vector) {
        Scheme scheme = Scheme.valueOf(vector.get("scheme").asText().toUpperCase(Locale.ROOT));
        String suri = vector.get("suri").asText();
        if (vector.has("error")) {
            assertThatThrownBy(() -> Keypair.fromSuri(suri, scheme)).hasMessageContaining("soft step");
            return;
        }

        Keypair pair = Keypair.fromSuri(suri, scheme);

        assertThat(pair.publicKey().toHex0x()).isEqualTo(vector.get("publicKey").asText());
        assertThat(pair.account()).hasToString(vector.get("account").asText());
        assertThat(Ss58.encode(pair.account(), 42))
                .isEqualTo(vector.get("address").asText());
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void everySchemeSignsWhatItVerifies(Scheme scheme) {
        Keypair pair = Keypair.fromSuri("//Alice", scheme);
        Bytes message = Bytes.utf8("message");

        Bytes signature = pair.sign(message);

        assertThat(Keypair.verify(scheme, pair.publicKey(), message, signature)).isTrue();
        assertThat(Keypair.verify(scheme, pair.publicKey(), Bytes.utf8("massage"), signature))
                .isFalse();
        assertThat(Keypair.verify(scheme, Bytes.EMPTY, message, Bytes.EMPTY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret words",
                "bottom drive obey lake curtain smoke basket hold race lonely fit fit",
                "bottom drive obey lake curtain smoke basket hold race lonely fit secret0",
                "0xsecret",
                "secret:1//a",
                "//secret//",
                "/"
            })
    void refusalsDoNotRepeatTheSecret(String suri) {
        assertThatThrownBy(() -> Keypair.fromSuri(suri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret words")
                .hasMessageNotContaining("secret0")
                .hasMessageNotContaining("secret:");
    }

    @Test
    void refusesEndlessText() {
        assertThatThrownBy(() -> Keypair.fromSuri("/a".repeat(600))).hasMessageContaining("1024");
    }

    @Test
    void theTextFormHidesTheSecret() {
        assertThat(Keypair.fromSuri("//Alice")).hasToString("SR25519 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
    }

    static Stream<JsonNode> vectors() throws IOException {
        try (var in = KeypairTest.class.getResourceAsStream("suri.json")) {
            return new ObjectMapper().readTree(in).valueStream();
        }
    }
}
