package stella.protocol.cid;

import stella.protocol.Bytes;

/** Reads bytes from left to right and never past the end. Every method throws {@link MalformedException} on bad input. */
public final class Cursor {
    private final Bytes data;
    private final int end;
    private int at;

    public Cursor(Bytes data) {
        this(data, 0, data.length());
    }

    private Cursor(Bytes data, int from, int end) {
        this.data = data;
        this.at = from;
        this.end = end;
    }

    public int position() {
        return at;
    }

    public int remaining() {
        return end - at;
    }

    public boolean atEnd() {
        return at == end;
    }

    /** The next byte, 0 to 255. */
    public int u8() {
        if (at == end) throw new MalformedException("the input ends at byte " + at + " in the middle of a value");
        return data.at(at++);
    }

    public Bytes take(long length) {
        int from = skip(length);
        return data.slice(from, at);
    }

    /** A cursor over the next {@code length} bytes, which this one skips; nothing is copied. */
    public Cursor part(long length) {
        int from = skip(length);
        return new Cursor(data, from, at);
    }

    /** Passes over {@code length} bytes and returns where they begin. */
    public int skip(long length) {
        if (length < 0 || length > remaining())
            throw new MalformedException("a length of " + length + " bytes at byte " + at + " exceeds the "
                    + remaining() + " that are left");
        int from = at;
        at += (int) length;
        return from;
    }

    /** A multiformats varint: shortest form, at most 63 bits. */
    public long varint() {
        long value = 0;
        for (int i = 0; i < Varint.LENGTH_MAX; i++) {
            int b = u8();
            value |= (long) (b & 0x7f) << (7 * i);
            if (b < 0x80) {
                if (b == 0 && i > 0)
                    throw new MalformedException("a varint before byte " + at + " is not in its shortest form");
                return value;
            }
        }
        throw new MalformedException("a varint before byte " + at + " is longer than " + Varint.LENGTH_MAX + " bytes");
    }

    /** A protobuf varint: up to 64 bits in up to 10 bytes, any form; a result with the top bit set comes out negative. */
    public long protobufVarint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = u8();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) return value;
        }
        throw new MalformedException("a protobuf varint before byte " + at + " is longer than 10 bytes");
    }

    public void expectEnd(String subject) {
        if (!atEnd())
            throw new MalformedException(
                    subject + " is followed by " + remaining() + " bytes that do not belong to it");
    }
}
