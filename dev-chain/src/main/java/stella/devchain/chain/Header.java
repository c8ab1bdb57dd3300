package stella.devchain.chain;

import java.util.List;
import stella.gateway.scale.ScaleException;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;

/**
 * The header of a block; its hash is the block's identity.
 *
 * @param digest the encoded digest items
 */
public record Header(Hash parentHash, long number, Hash stateRoot, Hash extrinsicsRoot, List<Bytes> digest) {
    private static final int DIGEST_ITEMS_MAX = 64;
    private static final int DIGEST_ITEM_BYTES_MAX = 1 << 20;

    public Header {
        digest = List.copyOf(digest);
    }

    public Hash hash() {
        return Digests.blake2b256(encode());
    }

    public Bytes encode() {
        return new ScaleWriter(160)
                .raw(parentHash.bytes())
                .compact(number)
                .raw(stateRoot.bytes())
                .raw(extrinsicsRoot.bytes())
                .sequence(digest, ScaleWriter::raw)
                .toBytes();
    }

    /** @throws stella.gateway.scale.ScaleException when {@code encoded} is no header */
    public static Header decode(Bytes encoded) {
        ScaleReader in = new ScaleReader(encoded);
        Header header = read(in, encoded);
        in.end();
        return header;
    }

    static Header read(ScaleReader in, Bytes all) {
        return new Header(
                new Hash(in.raw(Hash.LENGTH)),
                in.compact(),
                new Hash(in.raw(Hash.LENGTH)),
                new Hash(in.raw(Hash.LENGTH)),
                in.sequence(DIGEST_ITEMS_MAX, item -> digestItem(item, all)));
    }

    /** Items are kept encoded: Other 0, Consensus 4, Seal 5, PreRuntime 6, RuntimeEnvironmentUpdated 8. */
    private static Bytes digestItem(ScaleReader in, Bytes all) {
        int from = in.position();
        int kind = in.u8();
        switch (kind) {
            case 0 -> in.bytes(DIGEST_ITEM_BYTES_MAX);
            case 4, 5, 6 -> {
                in.raw(4);
                in.bytes(DIGEST_ITEM_BYTES_MAX);
            }
            case 8 -> {}
            default -> throw new ScaleException("a digest item of unknown kind " + kind, from);
        }
        return all.slice(from, in.position());
    }
}
