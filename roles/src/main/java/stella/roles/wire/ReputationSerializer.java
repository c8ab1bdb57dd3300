package stella.roles.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import stella.roles.inspector.ReputationAnswer;
import stella.roles.inspector.ReputationQuery;
import stella.roles.wire.inspector.v1.InspectorMessage;

/** Questions about reputation between actors of one cluster, in protobuf. */
public final class ReputationSerializer extends SerializerWithStringManifest {
    private static final String MANIFEST = "message/1";

    private final ActorRefResolver resolver;

    public ReputationSerializer(ExtendedActorSystem system) {
        resolver = ActorRefResolver.get(Adapter.toTyped(system));
    }

    @Override
    public int identifier() {
        return 7304;
    }

    @Override
    public String manifest(Object value) {
        return MANIFEST;
    }

    @Override
    public byte[] toBinary(Object value) {
        InspectorMessage.Builder form = InspectorMessage.newBuilder();
        switch (value) {
            case ReputationQuery query -> ReputationForms.write(query, resolver, form);
            case ReputationAnswer answer -> ReputationForms.write(answer, form);
            default -> throw new IllegalArgumentException("no question about reputation: " + value.getClass());
        }
        return form.build().toByteArray();
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        if (!manifest.equals(MANIFEST)) throw new NotSerializableException("unknown message version: " + manifest);
        try {
            InspectorMessage form = InspectorMessage.parseFrom(bytes);
            return Wire.reading(manifest, () -> ReputationForms.read(form, resolver));
        } catch (InvalidProtocolBufferException e) {
            throw new NotSerializableException(manifest + ": " + e.getMessage());
        }
    }
}
