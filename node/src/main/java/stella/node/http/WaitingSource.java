package stella.node.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import stella.protocol.Bytes;
import stella.protocol.cid.BlockSource;
import stella.protocol.cid.Cid;
import stella.protocol.cid.MalformedException;
import stella.protocol.unixfs.Link;
import stella.protocol.unixfs.Links;

/**
 * Turns a {@link BlockSupply} into the source that a reader of content waits for, and asks for the next blocks before the reader does:
 * when a block has been read, its links are known, and who asks for one of them will ask for its followers.
 *
 * <p>Belongs to one reader on one thread at a time. Keeps at most {@code ahead} answers that nobody has asked for yet.
 */
final class WaitingSource implements BlockSource {
    /** Parents whose links are remembered: a file is read along one way from its root, so a few are enough. */
    private static final int PARENTS_MAX = 8;

    private final BlockSupply supply;
    private final Optional<String> root;
    private final Duration deadline;
    private final int ahead;
    private final Deque<List<Cid>> parents = new ArrayDeque<>();
    private final Map<Cid, CompletableFuture<BlockSupply.Supplied>> asked = new HashMap<>();

    /** @param deadline for one block */
    WaitingSource(BlockSupply supply, Optional<String> root, Duration deadline, int ahead) {
        this.supply = supply;
        this.root = root;
        this.deadline = deadline;
        this.ahead = ahead;
    }

    @Override
    public Optional<Bytes> block(Cid cid) throws IOException {
        CompletableFuture<BlockSupply.Supplied> wanted = asked.remove(cid);
        if (wanted == null) wanted = ask(cid);
        askAhead(cid);
        return switch (await(cid, wanted)) {
            case BlockSupply.Supplied.Block(Bytes data) -> {
                remember(cid, data);
                yield Optional.of(data);
            }
            case BlockSupply.Supplied.Refused refused -> throw new NotSuppliedException(refused);
        };
    }

    private CompletableFuture<BlockSupply.Supplied> ask(Cid cid) {
        return supply.block(cid.toString(), root).toCompletableFuture();
    }

    private BlockSupply.Supplied await(Cid cid, CompletableFuture<BlockSupply.Supplied> wanted) throws IOException {
        try {
            return wanted.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return new BlockSupply.Supplied.Refused(
                    BlockSupply.Reason.UNREACHABLE,
                    "block " + cid + " did not come within " + deadline.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IOException("block " + cid + " cannot be asked for", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for block " + cid, e);
        }
    }

    /** Asks for the followers of {@code cid} in the youngest parent that links to it. */
    private void askAhead(Cid cid) {
        for (List<Cid> children : parents) {
            int at = children.indexOf(cid);
            if (at < 0) continue;
            List<Cid> next = children.subList(at + 1, Math.min(children.size(), at + 1 + ahead));
            // What the reader jumped over it will not ask for any more.
            asked.keySet().retainAll(next);
            for (Cid follower : next) asked.computeIfAbsent(follower, this::ask);
            return;
        }
    }

    private void remember(Cid cid, Bytes data) {
        List<Cid> children;
        try {
            if (!cid.matches(data)) return;
            children = Links.of(cid, data).stream()
                    .map(Link::cid)
                    .filter(link -> !link.isIdentity())
                    .toList();
        } catch (MalformedException e) {
            return;
        }
        if (children.isEmpty()) return;
        if (parents.size() == PARENTS_MAX) parents.removeLast();
        parents.addFirst(new ArrayList<>(children));
    }
}
