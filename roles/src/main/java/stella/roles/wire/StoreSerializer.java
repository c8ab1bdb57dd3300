package stella.roles.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.NotSerializableException;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import stella.roles.store.Custody;
import stella.roles.wire.v1.StoreFact;
import stella.roles.wire.v1.StoreState;

/** What a Store writes down: its facts and its snapshots. */
public final class StoreSerializer extends SerializerWithStringManifest {
    private static final String FACT = "fact/1";
    private static final String STATE = "state/1";

    @Override
    public int identifier() {
        return 7301;
    }

    @Override
    public String manifest(Object value) {
        return switch (value) {
            case Custody.Fact _ -> FACT;
            case Custody.State _ -> STATE;
            default -> throw new IllegalArgumentException("not written down by a Store: " + value.getClass());
        };
    }

    @Override
    public byte[] toBinary(Object value) {
        return switch (value) {
            case Custody.Fact fact -> StoreForm.of(fact).toByteArray();
            case Custody.State state -> StoreForm.of(state).toByteArray();
            default -> throw new IllegalArgumentException("not written down by a Store: " + value.getClass());
        };
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        try {
            return switch (manifest) {
                case FACT -> {
                    StoreFact fact = StoreFact.parseFrom(bytes);
                    yield Wire.reading(manifest, () -> StoreForm.read(fact));
                }
                case STATE -> {
                    StoreState state = StoreState.parseFrom(bytes);
                    yield Wire.reading(manifest, () -> StoreForm.read(state));
                }
                default -> throw new NotSerializableException("unknown kind of record: " + manifest);
            };
        } catch (InvalidProtocolBufferException e) {
            throw new NotSerializableException(manifest + ": " + e.getMessage());
        }
    }
}
