package stella.devchain.host;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.digests.KeccakDigest;
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

    static void addTo(HostTable table) {
        hash(table, "blake2_128", Blake2::blake2b128);
        hash(table, "blake2_256", Blake2::blake2b256);
        hash(table, "twox_64", Twox::twox64);
        hash(table, "twox_128", Twox::twox128);
        hash(table, "twox_256", Twox::twox256);
        hash(table, "keccak_256", data -> keccak(256, data));
        hash(table, "keccak_512", data -> keccak(512, data));
        hash(table, "sha2_256", data -> Digests.sha256(data).toArray());
        table.function(
                        "ext_trie_blake2_256_ordered_root_version_1",
                        "I:i",
                        (guest, a) -> guest.givePointer(
                                orderedRoot(guest, a[0], StateVersion.V0).toArray()))
                .function(
                        "ext_trie_blake2_256_ordered_root_version_2",
                        "Ii:i",
                        (guest, a) -> guest.givePointer(orderedRoot(guest, a[0], StateVersion.of((int) a[1]))
                                .toArray()))
                .function(
                        "ext_trie_blake2_256_root_version_1",
                        "I:i",
                        (guest, a) -> guest.givePointer(
                                root(guest, a[0], StateVersion.V0).toArray()))
                .function(
                        "ext_trie_blake2_256_root_version_2",
                        "Ii:i",
                        (guest, a) -> guest.givePointer(
                                root(guest, a[0], StateVersion.of((int) a[1])).toArray()));
    }

    private static void hash(HostTable table, String name, UnaryOperator<byte[]> function) {
        table.function(
                "ext_hashing_" + name + "_version_1",
                "I:i",
                (guest, a) -> guest.givePointer(function.apply(guest.array(a[0]))));
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
