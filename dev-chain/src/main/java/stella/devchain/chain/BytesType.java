package stella.devchain.chain;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import stella.protocol.Bytes;

/** {@link Bytes} in an MVStore map: their length, then themselves, ordered as unsigned bytes. */
final class BytesType extends BasicDataType<Bytes> {
    static final BytesType INSTANCE = new BytesType();

    @Override
    public int getMemory(Bytes value) {
        return value.length() + 40;
    }

    @Override
    public int compare(Bytes left, Bytes right) {
        return left.compareTo(right);
    }

    @Override
    public void write(WriteBuffer buffer, Bytes value) {
        buffer.putVarInt(value.length()).put(value.toArray());
    }

    @Override
    public Bytes read(ByteBuffer buffer) {
        byte[] value = new byte[DataUtils.readVarInt(buffer)];
        buffer.get(value);
        return Bytes.owning(value);
    }

    @Override
    public Bytes[] createStorage(int size) {
        return new Bytes[size];
    }
}
