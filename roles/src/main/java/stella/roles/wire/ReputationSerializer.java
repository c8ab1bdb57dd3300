package stella.roles.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import stella.protocol.role.RoleId;
import stella.roles.inspector.Inspector;
import stella.roles.wire.inspector.v1.ExplanationForm;
import stella.roles.wire.inspector.v1.InspectorMessage;
import stella.roles.wire.inspector.v1.ReputationForm;
import stella.roles.wire.inspector.v1.ReputationsForm;

/** Questions about reputation between actors of one cluster, in protobuf. */
public final class ReputationSerializer extends SerializerWithStringManifest {
    private static final String MANIFEST = "message/1";
    private static final int REF_MAX = 1024;

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
            case Inspector.ReputationQuery(RoleId id, var replyTo) ->
                form.setReplyTo(resolver.toSerializationFormat(replyTo)).setQuery(id(id));
            case Inspector.ReputationList(var replyTo) ->
                form.setReplyTo(resolver.toSerializationFormat(replyTo)).setList(true);
            case Inspector.Explain(RoleId id, var replyTo) ->
                form.setReplyTo(resolver.toSerializationFormat(replyTo)).setExplain(id(id));
            case Inspector.Reputation reputation -> form.setReputation(of(reputation));
            case Inspector.Unknown(RoleId id) -> form.setUnknown(id(id));
            case Inspector.Reputations(long epoch, var all) -> {
                ReputationsForm.Builder list = ReputationsForm.newBuilder().setEpoch(epoch);
                all.forEach(reputation -> list.addAll(of(reputation)));
                form.setReputations(list);
            }
            case Inspector.Explanation(RoleId id, var sentences) ->
                form.setExplanation(ExplanationForm.newBuilder().setId(id(id)).addAllSentences(sentences));
            default -> throw new IllegalArgumentException("no question about reputation: " + value.getClass());
        }
        return form.build().toByteArray();
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        if (!manifest.equals(MANIFEST)) throw new NotSerializableException("unknown message version: " + manifest);
        try {
            InspectorMessage form = InspectorMessage.parseFrom(bytes);
            return Wire.reading(manifest, () -> read(form));
        } catch (InvalidProtocolBufferException e) {
            throw new NotSerializableException(manifest + ": " + e.getMessage());
        }
    }

    private Object read(InspectorMessage form) {
        return switch (form.getBodyCase()) {
            case QUERY -> new Inspector.ReputationQuery(id(form.getQuery()), ref(form.getReplyTo()));
            case LIST -> new Inspector.ReputationList(ref(form.getReplyTo()));
            case EXPLAIN -> new Inspector.Explain(id(form.getExplain()), ref(form.getReplyTo()));
            case REPUTATION -> read(form.getReputation());
            case UNKNOWN -> new Inspector.Unknown(id(form.getUnknown()));
            case REPUTATIONS ->
                new Inspector.Reputations(
                        form.getReputations().getEpoch(),
                        form.getReputations().getAllList().stream()
                                .map(ReputationSerializer::read)
                                .toList());
            case EXPLANATION ->
                new Inspector.Explanation(
                        id(form.getExplanation().getId()), form.getExplanation().getSentencesList());
            case BODY_NOT_SET -> throw new IllegalArgumentException("a message of a later version");
        };
    }

    private static ReputationForm of(Inspector.Reputation reputation) {
        return ReputationForm.newBuilder()
                .setId(id(reputation.id()))
                .setEpoch(reputation.epoch())
                .setScore(reputation.scorePpm())
                .setStanding(Wire.index(reputation.standing()))
                .setWeight(reputation.weightPpm())
                .build();
    }

    private static Inspector.Reputation read(ReputationForm form) {
        return new Inspector.Reputation(
                id(form.getId()),
                form.getEpoch(),
                form.getScore(),
                Wire.standing(form.getStanding()),
                form.getWeight());
    }

    private static ByteString id(RoleId id) {
        return Wire.bytes(id.bytes());
    }

    private static RoleId id(ByteString bytes) {
        return RoleId.of(Wire.bytes(bytes));
    }

    private <T> ActorRef<T> ref(String text) {
        if (text.isEmpty() || text.length() > REF_MAX)
            throw new IllegalArgumentException("an actor reference has 1 to " + REF_MAX + " characters");
        return resolver.resolveActorRef(text);
    }
}
