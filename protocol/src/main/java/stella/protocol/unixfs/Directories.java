package stella.protocol.unixfs;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import stella.protocol.cid.Cid;
import stella.protocol.cid.MalformedException;
import stella.protocol.unixfs.Node.Leaf;
import stella.protocol.unixfs.Node.Tree;

/**
 * Reading of plain and sharded directories.
 *
 * <p>A shard that lies could make a reader walk the same block along ever so many ways. It cannot here: an entry is accepted only in
 * the slots that its own name hashes to, and a shard without entries is refused, so the walk is bounded by true entries.
 */
final class Directories {
    private Directories() {}

    static Cid find(ContentReader reader, Cid directory, String name, String walked) throws IOException {
        Tree node = directory(reader, directory, walked);
        if (node.data().type() == UnixFs.Type.DIRECTORY) {
            for (Link link : node.links()) if (link.name().equals(name)) return link.cid();
            throw noSuchEntry(name, walked);
        }
        long hash = Hamt.hash(name);
        Cid at = directory;
        for (int depth = 0; ; depth++) {
            int bits = bits(at, node);
            String prefix = Hamt.prefix(slot(at, hash, depth, bits), bits);
            Link next = null;
            for (Link link : node.links()) {
                if (link.name().equals(prefix + name)) return link.cid();
                if (link.name().equals(prefix)) next = link;
            }
            if (next == null) throw noSuchEntry(name, walked);
            at = next.cid();
            node = shard(reader, at);
        }
    }

    static void list(ContentReader reader, Cid directory, ContentReader.EntryVisitor visitor) throws IOException {
        Tree node = directory(reader, directory, directory.toString());
        if (node.data().type() == UnixFs.Type.DIRECTORY) for (Link link : node.links()) visitor.entry(link);
        else listShard(reader, directory, node, 0, new HashMap<>(), visitor);
    }

    /** @param way the slot that leads here, by depth */
    private static void listShard(
            ContentReader reader,
            Cid cid,
            Tree node,
            int depth,
            Map<Integer, Integer> way,
            ContentReader.EntryVisitor visitor)
            throws IOException {
        int bits = bits(cid, node);
        int prefixLength = Hamt.prefixLength(bits);
        if (node.links().isEmpty() && depth > 0)
            throw new ContentException.MalformedDag(cid, "it is a HAMT shard without entries");
        for (Link link : node.links()) {
            int slot = slotNamed(cid, link, prefixLength, bits);
            way.put(depth, slot);
            if (link.name().length() == prefixLength) {
                slot(cid, 0, depth + 1, bits);
                listShard(reader, link.cid(), shard(reader, link.cid()), depth + 1, way, visitor);
            } else {
                String name = link.name().substring(prefixLength);
                checkWay(cid, name, depth, bits, way);
                visitor.entry(new Link(link.cid(), name, link.tsize()));
            }
        }
    }

    private static void checkWay(Cid cid, String name, int depth, int bits, Map<Integer, Integer> way)
            throws IOException {
        long hash = Hamt.hash(name);
        for (int level = 0; level <= depth; level++)
            if (way.get(level) == null || way.get(level) != Hamt.slot(hash, level, bits))
                throw new ContentException.MalformedDag(cid, "entry '" + name + "' does not belong into its slot");
    }

    private static int slotNamed(Cid cid, Link link, int prefixLength, int bits) throws IOException {
        if (link.name().length() >= prefixLength) {
            String prefix = link.name().substring(0, prefixLength);
            for (int at = 0, slot = 0; at < prefixLength; at++) {
                int digit = Character.digit(prefix.charAt(at), 16);
                if (digit < 0) break;
                slot = (slot << 4) | digit;
                if (at == prefixLength - 1 && slot < 1 << bits && prefix.equals(Hamt.prefix(slot, bits))) return slot;
            }
        }
        throw new ContentException.MalformedDag(cid, "the HAMT link '" + link.name() + "' does not begin with a slot");
    }

    private static Tree directory(ContentReader reader, Cid cid, String walked) throws IOException {
        return switch (reader.node(cid)) {
            case Tree tree
            when tree.data().type() == UnixFs.Type.DIRECTORY || tree.data().type() == UnixFs.Type.HAMT_SHARD -> tree;
            case Tree _, Leaf _ -> throw new ContentException.NoSuchPath(walked + " is no directory");
        };
    }

    private static Tree shard(ContentReader reader, Cid cid) throws IOException {
        if (reader.node(cid) instanceof Tree tree && tree.data().type() == UnixFs.Type.HAMT_SHARD) return tree;
        throw new ContentException.MalformedDag(cid, "a HAMT shard was expected here");
    }

    private static int bits(Cid cid, Tree shard) throws IOException {
        try {
            return Hamt.bits(shard.data());
        } catch (MalformedException e) {
            throw new ContentException.MalformedDag(cid, e.reason());
        }
    }

    private static int slot(Cid cid, long hash, int depth, int bits) throws IOException {
        try {
            return Hamt.slot(hash, depth, bits);
        } catch (MalformedException e) {
            throw new ContentException.MalformedDag(cid, e.reason());
        }
    }

    private static ContentException noSuchEntry(String name, String walked) {
        return new ContentException.NoSuchPath("there is no '" + name + "' in " + walked);
    }
}
