package stella.gateway.extrinsic;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import stella.gateway.metadata.RuntimeVersion;
import stella.gateway.metadata.Value;
import stella.protocol.Hash;

/**
 * What a signature covers besides the call.
 *
 * @param nonce of the signer, from 0
 * @param eraBlock hash of the block in which the era was born; the genesis hash for an immortal one
 * @param tip planck for the block's author
 * @param extensions values for transaction extensions that this client does not know, or instead of its own, by name
 */
public record SigningContext(
        Hash genesis,
        RuntimeVersion version,
        long nonce,
        Era era,
        Hash eraBlock,
        BigInteger tip,
        Map<String, Value> extensions) {
    public SigningContext {
        extensions = Map.copyOf(extensions);
    }

    public SigningContext(Hash genesis, RuntimeVersion version, long nonce, Era era, Hash eraBlock, BigInteger tip) {
        this(genesis, version, nonce, era, eraBlock, tip, Map.of());
    }

    /** The same, with {@code value} sent for the extension {@code name}. */
    public SigningContext with(String name, Value value) {
        Map<String, Value> more = new HashMap<>(extensions);
        more.put(name, value);
        return new SigningContext(genesis, version, nonce, era, eraBlock, tip, more);
    }
}
