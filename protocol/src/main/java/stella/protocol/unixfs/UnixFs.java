package stella.protocol.unixfs;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.cid.Cursor;
import stella.protocol.cid.MalformedException;

/**
 * The data of a dag-pb node that is part of a file or directory. Permissions and times are read over: Stella does not write them, as
 * they would change the CID of equal content.
 *
 * @param data payload of a leaf, target of a symlink, bit field of a HAMT shard
 * @param fileSize payload bytes of the node and everything below it; -1 when not stated
 * @param blockSizes payload bytes below each link of a file node
 * @param hashType hash function of a HAMT shard, else 0
 * @param fanout slots of a HAMT shard, else 0
 */
public record UnixFs(Type type, Bytes data, long fileSize, List<Long> blockSizes, long hashType, long fanout) {
    public enum Type {
        RAW(0),
        DIRECTORY(1),
        FILE(2),
        METADATA(3),
        SYMLINK(4),
        HAMT_SHARD(5);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        private static Type of(long number) {
            for (Type type : values()) if (type.number == number) return type;
            throw new MalformedException("UnixFS has no type " + Long.toUnsignedString(number));
        }
    }

    private static final int TYPE = 0x08;
    private static final int DATA = 0x12;
    private static final int FILE_SIZE = 0x18;
    private static final int BLOCK_SIZE = 0x20;
    private static final int BLOCK_SIZES_PACKED = 0x22;
    private static final int HASH_TYPE = 0x28;
    private static final int FANOUT = 0x30;

    public UnixFs {
        blockSizes = List.copyOf(blockSizes);
    }

    public static UnixFs leaf(Bytes payload) {
        return new UnixFs(Type.FILE, payload, payload.length(), List.of(), 0, 0);
    }

    public static UnixFs file(List<Long> blockSizes) {
        long size = 0;
        for (long part : blockSizes) size = Math.addExact(size, part);
        return new UnixFs(Type.FILE, Bytes.EMPTY, size, blockSizes, 0, 0);
    }

    public static UnixFs directory() {
        return new UnixFs(Type.DIRECTORY, Bytes.EMPTY, -1, List.of(), 0, 0);
    }

    public static UnixFs symlink(String target) {
        return new UnixFs(Type.SYMLINK, Bytes.utf8(target), -1, List.of(), 0, 0);
    }

    public static UnixFs shard(Bytes bitField) {
        return new UnixFs(Type.HAMT_SHARD, bitField, -1, List.of(), Hamt.HASH_TYPE, Hamt.FANOUT);
    }

    public Bytes encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length() + 4 * blockSizes.size() + 24);
        Protobuf.number(out, TYPE, type.number);
        if (!data.isEmpty()) Protobuf.bytes(out, DATA, data);
        if (fileSize >= 0) Protobuf.number(out, FILE_SIZE, fileSize);
        for (long size : blockSizes) Protobuf.number(out, BLOCK_SIZE, size);
        if (hashType != 0) Protobuf.number(out, HASH_TYPE, hashType);
        if (fanout != 0) Protobuf.number(out, FANOUT, fanout);
        return Bytes.owning(out.toByteArray());
    }

    /**
     * Reads the data of a dag-pb node.
     *
     * @throws MalformedException also when sizes are negative or do not fit
     */
    public static UnixFs decode(Bytes bytes) {
        Cursor in = new Cursor(bytes);
        Optional<Type> type = Optional.empty();
        Bytes data = Bytes.EMPTY;
        long fileSize = -1;
        List<Long> blockSizes = new ArrayList<>();
        long hashType = 0;
        long fanout = 0;
        while (!in.atEnd()) {
            long tag = in.protobufVarint();
            if (tag == TYPE) type = Optional.of(Type.of(in.protobufVarint()));
            else if (tag == DATA) data = in.take(in.protobufVarint());
            else if (tag == FILE_SIZE) fileSize = size(in);
            else if (tag == BLOCK_SIZE) blockSizes.add(size(in));
            else if (tag == BLOCK_SIZES_PACKED) {
                Cursor packed = in.part(in.protobufVarint());
                while (!packed.atEnd()) blockSizes.add(size(packed));
            } else if (tag == HASH_TYPE) hashType = in.protobufVarint();
            else if (tag == FANOUT) fanout = in.protobufVarint();
            else passOver(in, tag);
        }
        if (type.isEmpty()) throw new MalformedException("a UnixFS node does not state its type");
        return new UnixFs(type.get(), data, fileSize, blockSizes, hashType, fanout);
    }

    private static long size(Cursor in) {
        long size = in.protobufVarint();
        if (size < 0) throw new MalformedException("a UnixFS node has a size above 63 bits");
        return size;
    }

    /** Mode, time and fields of days to come carry nothing that a reader of content needs. */
    private static void passOver(Cursor in, long tag) {
        switch ((int) (tag & 7)) {
            case 0 -> in.protobufVarint();
            case 1 -> in.skip(8);
            case 2 -> in.skip(in.protobufVarint());
            case 5 -> in.skip(4);
            default ->
                throw new MalformedException(
                        "a UnixFS node has a field of unknown form, tag 0x" + Long.toHexString(tag));
        }
    }
}
