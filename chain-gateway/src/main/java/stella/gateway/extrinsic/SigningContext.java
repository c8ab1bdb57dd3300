package stella.gateway.extrinsic;

import java.math.BigInteger;
import stella.gateway.metadata.RuntimeVersion;
import stella.protocol.Hash;

/**
 * What a signature covers besides the call.
 *
 * @param nonce of the signer, from 0
 * @param eraBlock hash of the block in which the era was born; the genesis hash for an immortal one
 * @param tip planck for the block's author
 */
public record SigningContext(
        Hash genesis, RuntimeVersion version, long nonce, Era era, Hash eraBlock, BigInteger tip) {}
