package stella.node.content;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.cid.BlockSource;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Cursor;
import stella.protocol.cid.MalformedException;
import stella.protocol.cid.Multihash;

/** Sections of a file (length, CID, block, as in a CAR) found by an index. Blocks are not verified: readers do that. */
final class IndexedBlocks implements BlockSource {
    /** Enough for the length, the longest CID and not a byte of most blocks. */
    private static final int HEAD_BYTES = 16 + Multihash.DIGEST_MAX + 32;

    private final FileChannel channel;
    private final BlockIndex index;

    IndexedBlocks(FileChannel channel, BlockIndex index) {
        this.channel = channel;
        this.index = index;
    }

    /** The beginning of a section: which block, and where its bytes lie. */
    private record Head(Cid cid, long blockStart, int blockLength) {}

    /** Any block with these bytes: a raw and a dag-pb CID of one multihash name the same. */
    @Override
    public Optional<Bytes> block(Cid cid) throws IOException {
        long position = index.find(cid.hash(), at -> head(at).cid().hash().equals(cid.hash()));
        if (position < 0) return Optional.empty();
        Head head = head(position);
        return Optional.of(Bytes.owning(read(channel, head.blockStart(), head.blockLength())));
    }

    /** Whether the file has a block under exactly this CID. */
    boolean contains(Cid cid) throws IOException {
        return index.find(cid.hash(), at -> head(at).cid().equals(cid)) >= 0;
    }

    private Head head(long position) throws IOException {
        int length = (int) Math.min(HEAD_BYTES, channel.size() - position);
        Bytes start = Bytes.owning(read(channel, position, length));
        try {
            Cursor in = new Cursor(start);
            long section = in.varint();
            int cidStart = in.position();
            Cid cid = Cid.read(in);
            long block = section - (in.position() - cidStart);
            if (block < 0 || block > BLOCK_BYTES_MAX) throw new MalformedException("a block of " + block + " bytes");
            return new Head(cid, position + in.position(), (int) block);
        } catch (MalformedException e) {
            throw new IOException("the file is damaged at byte " + position + ": " + e.reason(), e);
        }
    }

    static byte[] read(FileChannel channel, long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        read(channel, position, ByteBuffer.wrap(bytes));
        return bytes;
    }

    static void read(FileChannel channel, long position, ByteBuffer target) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count < 0)
                throw new EOFException("the file ends at byte " + at + ", " + target.remaining() + " bytes too early");
            at += count;
        }
    }
}
