package stella.protocol.unixfs;

import java.util.Arrays;
import java.util.stream.Collectors;
import stella.protocol.cid.MalformedException;

/**
 * The choices that decide which CID a file gets (clause CT-1, IPIP-499). The same bytes under another profile have another CID.
 */
public enum Profile {
    /** Stella's default: IPIP-499. */
    UNIXFS_V1_2025("unixfs-v1-2025", 1 << 20, 1024, 1, DirectoryMeasure.BLOCK),
    /** What {@code ipfs add --cid-version=1} makes. */
    KUBO_CIDV1("kubo-cidv1", 1 << 18, 174, 1, DirectoryMeasure.NAMES_AND_CIDS),
    /** What a plain {@code ipfs add} makes: version 0 CIDs, leaves wrapped in dag-pb. */
    UNIXFS_V0_2015("unixfs-v0-2015", 1 << 18, 174, 0, DirectoryMeasure.NAMES_AND_CIDS);

    /** A directory that measures more than this many bytes becomes a HAMT. */
    static final int DIRECTORY_BYTES_MAX = 256 << 10;

    private final String label;
    private final int chunkBytes;
    private final int linksMax;
    private final int cidVersion;
    private final DirectoryMeasure directoryMeasure;

    Profile(String label, int chunkBytes, int linksMax, int cidVersion, DirectoryMeasure directoryMeasure) {
        this.label = label;
        this.chunkBytes = chunkBytes;
        this.linksMax = linksMax;
        this.cidVersion = cidVersion;
        this.directoryMeasure = directoryMeasure;
    }

    /** What is held against {@link #DIRECTORY_BYTES_MAX}. */
    enum DirectoryMeasure {
        BLOCK,
        NAMES_AND_CIDS
    }

    /** The profile called {@code label}. */
    public static Profile named(String label) {
        for (Profile profile : values()) if (profile.label.equals(label)) return profile;
        throw new MalformedException("there is no profile '" + label + "'; known are "
                + Arrays.stream(values()).map(Profile::label).collect(Collectors.joining(", ")));
    }

    /** The name under which the profile is published. */
    public String label() {
        return label;
    }

    /** Bytes of payload in each leaf but the last. */
    public int chunkBytes() {
        return chunkBytes;
    }

    /** Links of an inner node of a file. */
    public int linksMax() {
        return linksMax;
    }

    public int cidVersion() {
        return cidVersion;
    }

    /** Whether leaves are bare bytes; else they are dag-pb nodes. */
    public boolean rawLeaves() {
        return cidVersion == 1;
    }

    DirectoryMeasure directoryMeasure() {
        return directoryMeasure;
    }

    @Override
    public String toString() {
        return label;
    }
}
