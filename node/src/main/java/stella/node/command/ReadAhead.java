package stella.node.command;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;
import stella.protocol.cid.BlockSource;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.cid.MalformedException;
import stella.protocol.unixfs.DagPb;
import stella.protocol.unixfs.Link;

/**
 * Asks a slow source for the blocks that a reader will want next, so that their ways overlap. The reader goes depth first; from the
 * links of each block it got, this knows what comes. It begins to ask ahead when the reader takes a link, right after that link: so
 * the start of a file whose end is read is not fetched.
 *
 * <p>At most {@value #FETCHES_MAX} blocks are kept. One thread reads.
 */
final class ReadAhead implements BlockSource, AutoCloseable {
    private static final int AHEAD = 8;
    private static final int FETCHES_MAX = 32;
    private static final int EXPECTED_MAX = 1 << 16;

    private final BlockSource source;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /** What the reader will want, in its order. */
    private final Deque<Cid> expected = new ArrayDeque<>();
    /** Blocks on their way or here, the oldest first. */
    private final Map<Cid, Future<Optional<Bytes>>> fetches = new LinkedHashMap<>();

    ReadAhead(BlockSource source) {
        this.source = source;
    }

    @Override
    public Optional<Bytes> block(Cid cid) throws IOException {
        boolean wasExpected = advanceTo(cid);
        Future<Optional<Bytes>> fetch = fetches.remove(cid);
        // The others set out before this one is waited for.
        if (wasExpected) askAhead();
        Optional<Bytes> block = fetch == null ? source.block(cid) : result(fetch);
        if (block.isPresent()) expectLinks(cid, block.get());
        return block;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Whatever the reader passed over it will not come back to. */
    private boolean advanceTo(Cid cid) {
        if (!expected.contains(cid)) return false;
        while (!cid.equals(expected.poll())) {
            // passed over
        }
        return true;
    }

    /** A block that is not what its CID says is none of a reader's: it will complain. */
    private void expectLinks(Cid cid, Bytes block) {
        if (cid.codec() != Codec.DAG_PB || !cid.matches(block)) return;
        try {
            List<Link> links = DagPb.decode(block).links();
            for (Link link : links.reversed()) if (!link.cid().isIdentity()) expected.push(link.cid());
        } catch (MalformedException e) {
            return;
        }
        while (expected.size() > EXPECTED_MAX) expected.removeLast();
    }

    private void askAhead() {
        Iterator<Cid> next = expected.iterator();
        for (int i = 0; i < AHEAD && next.hasNext(); i++) {
            Cid cid = next.next();
            fetches.computeIfAbsent(cid, wanted -> threads.submit(() -> source.block(wanted)));
        }
        for (Iterator<Future<Optional<Bytes>>> oldest = fetches.values().iterator();
                fetches.size() > FETCHES_MAX && oldest.hasNext(); ) {
            oldest.next().cancel(true);
            oldest.remove();
        }
    }

    private static Optional<Bytes> result(Future<Optional<Bytes>> fetch) throws IOException {
        try {
            return fetch.get();
        } catch (ExecutionException e) {
            @Nullable Throwable cause = e.getCause();
            if (cause instanceof IOException failure) throw failure;
            if (cause instanceof RuntimeException failure) throw failure;
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
