package stella.protocol.cid;

import stella.protocol.Bytes;

/**
 * A content identifier: which bytes are meant (multihash) and how to read them (codec).
 *
 * <p>Two CIDs are equal when version, codec and multihash are; use {@link #hash} to ask whether they name the same bytes.
 *
 * @param version 0 or 1; version 0 is always dag-pb with SHA-256
 * @param codec see {@link Codec}
 */
public record Cid(int version, long codec, Multihash hash) implements Comparable<Cid> {
    private static final int V0_LENGTH = 34;
    private static final int V0_TEXT_LENGTH = 46;

    public Cid {
        if (version != 0 && version != 1) throw new MalformedException("CID versions are 0 and 1, not " + version);
        if (version == 0 && !v0Able(codec, hash))
            throw new MalformedException("a version 0 CID is dag-pb with a SHA-256 of 32 bytes");
    }

    public static Cid v0(Multihash hash) {
        return new Cid(0, Codec.DAG_PB, hash);
    }

    public static Cid v1(long codec, Multihash hash) {
        return new Cid(1, codec, hash);
    }

    /** The version 1 CID of {@code block} by SHA-256. */
    public static Cid of(long codec, Bytes block) {
        return v1(codec, Multihash.sha256(block));
    }

    /**
     * Reads the text form of either version.
     *
     * @throws MalformedException naming what is wrong
     */
    public static Cid parse(String text) {
        if (text.length() == V0_TEXT_LENGTH && text.startsWith("Qm")) return of(Multibase.BASE58_BTC.decodeBare(text));
        Bytes bytes = Multibase.decode(text);
        if (bytes.length() > 0 && bytes.at(0) == 0x12)
            throw new MalformedException(
                    "a version 0 CID has no multibase prefix: write " + Multibase.BASE58_BTC.encodeBare(bytes));
        return of(bytes);
    }

    /** Reads the binary form and nothing after it. */
    public static Cid of(Bytes bytes) {
        Cursor in = new Cursor(bytes);
        Cid cid = read(in);
        in.expectEnd("a CID");
        return cid;
    }

    /** Reads the binary form from {@code in}, leaving what follows. */
    public static Cid read(Cursor in) {
        long first = in.varint();
        if (first == Multihash.SHA2_256) {
            if (in.varint() != 32) throw new MalformedException("a version 0 CID has a digest of 32 bytes");
            return v0(new Multihash(Multihash.SHA2_256, in.take(32)));
        }
        if (first != 1) throw new MalformedException("CID versions are 0 and 1, not " + first);
        long codec = in.varint();
        return v1(codec, Multihash.read(in));
    }

    public Bytes toBytes() {
        return version == 0 ? hash.toBytes() : Bytes.concat(Varint.encode(1), Varint.encode(codec), hash.toBytes());
    }

    /** The same content and codec as version 1. */
    public Cid toV1() {
        return v1(codec, hash);
    }

    /** Whether the bytes themselves stand in the CID, so that nobody needs to keep the block. */
    public boolean isIdentity() {
        return hash.code() == Multihash.IDENTITY;
    }

    /** True only if {@code block} hashes to this CID. */
    public boolean matches(Bytes block) {
        return hash.matches(block);
    }

    public String toString(Multibase base) {
        return base.encode(toBytes());
    }

    @Override
    public int compareTo(Cid other) {
        int byVersion = Integer.compare(version, other.version);
        if (byVersion != 0) return byVersion;
        int byCodec = Long.compareUnsigned(codec, other.codec);
        return byCodec != 0 ? byCodec : hash.compareTo(other.hash);
    }

    /** Version 0 as {@code Qm…}, version 1 in base32: the forms that every IPFS tool prints. */
    @Override
    public String toString() {
        return version == 0 ? Multibase.BASE58_BTC.encodeBare(hash.toBytes()) : toString(Multibase.BASE32);
    }

    /** Bytes of the binary form. */
    public int length() {
        return version == 0
                ? V0_LENGTH
                : 1
                        + Varint.length(codec)
                        + Varint.length(hash.code())
                        + Varint.length(hash.digest().length())
                        + hash.digest().length();
    }

    private static boolean v0Able(long codec, Multihash hash) {
        return codec == Codec.DAG_PB
                && hash.code() == Multihash.SHA2_256
                && hash.digest().length() == 32;
    }
}
