package stella.protocol.piece;

import stella.protocol.Hash;

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

    /** Bytes of the Fr32-padded piece; a power of two. */
    public long paddedSize() {
        return 32L << height;
    }

    /** Bytes of the payload, usually a CAR. */
    public long payloadSize() {
        return capacity(height) - padding;
    }
}
