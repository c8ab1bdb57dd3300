package stella.gateway.client;

import java.util.List;
import stella.gateway.crypto.Blake2;
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

    public Header {
        digest = List.copyOf(digest);
    }

    /** The block's identity, computed from what the header says, so that a node cannot name another one. */
    public Hash hash() {
        ScaleWriter writer = new ScaleWriter(256)
                .raw(parent.bytes())
                .compact(number)
                .raw(stateRoot.bytes())
                .raw(extrinsicsRoot.bytes())
                .sequence(digest, ScaleWriter::raw);
        return Hash.of(Blake2.blake2b256(writer.toArray()));
    }

    public BlockRef ref() {
        return new BlockRef(number, hash(), parent);
    }

    /** Whether the block after this one runs another runtime. */
    public boolean changesRuntime() {
        return digest.stream().anyMatch(item -> !item.isEmpty() && item.at(0) == RUNTIME_UPDATED);
    }
}
