package stella.devchain.chain;

import java.util.List;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * A block as it travels.
 *
 * @param extrinsics opaque and encoded, each with its length in front
 */
public record Block(Header header, List<Bytes> extrinsics) {
    public Block {
        extrinsics = List.copyOf(extrinsics);
    }

    public Hash hash() {
        return header.hash();
    }

    public long number() {
        return header.number();
    }

    /** The argument of {@code Core_execute_block}. */
    public Bytes encode() {
        return new ScaleWriter()
                .raw(header.encode())
                .sequence(extrinsics, ScaleWriter::raw)
                .toBytes();
    }
}
