package stella.protocol.unixfs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;

/**
 * A range of a file, block by block in order. A part is checked against the size its parent states, parts without bytes are not
 * visited, and depth and open links are bounded: so a hostile DAG costs no more than the bytes it delivers.
 *
 * <p>After an exception about a block the stream may be read on: the same block is asked for again, which lets a reader change its
 * source in the middle of a file.
 */
public final class FileStream extends InputStream {
    private static final int DEPTH_MAX = 64;
    private static final int PENDING_MAX = 1 << 17;
    private static final long UNKNOWN = -1;

    /** A part of the file not yet visited: it begins at byte {@code start} and must have {@code size} bytes. */
    private record Part(Cid cid, long start, long size, int depth) {}

    private final ContentReader reader;
    private final Deque<Part> pending = new ArrayDeque<>();
    private final long from;
    private final long to;
    private final long size;
    private Bytes current = Bytes.EMPTY;
    private int currentAt;

    FileStream(ContentReader reader, Cid file, long from, long to) throws IOException {
        if (from < 0 || to < from)
            throw new IllegalArgumentException("bytes " + from + " to " + to + " are no range of a file");
        this.reader = reader;
        this.from = from;
        this.to = to;
        this.size = visit(new Part(file, 0, UNKNOWN, 0));
    }

    /** Bytes of the whole file. */
    public long size() {
        return size;
    }

    /** Bytes that this stream delivers in all. */
    public long length() {
        return Math.max(0, Math.min(to, size) - from);
    }

    /** The next bytes as they lie in one block, or empty at the end: no copy on the way. */
    public Optional<Bytes> nextPart() throws IOException {
        while (currentAt == current.length()) {
            Part next = pending.peek();
            if (next == null) return Optional.empty();
            pending.pop();
            try {
                visit(next);
            } catch (IOException e) {
                pending.push(next);
                throw e;
            }
        }
        Bytes part = currentAt == 0 ? current : current.slice(currentAt, current.length());
        currentAt = current.length();
        return Optional.of(part);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (currentAt == current.length()) {
            Optional<Bytes> part = nextPart();
            if (part.isEmpty()) return -1;
            current = part.get();
            currentAt = 0;
        }
        int count = Math.min(length, current.length() - currentAt);
        current.copyTo(currentAt, currentAt + count, target, offset);
        currentAt += count;
        return count;
    }

    /** Reads one block: its own bytes become current, its children pending. Returns the bytes of file below it. */
    private long visit(Part part) throws IOException {
        return switch (reader.node(part.cid())) {
            case Node.Leaf leaf -> {
                checkSize(part, leaf.payload().length());
                take(leaf.payload(), part.start());
                yield leaf.payload().length();
            }
            case Node.Tree tree -> visitTree(part, tree);
        };
    }

    private long visitTree(Part part, Node.Tree tree) throws IOException {
        UnixFs data = tree.data();
        if (data.type() != UnixFs.Type.FILE && data.type() != UnixFs.Type.RAW) {
            if (part.depth() > 0) throw malformed(part, "a file has a part that is no file");
            throw new ContentException.NoSuchPath(part.cid() + " is no file");
        }
        if (tree.links().size() != data.blockSizes().size())
            throw malformed(
                    part,
                    tree.links().size() + " links, but " + data.blockSizes().size() + " sizes");
        if (part.depth() == DEPTH_MAX) throw malformed(part, "a file is deeper than " + DEPTH_MAX + " blocks");
        long size = ContentReader.fileSize(part.cid(), data);
        checkSize(part, size);
        if (part.start() > Long.MAX_VALUE - size) throw malformed(part, "a file has more than 2^63 bytes");
        Deque<Part> children = new ArrayDeque<>();
        long start = part.start() + data.data().length();
        for (int i = 0; i < tree.links().size(); i++) {
            long childSize = data.blockSizes().get(i);
            if (childSize > 0 && start < to && start + childSize > from)
                children.push(new Part(tree.links().get(i).cid(), start, childSize, part.depth() + 1));
            start += childSize;
        }
        if (children.size() + pending.size() > PENDING_MAX)
            throw malformed(part, "more than " + PENDING_MAX + " links are open at once");
        children.forEach(pending::push);
        take(data.data(), part.start());
        return size;
    }

    private void checkSize(Part part, long size) throws IOException {
        if (part.size() != UNKNOWN && part.size() != size)
            throw malformed(part, "its parent states " + part.size() + " bytes, it has " + size);
    }

    private void take(Bytes payload, long start) {
        long first = Math.max(from - start, 0);
        long last = Math.min(to - start, payload.length());
        current = payload;
        currentAt = payload.length();
        if (first >= last) return;
        current = last == payload.length() ? payload : payload.slice(0, (int) last);
        currentAt = (int) first;
    }

    private static ContentException malformed(Part part, String reason) {
        return new ContentException.MalformedDag(part.cid(), reason);
    }

    /** Reads exactly the range this stream was opened for; for ranges that fit into memory. */
    public Bytes readRange() throws IOException {
        if (length() > Integer.MAX_VALUE - 16) throw new IOException(length() + " bytes do not fit into one array");
        byte[] all = new byte[(int) length()];
        if (readNBytes(all, 0, all.length) != all.length) throw new EOFException("the file ended early");
        return Bytes.owning(all);
    }
}
