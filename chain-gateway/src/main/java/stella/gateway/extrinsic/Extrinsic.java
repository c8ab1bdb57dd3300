package stella.gateway.extrinsic;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import stella.gateway.metadata.Value;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * A transaction as it stands in a block.
 *
 * @param hash BLAKE2b-256 of its encoding with the length before it
 * @param form 4 or 5
 * @param signed empty for inherents and other unsigned ones
 * @param extensions what its extensions carry, by name; empty for inherents
 * @param arguments of the call by name
 */
public record Extrinsic(
        Hash hash,
        int form,
        Optional<Signed> signed,
        Map<String, Value> extensions,
        String pallet,
        String call,
        Map<String, Value> arguments,
        Bytes encodedCall) {

    /** Who signed, and what the signature was bound to. */
    public record Signed(AccountId signer, Value signature, long nonce, Era era, BigInteger tip) {}
}
