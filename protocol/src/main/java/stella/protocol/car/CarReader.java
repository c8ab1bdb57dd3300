package stella.protocol.car;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.cid.BlockSource;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Cursor;
import stella.protocol.cid.MalformedException;
import stella.protocol.cid.Multihash;

/**
 * Reads a CAR from left to right, one block in memory at a time. CARv1, and the payload of CARv2 (its index is ignored). Blocks are
 * not checked against their CIDs here: {@link Section#sound} does.
 */
public final class CarReader {
    private static final Bytes V2_PRAGMA = Bytes.hex("a16776657273696f6e02");
    private static final int V2_HEADER_BYTES = 40;
    /** A block of the largest size with the longest CID that is read. */
    private static final int SECTION_BYTES_MAX = BlockSource.BLOCK_BYTES_MAX + Multihash.DIGEST_MAX + 32;

    private final InputStream in;
    private final List<Cid> roots;
    private int version = 1;
    private long position;
    private long end = Long.MAX_VALUE;

    /**
     * Reads the header.
     *
     * @throws CarException when the stream does not begin like a CAR
     */
    public CarReader(InputStream in) throws IOException {
        this.in = in;
        Bytes first = headerBytes();
        if (first.equals(V2_PRAGMA)) {
            version = 2;
            enterVersion2();
            first = headerBytes();
        }
        try {
            this.roots = CarHeader.decode(first).roots();
        } catch (MalformedException e) {
            throw new CarException(e.reason());
        }
    }

    /** 1 or 2; only version 1 is a piece. */
    public int version() {
        return version;
    }

    public List<Cid> roots() {
        return roots;
    }

    /** The only root. */
    public Cid root() throws CarException {
        if (roots.size() != 1)
            throw new CarException("the CAR has " + roots.size() + " roots; a piece has exactly one");
        return roots.getFirst();
    }

    /** Position of the next section from the start of the file. */
    public long position() {
        return position;
    }

    /**
     * One block of a CAR.
     *
     * @param start where its section begins in the file
     * @param blockStart where its bytes begin in the file
     */
    public record Section(long start, long blockStart, Cid cid, Bytes block) {
        /** Whether the bytes are those that the CID names. */
        public boolean sound() {
            return cid.matches(block);
        }
    }

    /** The next block, or empty at the end. */
    public Optional<Section> next() throws IOException {
        long start = position;
        long length = length(SECTION_BYTES_MAX, true);
        if (length < 0) return Optional.empty();
        Bytes section = take((int) length);
        try {
            Cursor cursor = new Cursor(section);
            Cid cid = Cid.read(cursor);
            if (cursor.remaining() > BlockSource.BLOCK_BYTES_MAX)
                throw new MalformedException(
                        "it has " + cursor.remaining() + " bytes; blocks have at most " + BlockSource.BLOCK_BYTES_MAX);
            return Optional.of(new Section(start, position - cursor.remaining(), cid, cursor.take(cursor.remaining())));
        } catch (MalformedException e) {
            throw new CarException("the CAR has a malformed block at byte " + start + ": " + e.reason());
        }
    }

    private Bytes headerBytes() throws IOException {
        return take((int) length(CarHeader.BYTES_MAX, false));
    }

    private void enterVersion2() throws IOException {
        ByteBuffer header = ByteBuffer.wrap(take(V2_HEADER_BYTES).toArray()).order(ByteOrder.LITTLE_ENDIAN);
        long dataOffset = header.getLong(16);
        long dataSize = header.getLong(24);
        if (dataOffset < position || dataSize <= 0 || dataOffset > Long.MAX_VALUE - dataSize)
            throw new CarException("the CARv2 header names a payload of " + dataSize + " bytes at " + dataOffset);
        in.skipNBytes(dataOffset - position);
        position = dataOffset;
        end = dataOffset + dataSize;
    }

    /** The varint before a section; -1 at the end where one may be. */
    private long length(int max, boolean endAllowed) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int b = position == end ? -1 : in.read();
            if (b < 0) {
                if (endAllowed && shift == 0) return -1;
                throw new CarException("the CAR ends at byte " + position + " in the middle of a length");
            }
            position++;
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                if (value == 0 || value > max || (b == 0 && shift > 0))
                    throw new CarException("the CAR has a section of " + value + " bytes before byte " + position
                            + "; allowed are 1 to " + max);
                return value;
            }
        }
        throw new CarException("the CAR has a length of more than 9 bytes before byte " + position);
    }

    private Bytes take(int length) throws IOException {
        if (length > end - position)
            throw new CarException(
                    "the CAR ends at byte " + end + " in the middle of a section of " + length + " bytes");
        byte[] bytes = in.readNBytes(length);
        position += bytes.length;
        if (bytes.length < length)
            throw new CarException(
                    "the CAR ends at byte " + position + " in the middle of a section of " + length + " bytes");
        return Bytes.owning(bytes);
    }
}
