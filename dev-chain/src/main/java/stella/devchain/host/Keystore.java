package stella.devchain.host;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import stella.gateway.keys.Keypair;
import stella.gateway.keys.Scheme;
import stella.protocol.Bytes;

/** Session keys the runtime generated in this process, in memory only: a development chain seals nothing, so none needs to survive. */
final class Keystore {
    private static final int KEYS_MAX = 1024;

    private record Id(Bytes type, Scheme scheme, Bytes publicKey) {}

    private final Map<Id, Keypair> keys = new ConcurrentHashMap<>();

    /**
     * Makes a key of the given key type (4 bytes).
     *
     * @param suri the secret URI to make it from; fresh randomness when empty
     * @throws IllegalArgumentException when {@code suri} is malformed
     */
    Keypair generate(Bytes type, Scheme scheme, Optional<String> suri) {
        if (keys.size() >= KEYS_MAX)
            throw new IllegalStateException("the keystore holds " + KEYS_MAX + " keys already and takes no more");
        Keypair pair = Keypair.fromSuri(suri.orElseGet(Keystore::freshSecret), scheme);
        keys.put(new Id(type, scheme, pair.publicKey()), pair);
        return pair;
    }

    Optional<Bytes> sign(Bytes type, Scheme scheme, Bytes publicKey, Bytes message) {
        return Optional.ofNullable(keys.get(new Id(type, scheme, publicKey))).map(pair -> pair.sign(message));
    }

    private static String freshSecret() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return Bytes.owning(secret).toHex0x();
    }
}
