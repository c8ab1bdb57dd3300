package stella.protocol.unixfs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.cid.BlockSource;
import stella.protocol.cid.Cid;
import stella.protocol.cid.MalformedException;
import stella.protocol.unixfs.Node.Leaf;
import stella.protocol.unixfs.Node.Tree;

/**
 * Reads files and directories out of blocks that nobody vouches for: every block is checked against its CID before it is used
 * (clause FE-2), every claim inside a block is checked against what it leads to, and work and memory are bounded by the bytes
 * delivered. Version 0 and 1 DAGs, wrapped and raw leaves, plain and sharded directories.
 *
 * <p>Not bound to a thread; one call uses the thread of its caller.
 */
public final class ContentReader {
    private final BlockSource source;

    public ContentReader(BlockSource source) {
        this.source = source;
    }

    /** A block that is what its CID says. */
    public Bytes block(Cid cid) throws IOException {
        if (!cid.hash().checkable())
            throw new ContentException.WrongBlock(
                    cid, "its hash function 0x" + Long.toHexString(cid.hash().code()) + " cannot be checked here");
        if (cid.isIdentity()) return cid.hash().digest();
        Optional<Bytes> found = source.block(cid);
        if (found.isEmpty()) throw new ContentException.MissingBlock(cid);
        Bytes block = found.get();
        if (block.length() > BlockSource.BLOCK_BYTES_MAX)
            throw new ContentException.WrongBlock(
                    cid, block.length() + " bytes exceed the limit of " + BlockSource.BLOCK_BYTES_MAX);
        if (!cid.matches(block)) throw new ContentException.WrongBlock(cid, "its bytes hash to something else");
        return block;
    }

    /** What {@code cid} is: one block is read. */
    public Content content(Cid cid) throws IOException {
        return switch (node(cid)) {
            case Leaf leaf -> new Content.File(cid, leaf.payload().length());
            case Tree tree ->
                switch (tree.data().type()) {
                    case FILE, RAW -> new Content.File(cid, fileSize(cid, tree.data()));
                    case DIRECTORY, HAMT_SHARD -> new Content.Directory(cid);
                    case SYMLINK -> new Content.Symlink(cid, tree.data().data().toUtf8());
                    case METADATA ->
                        throw new ContentException.MalformedDag(cid, "it is of the abandoned type metadata");
                };
        };
    }

    /**
     * Follows {@code path} ({@code a/b/c}; empty parts do not count) from {@code root}. Symlinks are not followed: they are the last
     * part of a path or an error.
     */
    public Cid resolve(Cid root, String path) throws IOException {
        Cid at = root;
        StringBuilder walked = new StringBuilder(root.toString());
        for (String name : path.split("/")) {
            if (name.isEmpty()) continue;
            at = Directories.find(this, at, name, walked.toString());
            walked.append('/').append(name);
        }
        return at;
    }

    /** The entries of a directory, in the order of the DAG. A sharded directory is read as the list is walked. */
    public void list(Cid directory, EntryVisitor visitor) throws IOException {
        Directories.list(this, directory, visitor);
    }

    /** Told of each entry of a directory. */
    @FunctionalInterface
    public interface EntryVisitor {
        void entry(Link entry) throws IOException;
    }

    /**
     * The bytes of a file from {@code from} (inclusive) to {@code to} (exclusive; cut to the end of the file). Only the blocks that
     * hold them and those above are read, each when its turn comes.
     */
    public FileStream open(Cid file, long from, long to) throws IOException {
        return new FileStream(this, file, from, to);
    }

    /** The whole file. */
    public FileStream open(Cid file) throws IOException {
        return open(file, 0, Long.MAX_VALUE);
    }

    Node node(Cid cid) throws IOException {
        Bytes block = block(cid);
        try {
            return Node.decode(cid, block);
        } catch (MalformedException e) {
            throw new ContentException.MalformedDag(cid, e.reason());
        }
    }

    /** The size a file node states, after checking that it is the sum of its parts. */
    static long fileSize(Cid cid, UnixFs data) throws IOException {
        long sum = data.data().length();
        List<Long> parts = data.blockSizes();
        for (long part : parts) {
            sum += part;
            if (sum < 0) throw new ContentException.MalformedDag(cid, "its parts have more than 2^63 bytes");
        }
        if (data.fileSize() >= 0 && data.fileSize() != sum)
            throw new ContentException.MalformedDag(
                    cid, "it states " + data.fileSize() + " bytes, but its parts have " + sum);
        return sum;
    }
}
