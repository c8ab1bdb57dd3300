package stella.roles.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.NotSerializableException;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import stella.roles.inspector.Fact;
import stella.roles.inspector.Memory;
import stella.roles.wire.inspector.v1.InspectorFact;
import stella.roles.wire.inspector.v1.MemoryForm;

/** What an Inspector writes down: its facts and its snapshots. */
public final class InspectorSerializer extends SerializerWithStringManifest {
    private static final String FACT = "fact/1";
    private static final String MEMORY = "memory/1";

    @Override
    public int identifier() {
        return 7303;
    }

    @Override
    public String manifest(Object value) {
        return switch (value) {
            case Fact _ -> FACT;
            case Memory _ -> MEMORY;
            default -> throw new IllegalArgumentException("not written down by an Inspector: " + value.getClass());
        };
    }

    @Override
    public byte[] toBinary(Object value) {
        return switch (value) {
            case Fact fact -> InspectorForm.of(fact).toByteArray();
            case Memory memory -> InspectorForm.of(memory).toByteArray();
            default -> throw new IllegalArgumentException("not written down by an Inspector: " + value.getClass());
        };
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        try {
            return switch (manifest) {
                case FACT -> {
                    InspectorFact fact = InspectorFact.parseFrom(bytes);
                    yield Wire.reading(manifest, () -> InspectorForm.read(fact));
                }
                case MEMORY -> {
                    MemoryForm memory = MemoryForm.parseFrom(bytes);
                    yield Wire.reading(manifest, () -> InspectorForm.read(memory));
                }
                default -> throw new NotSerializableException("unknown kind of record: " + manifest);
            };
        } catch (InvalidProtocolBufferException e) {
            throw new NotSerializableException(manifest + ": " + e.getMessage());
        }
    }
}
