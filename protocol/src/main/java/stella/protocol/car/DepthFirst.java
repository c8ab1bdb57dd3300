package stella.protocol.car;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.MalformedException;
import stella.protocol.unixfs.Link;
import stella.protocol.unixfs.Links;

/**
 * The order of blocks in a piece (clause CT-2): from the root, each block before the blocks it links to, links in their order, no
 * block twice. The same walk drives the writer of a piece and the check of a received one.
 *
 * <p>Blocks whose bytes stand in their CID are walked through but are no part of the order. Depth and the links that are open at once
 * are bounded, whatever a hostile DAG looks like.
 */
public final class DepthFirst {
    private static final int DEPTH_MAX = 512;
    private static final int OPEN_LINKS_MAX = 1 << 18;

    /** Says which blocks were walked already. */
    @FunctionalInterface
    public interface Seen {
        boolean seen(Cid cid) throws IOException;
    }

    private record Level(Iterator<Link> rest, int links) {}

    private final Seen seen;
    private final Deque<Level> open = new ArrayDeque<>();
    private int openLinks;

    public DepthFirst(Cid root, Seen seen) {
        this.seen = seen;
        enter(List.of(new Link(root, "", 0)));
    }

    /**
     * The block that comes next, or empty when the DAG is complete. The caller tells its bytes by {@link #enter} before asking again,
     * and from then on {@link Seen} knows it.
     *
     * @throws CarException when the DAG is deeper or wider than this walk allows, or a block inlined in a CID is malformed
     */
    public Optional<Cid> next() throws IOException {
        while (true) {
            Level level = open.peek();
            if (level == null) return Optional.empty();
            if (!level.rest().hasNext()) {
                open.pop();
                openLinks -= level.links();
                continue;
            }
            Cid cid = level.rest().next().cid();
            if (cid.isIdentity()) enter(cid, cid.hash().digest());
            else if (!seen.seen(cid)) return Optional.of(cid);
        }
    }

    /** Goes down into the block that {@link #next} named. */
    public void enter(Cid cid, Bytes block) throws IOException {
        List<Link> links;
        try {
            links = Links.of(cid, block);
        } catch (MalformedException e) {
            throw new CarException("block " + cid + " is malformed: " + e.reason());
        }
        if (links.isEmpty()) return;
        if (open.size() >= DEPTH_MAX)
            throw new CarException("block " + cid + " lies deeper than " + DEPTH_MAX + " blocks");
        if (openLinks + links.size() > OPEN_LINKS_MAX)
            throw new CarException("above block " + cid + " more than " + OPEN_LINKS_MAX + " links are open at once");
        enter(links);
    }

    private void enter(List<Link> links) {
        open.push(new Level(links.iterator(), links.size()));
        openLinks += links.size();
    }
}
