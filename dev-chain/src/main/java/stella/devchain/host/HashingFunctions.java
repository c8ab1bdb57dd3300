package stella.devchain.host;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.jspecify.annotations.Nullable;
import stella.devchain.trie.StateVersion;
import stella.devchain.trie.Trie;
import stella.gateway.crypto.Blake2;
import stella.gateway.crypto.Twox;
import stella.gateway.scale.ScaleReader;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;

/** {@code ext_hashing_*} and the roots of lists, {@code ext_trie_*}. */
final class HashingFunctions {
    private HashingFunctions() {}

    static @Nullable HostEntry find(String name) {
        return switch (name) {
            case "ext_hashing_blake2_128_version_1" -> hash(Blake2::blake2b128);
            case "ext_hashing_blake2_256_version_1" -> hash(Blake2::blake2b256);
            case "ext_hashing_twox_64_version_1" -> hash(Twox::twox64);
            case "ext_hashing_twox_128_version_1" -> hash(Twox::twox128);
            case "ext_hashing_twox_256_version_1" -> hash(Twox::twox256);
            case "ext_hashing_keccak_256_version_1" -> hash(data -> keccak(256, data));
            case "ext_hashing_keccak_512_version_1" -> hash(data -> keccak(512, data));
            case "ext_hashing_sha2_256_version_1" ->
                hash(data -> Digests.sha256(data).toArray());
            case "ext_trie_blake2_256_ordered_root_version_1" ->
                root("I", (guest, a) -> orderedRoot(guest, a[0], StateVersion.V0));
            case "ext_trie_blake2_256_ordered_root_version_2" ->
                root("Ii", (guest, a) -> orderedRoot(guest, a[0], StateVersion.of((int) a[1])));
            case "ext_trie_blake2_256_root_version_1" -> root("I", (guest, a) -> root(guest, a[0], StateVersion.V0));
            case "ext_trie_blake2_256_root_version_2" ->
                root("Ii", (guest, a) -> root(guest, a[0], StateVersion.of((int) a[1])));
            default -> null;
        };
    }

    private interface Root {
        Hash of(Guest guest, long[] arguments);
    }

    private static HostEntry hash(UnaryOperator<byte[]> function) {
        return HostEntry.function("I:i", (guest, a) -> guest.givePointer(function.apply(guest.array(a[0]))));
    }

    private static HostEntry root(String parameters, Root root) {
        return HostEntry.function(
                parameters + ":i",
                (guest, a) -> guest.givePointer(root.of(guest, a).toArray()));
    }

    private static byte[] keccak(int bits, byte[] data) {
        KeccakDigest digest = new KeccakDigest(bits);
        digest.update(data, 0, data.length);
        byte[] hash = new byte[bits / 8];
        digest.doFinal(hash, 0);
        return hash;
    }

    /** {@code Vec<Vec<u8>>} under the compact encodings of its positions. */
    private static Hash orderedRoot(Guest guest, long list, StateVersion version) {
        byte[] encoded = guest.array(list);
        List<Bytes> values = new ScaleReader(encoded).sequence(encoded.length, item -> item.bytes(encoded.length));
        return Trie.orderedRoot(values, version);
    }

    /** {@code Vec<(Vec<u8>, Vec<u8>)>}. */
    private static Hash root(Guest guest, long list, StateVersion version) {
        byte[] encoded = guest.array(list);
        ScaleReader reader = new ScaleReader(encoded);
        Trie trie = Trie.EMPTY;
        for (int left = reader.length(encoded.length, 2); left > 0; left--)
            trie = trie.put(reader.bytes(encoded.length), reader.bytes(encoded.length), version);
        return trie.root();
    }
}
