package stella.protocol.cid;

/** How the bytes of a block are read: codes of the multicodec table. */
public final class Codec {
    public static final long RAW = 0x55;
    public static final long DAG_PB = 0x70;
    public static final long DAG_CBOR = 0x71;
    public static final long LIBP2P_KEY = 0x72;
    public static final long FIL_COMMITMENT_UNSEALED = 0xf101;

    private Codec() {}

    /** The name in the multicodec table, or the code in hexadecimal. */
    public static String name(long code) {
        if (code == RAW) return "raw";
        if (code == DAG_PB) return "dag-pb";
        if (code == DAG_CBOR) return "dag-cbor";
        if (code == LIBP2P_KEY) return "libp2p-key";
        if (code == FIL_COMMITMENT_UNSEALED) return "fil-commitment-unsealed";
        return "0x" + Long.toHexString(code);
    }
}
