package stella.protocol.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import stella.protocol.Bytes;
import stella.protocol.cid.BlockSink;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.cid.MalformedException;
import stella.protocol.cid.Multihash;

/**
 * Turns files and directories into blocks by a {@link Profile} (clause CT-1). Each byte is read once; memory holds one chunk and the
 * open inner node of each level, whatever the size of the file (CT-3).
 */
public final class DagBuilder {
    private final Profile profile;
    private final BlockSink sink;

    public DagBuilder(Profile profile, BlockSink sink) {
        this.profile = profile;
        this.sink = sink;
    }

    /** Reads {@code in} to its end, which stays open. */
    public Subtree file(InputStream in) throws IOException {
        BalancedTree tree = new BalancedTree();
        byte[] chunk = in.readNBytes(profile.chunkBytes());
        do {
            tree.add(0, leaf(Bytes.owning(chunk)));
            chunk = in.readNBytes(profile.chunkBytes());
        } while (chunk.length > 0);
        return tree.root();
    }

    public Subtree symlink(String target) throws IOException {
        return node(List.of(), UnixFs.symlink(target), 0);
    }

    /** A directory of finished entries, by name; sharded when it grows beyond the profile's limit. */
    public Subtree directory(Map<String, Subtree> entries) throws IOException {
        List<Link> links = new ArrayList<>(entries.size());
        long payload = 0;
        Map<Bytes, Map.Entry<String, Subtree>> byName = new TreeMap<>();
        for (Map.Entry<String, Subtree> entry : entries.entrySet())
            byName.put(Bytes.utf8(checkedName(entry.getKey())), entry);
        for (Map.Entry<String, Subtree> entry : byName.values()) {
            Subtree child = entry.getValue();
            links.add(new Link(child.cid(), entry.getKey(), child.tsize()));
            payload = Math.addExact(payload, child.payload());
        }
        if (measure(links) <= Profile.DIRECTORY_BYTES_MAX) return node(links, UnixFs.directory(), payload);
        List<HashedLink> hashed = new ArrayList<>(links.size());
        for (Link link : links) hashed.add(new HashedLink(link, Hamt.hash(link.name())));
        return shard(hashed, 0, payload);
    }

    private record HashedLink(Link link, long hash) {}

    private Subtree shard(List<HashedLink> entries, int depth, long payload) throws IOException {
        int bits = Integer.numberOfTrailingZeros(Hamt.FANOUT);
        List<List<HashedLink>> slots = new ArrayList<>(Hamt.FANOUT);
        for (int slot = 0; slot < Hamt.FANOUT; slot++) slots.add(new ArrayList<>(2));
        for (HashedLink entry : entries)
            slots.get(Hamt.slot(entry.hash(), depth, bits)).add(entry);
        List<Link> links = new ArrayList<>();
        boolean[] used = new boolean[Hamt.FANOUT];
        for (int slot = 0; slot < Hamt.FANOUT; slot++) {
            List<HashedLink> here = slots.get(slot);
            if (here.isEmpty()) continue;
            used[slot] = true;
            String prefix = Hamt.prefix(slot, bits);
            if (here.size() == 1) {
                Link link = here.getFirst().link();
                links.add(new Link(link.cid(), prefix + link.name(), link.tsize()));
            } else {
                Subtree deeper = shard(here, depth + 1, 0);
                links.add(new Link(deeper.cid(), prefix, deeper.tsize()));
            }
        }
        return node(links, UnixFs.shard(Hamt.bitField(used)), payload);
    }

    private long measure(List<Link> links) {
        if (profile.directoryMeasure() == Profile.DirectoryMeasure.BLOCK)
            return new DagPb(links, UnixFs.directory().encode()).encode().length();
        long sum = 0;
        for (Link link : links)
            sum += Bytes.utf8(link.name()).length() + link.cid().length();
        return sum;
    }

    private Subtree leaf(Bytes payload) throws IOException {
        if (!profile.rawLeaves()) return node(List.of(), UnixFs.leaf(payload), payload.length());
        Cid cid = Cid.of(Codec.RAW, payload);
        sink.put(cid, payload);
        return new Subtree(cid, payload.length(), payload.length());
    }

    private Subtree node(List<Link> links, UnixFs data, long payload) throws IOException {
        Bytes block = new DagPb(links, data.encode()).encode();
        Multihash hash = Multihash.sha256(block);
        Cid cid = profile.cidVersion() == 0 ? Cid.v0(hash) : Cid.v1(Codec.DAG_PB, hash);
        sink.put(cid, block);
        long tsize = block.length();
        for (Link link : links) tsize = Math.addExact(tsize, link.tsize());
        return new Subtree(cid, tsize, payload);
    }

    private static String checkedName(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf(0) >= 0)
            throw new MalformedException("'" + name + "' is no name for a directory entry");
        return name;
    }

    /**
     * Groups leaves from left to right into nodes of {@link Profile#linksMax} links, these into further nodes, until one remains.
     * A node is made only when a sibling follows it or the file ends, so only one open node per level is in memory.
     */
    private final class BalancedTree {
        private final List<List<Subtree>> levels = new ArrayList<>();

        void add(int level, Subtree child) throws IOException {
            if (level == levels.size()) levels.add(new ArrayList<>());
            List<Subtree> open = levels.get(level);
            if (open.size() == profile.linksMax()) close(level);
            open.add(child);
        }

        Subtree root() throws IOException {
            for (int level = 0; ; level++) {
                List<Subtree> open = levels.get(level);
                if (level == levels.size() - 1 && open.size() == 1) return open.getFirst();
                close(level);
            }
        }

        private void close(int level) throws IOException {
            List<Subtree> open = levels.get(level);
            List<Link> links = new ArrayList<>(open.size());
            List<Long> sizes = new ArrayList<>(open.size());
            for (Subtree child : open) {
                links.add(new Link(child.cid(), "", child.tsize()));
                sizes.add(child.payload());
            }
            UnixFs data = UnixFs.file(sizes);
            open.clear();
            add(level + 1, node(links, data, data.fileSize()));
        }
    }
}
