package stella.gateway.outbox;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.NotSerializableException;
import java.util.Optional;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import stella.gateway.outbox.v1.CallAnswer;
import stella.gateway.outbox.v1.CallIncluded;
import stella.gateway.outbox.v1.SubmitCall;
import stella.protocol.Hash;

/** What an outbox is told and what it answers, between the machines of a cluster, in protobuf. */
public final class OutboxMessageSerializer extends SerializerWithStringManifest {
    private static final String SUBMIT = "submit/1";
    private static final String ANSWER = "answer/1";
    private static final String INCLUDED = "included/1";

    private final ActorRefResolver resolver;

    /** Called by the actor system. */
    public OutboxMessageSerializer(ExtendedActorSystem system) {
        this.resolver = ActorRefResolver.get(Adapter.toTyped(system));
    }

    @Override
    public int identifier() {
        return 7402;
    }

    @Override
    public String manifest(Object message) {
        return switch (message) {
            case Outbox.Submit _ -> SUBMIT;
            case Outbox.Answer _ -> ANSWER;
            case Outbox.Included _ -> INCLUDED;
            default -> throw new IllegalArgumentException("no message of an outbox: " + message.getClass());
        };
    }

    @Override
    public byte[] toBinary(Object message) {
        return switch (message) {
            case Outbox.Submit submit -> of(submit).toByteArray();
            case Outbox.Answer answer ->
                CallAnswer.newBuilder()
                        .setKey(answer.key())
                        .setOutcome(OutboxForm.of(answer.outcome()))
                        .build()
                        .toByteArray();
            case Outbox.Included included ->
                CallIncluded.newBuilder()
                        .setKey(included.key())
                        .setBlock(included.block())
                        .setHash(OutboxForm.bytes(included.hash().bytes()))
                        .build()
                        .toByteArray();
            default -> throw new IllegalArgumentException("no message of an outbox: " + message.getClass());
        };
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        try {
            return switch (manifest) {
                case SUBMIT -> read(SubmitCall.parseFrom(bytes));
                case ANSWER -> {
                    CallAnswer form = CallAnswer.parseFrom(bytes);
                    yield new Outbox.Answer(form.getKey(), OutboxForm.read(form.getOutcome()));
                }
                case INCLUDED -> {
                    CallIncluded form = CallIncluded.parseFrom(bytes);
                    yield new Outbox.Included(
                            form.getKey(), form.getBlock(), new Hash(OutboxForm.bytes(form.getHash())));
                }
                default -> throw new NotSerializableException("unknown kind of message: " + manifest);
            };
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new NotSerializableException(manifest + ": " + e.getMessage());
        }
    }

    private SubmitCall of(Outbox.Submit submit) {
        SubmitCall.Builder form = SubmitCall.newBuilder()
                .setKey(submit.key())
                .setLabel(submit.label())
                .setCall(OutboxForm.bytes(submit.call()))
                .setAlone(submit.alone())
                .setReplyTo(resolver.toSerializationFormat(submit.replyTo()));
        submit.included().ifPresent(to -> form.setIncluded(resolver.toSerializationFormat(to)));
        return form.build();
    }

    private Outbox.Submit read(SubmitCall form) {
        return new Outbox.Submit(
                form.getKey(),
                form.getLabel(),
                OutboxForm.bytes(form.getCall()),
                form.getAlone(),
                form.hasIncluded() ? Optional.of(resolver.resolveActorRef(form.getIncluded())) : Optional.empty(),
                resolver.resolveActorRef(form.getReplyTo()));
    }
}
