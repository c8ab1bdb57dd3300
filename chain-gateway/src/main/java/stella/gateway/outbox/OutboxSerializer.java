package stella.gateway.outbox;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.NotSerializableException;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import stella.gateway.outbox.v1.OutboxFact;
import stella.gateway.outbox.v1.OutboxState;

/** What an outbox writes down: its facts and its snapshots, in protobuf. */
public final class OutboxSerializer extends SerializerWithStringManifest {
    private static final String FACT = "fact/1";
    private static final String STATE = "state/1";

    @Override
    public int identifier() {
        return 7401;
    }

    @Override
    public String manifest(Object value) {
        return switch (value) {
            case Submissions.Fact _ -> FACT;
            case Submissions.State _ -> STATE;
            default -> throw new IllegalArgumentException("not written down by an outbox: " + value.getClass());
        };
    }

    @Override
    public byte[] toBinary(Object value) {
        return switch (value) {
            case Submissions.Fact fact -> OutboxForm.of(fact).toByteArray();
            case Submissions.State state -> OutboxForm.of(state).toByteArray();
            default -> throw new IllegalArgumentException("not written down by an outbox: " + value.getClass());
        };
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        try {
            return switch (manifest) {
                case FACT -> OutboxForm.read(OutboxFact.parseFrom(bytes));
                case STATE -> OutboxForm.read(OutboxState.parseFrom(bytes));
                default -> throw new NotSerializableException("unknown kind of record: " + manifest);
            };
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new NotSerializableException(manifest + ": " + e.getMessage());
        }
    }
}
