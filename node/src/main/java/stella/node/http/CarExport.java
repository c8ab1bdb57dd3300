package stella.node.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import stella.protocol.Bytes;
import stella.protocol.car.CarHeader;
import stella.protocol.car.DepthFirst;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Varint;
import stella.protocol.unixfs.ContentReader;

/**
 * A DAG as the sections of a CARv1, depth first without duplicates, one at a time (FE-1). Every block is checked before it is handed
 * on (FE-2).
 */
final class CarExport {
    /** Blocks of one answer: what it remembers to leave out duplicates is bounded by it. */
    private static final int BLOCKS_MAX = 1 << 20;

    private final ContentReader reader;
    private final Deque<Cid> way;
    private final DepthFirst order;
    private final Set<Cid> sent = new HashSet<>();
    private Optional<Bytes> header;

    /**
     * @param way blocks from the root to the target of the path, the target excluded
     * @param whole all blocks below {@code target}; else itself alone
     */
    CarExport(ContentReader reader, Cid root, List<Cid> way, Cid target, boolean whole) {
        this.reader = reader;
        this.way = new ArrayDeque<>(way);
        this.header = Optional.of(new CarHeader(List.of(root)).encode());
        this.order = new DepthFirst(target, whole ? sent::contains : cid -> !cid.equals(target) || sent.contains(cid));
    }

    /** The next bytes, or empty at the end. */
    Optional<ByteString> next() throws IOException {
        if (header.isPresent()) {
            Bytes first = header.get();
            header = Optional.empty();
            return Optional.of(ByteString.fromArrayUnsafe(first.toArray()));
        }
        while (!way.isEmpty()) {
            Cid cid = way.removeFirst();
            if (!cid.isIdentity() && sent.add(cid)) return Optional.of(section(cid, reader.block(cid)));
        }
        Optional<Cid> next = order.next();
        if (next.isEmpty()) return Optional.empty();
        if (sent.size() >= BLOCKS_MAX) throw new IOException("the DAG has more than " + BLOCKS_MAX + " blocks");
        Bytes block = reader.block(next.get());
        sent.add(next.get());
        order.enter(next.get(), block);
        return Optional.of(section(next.get(), block));
    }

    private static ByteString section(Cid cid, Bytes block) throws IOException {
        Bytes name = cid.toBytes();
        ByteArrayOutputStream out = new ByteArrayOutputStream(10 + name.length() + block.length());
        Varint.encode((long) name.length() + block.length()).writeTo(out);
        name.writeTo(out);
        block.writeTo(out);
        return ByteString.fromArrayUnsafe(out.toByteArray());
    }
}
