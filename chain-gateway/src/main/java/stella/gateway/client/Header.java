package stella.gateway.client;

import java.util.List;
import stella.gateway.crypto.Blake2;
import stella.gateway.scale.ScaleException;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * The header of a block.
 *
 * @param digest items as they are encoded
 */
public record Header(long number, Hash parent, Hash stateRoot, Hash extrinsicsRoot, List<Bytes> digest) {
    /** First byte of the digest item that says: from the next block on there is another runtime. */
    private static final int RUNTIME_UPDATED = 8;

    private static final int DIGEST_ITEMS_MAX = 1024;

    public Header {
        digest = List.copyOf(digest);
    }

    /**
     * Reads a header as it is encoded.
     *
     * @throws stella.gateway.scale.ScaleException when it is none
     */
    static Header decode(Bytes encoded) {
        ScaleReader in = new ScaleReader(encoded);
        Hash parent = new Hash(in.raw(Hash.LENGTH));
        long number = in.compact();
        Hash stateRoot = new Hash(in.raw(Hash.LENGTH));
        Hash extrinsicsRoot = new Hash(in.raw(Hash.LENGTH));
        List<Bytes> digest = in.sequence(DIGEST_ITEMS_MAX, item -> digestItem(item, encoded));
        in.end();
        return new Header(number, parent, stateRoot, extrinsicsRoot, digest);
    }

    private static Bytes digestItem(ScaleReader in, Bytes encoded) {
        int from = in.position();
        int kind = in.u8();
        switch (kind) {
            case 4, 5, 6 -> { // consensus, seal, pre-runtime: the engine's name and its data
                in.raw(4);
                in.bytes(in.remaining());
            }
            case 0 -> in.bytes(in.remaining());
            case RUNTIME_UPDATED -> {}
            default -> throw new ScaleException("a digest item of unknown kind " + kind, from);
        }
        return encoded.slice(from, in.position());
    }

    /** The block's identity, computed from what the header says, so that a node cannot name another one. */
    public Hash hash() {
        return Hash.of(Blake2.blake2b256(encoded().toArray()));
    }

    Bytes encoded() {
        return new ScaleWriter(256)
                .raw(parent.bytes())
                .compact(number)
                .raw(stateRoot.bytes())
                .raw(extrinsicsRoot.bytes())
                .sequence(digest, ScaleWriter::raw)
                .toBytes();
    }

    public BlockRef ref() {
        return new BlockRef(number, hash(), parent);
    }

    /** Whether the block after this one runs another runtime. */
    public boolean changesRuntime() {
        return digest.stream().anyMatch(item -> !item.isEmpty() && item.at(0) == RUNTIME_UPDATED);
    }
}
