package stella.protocol.piece;

import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.cid.Cursor;
import stella.protocol.cid.MalformedException;
import stella.protocol.cid.Multihash;
import stella.protocol.cid.Varint;

/**
 * A piece: one CAR, named by the commitment to its Fr32-padded bytes (clause CT-2).
 *
 * @param root root of the binary SHA-256 tree (254-bit truncation) over leaves of 32 bytes
 * @param height levels above the leaves; the padded size is {@code 32 << height} bytes; 2 to 50
 * @param padding zero bytes that follow the payload before Fr32 expansion (FRC-0069)
 */
public record Piece(Hash root, int height, long padding) {
    public static final int HEIGHT_MIN = 2;
    public static final int HEIGHT_MAX = 50;

    public Piece {
        if (height < HEIGHT_MIN || height > HEIGHT_MAX)
            throw new IllegalArgumentException("a piece's height is 2 to 50, not " + height);
        if (padding < 0 || padding > capacity(height))
            throw new IllegalArgumentException("a piece of height " + height + " has a padding of 0 to "
                    + capacity(height) + " bytes, not " + padding);
    }

    /** Bytes of payload that a piece of this height can hold: 127 of each 128 padded bytes. */
    public static long capacity(int height) {
        return (32L << height) / 128 * 127;
    }

    /** The height of the smallest piece that holds {@code payload} bytes. */
    public static int heightFor(long payload) {
        int height = HEIGHT_MIN;
        while (height < HEIGHT_MAX && capacity(height) < payload) height++;
        if (payload < 0 || capacity(height) < payload)
            throw new IllegalArgumentException("a piece has 0 to " + capacity(HEIGHT_MAX) + " bytes, not " + payload);
        return height;
    }

    /** Leaves that hold any data; only these are challenged (clause PP-1). 0 for a piece that is all padding. */
    public long leafCount() {
        return (1L << height) - 128 * padding / 127 / Hash.LENGTH;
    }

    /** The piece CID of version 2, which says everything (FRC-0069): raw codec, multihash {@code padding height root}. */
    public Cid cid() {
        Bytes digest = Bytes.concat(Varint.encode(padding), Bytes.of((byte) height), root.bytes());
        return Cid.v1(Codec.RAW, new Multihash(Multihash.FR32_SHA256_TRUNC254_PADBINTREE, digest));
    }

    /** The piece CID of version 1, the root alone: it always travels with {@link #paddedSize}. */
    public Cid cidV1() {
        return Cid.v1(Codec.FIL_COMMITMENT_UNSEALED, new Multihash(Multihash.SHA2_256_TRUNC254_PADDED, root.bytes()));
    }

    /**
     * Reads a piece CID of version 2.
     *
     * @throws MalformedException when it is another CID or its parts do not fit together
     */
    public static Piece of(Cid cid) {
        if (cid.codec() == Codec.FIL_COMMITMENT_UNSEALED)
            throw new MalformedException(
                    "the piece CID " + cid + " is of version 1, which does not say the size; version 2 is needed");
        if (cid.codec() != Codec.RAW || cid.hash().code() != Multihash.FR32_SHA256_TRUNC254_PADBINTREE)
            throw new MalformedException("the CID " + cid + " names no piece");
        Cursor in = new Cursor(cid.hash().digest());
        long padding = in.varint();
        int height = in.u8();
        Bytes root = in.take(Hash.LENGTH);
        in.expectEnd("a piece's root");
        if (height < HEIGHT_MIN || height > HEIGHT_MAX || padding > capacity(height))
            throw new MalformedException("the piece CID states height " + height + " and padding " + padding
                    + "; allowed are heights " + HEIGHT_MIN + " to " + HEIGHT_MAX + " and a padding below the size");
        return new Piece(new Hash(root), height, padding);
    }

    /** Reads the text of a piece CID of version 2. */
    public static Piece parse(String text) {
        return of(Cid.parse(text));
    }

    /** Bytes of the Fr32-padded piece; a power of two. */
    public long paddedSize() {
        return 32L << height;
    }

    /** Bytes of the payload, usually a CAR. */
    public long payloadSize() {
        return capacity(height) - padding;
    }
}
