package stella.devchain.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stella.devchain.TestRuntime;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.gateway.crypto.Ed25519;
import stella.gateway.crypto.Sr25519;
import stella.gateway.keys.Keypair;
import stella.gateway.keys.Scheme;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;

/** Keys of an author, made and used by the runtime through the host's keystore: Aura (sr25519) and Grandpa (ed25519). */
final class SessionKeysTest {
    private static final Bytes OWNER = Bytes.utf8("somebody");
    private static final Bytes STATEMENT = Bytes.concat(Bytes.utf8("POP_"), OWNER);

    @Test
    void keysOfASecretAreThoseEveryToolDerives() {
        Bytes keys = generate(Optional.of(Bytes.utf8("//Alice"))).keys;

        assertThat(keys)
                .isEqualTo(Bytes.concat(
                        Keypair.fromSuri("//Alice", Scheme.SR25519).publicKey(),
                        Keypair.fromSuri("//Alice", Scheme.ED25519).publicKey()));
    }

    @Test
    void bothKeysSignThatTheOwnerHasThem() {
        Generated generated = generate(Optional.empty());
        byte[] keys = generated.keys.toArray();
        byte[] proof = generated.proof.toArray();

        assertThat(keys).hasSize(64);
        assertThat(proof).hasSize(128);
        assertThat(Sr25519.verify(part(proof, 0, 64), STATEMENT.toArray(), part(keys, 0, 32)))
                .isTrue();
        assertThat(Ed25519.verify(part(proof, 64, 128), STATEMENT.toArray(), part(keys, 32, 64)))
                .isTrue();
    }

    @Test
    void keysAreFreshWithoutASecret() {
        assertThat(generate(Optional.empty()).keys).isNotEqualTo(generate(Optional.empty()).keys);
    }

    private record Generated(Bytes keys, Bytes proof) {}

    private static Generated generate(Optional<Bytes> secret) {
        Bytes request = new ScaleWriter()
                .bytes(OWNER)
                .option(secret, ScaleWriter::bytes)
                .toBytes();
        Bytes answer = TestRuntime.LOADER
                .load(TestRuntime.WASM)
                .call("SessionKeys_generate_session_keys", request, new Overlay(State.EMPTY));
        ScaleReader in = new ScaleReader(answer);
        return new Generated(in.bytes(1024), in.bytes(1024));
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }
}
