package stella.roles.wire;

import com.google.protobuf.ByteString;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.roles.inspector.EvidenceText;
import stella.roles.inspector.ReputationAnswer;
import stella.roles.inspector.ReputationAnswer.Change;
import stella.roles.inspector.ReputationAnswer.Changed;
import stella.roles.inspector.ReputationAnswer.Explanation;
import stella.roles.inspector.ReputationAnswer.Past;
import stella.roles.inspector.ReputationAnswer.Reputation;
import stella.roles.inspector.ReputationAnswer.Reputations;
import stella.roles.inspector.ReputationAnswer.Unknown;
import stella.roles.inspector.ReputationAnswer.Warned;
import stella.roles.inspector.ReputationQuery;
import stella.roles.wire.inspector.v1.ChangedForm;
import stella.roles.wire.inspector.v1.EvidenceForm;
import stella.roles.wire.inspector.v1.ExplanationForm;
import stella.roles.wire.inspector.v1.InspectorMessage;
import stella.roles.wire.inspector.v1.PastChangeForm;
import stella.roles.wire.inspector.v1.PastForm;
import stella.roles.wire.inspector.v1.ReputationForm;
import stella.roles.wire.inspector.v1.ReputationsForm;
import stella.roles.wire.inspector.v1.RolesForm;
import stella.roles.wire.inspector.v1.TopForm;
import stella.roles.wire.inspector.v1.WarnedForm;

/** Questions about reputation and their answers in protobuf form. */
@SuppressWarnings("EnumOrdinal") // the ordinal of a role is its index in SCALE
final class ReputationForms {
    private static final int REF_MAX = 1024;

    private ReputationForms() {}

    static void write(ReputationQuery query, ActorRefResolver refs, InspectorMessage.Builder form) {
        switch (query) {
            case ReputationQuery.One(RoleId id, var replyTo) ->
                to(form, refs, replyTo).setQuery(id(id));
            case ReputationQuery.Many(List<RoleId> ids, var replyTo) ->
                to(form, refs, replyTo).setMany(roles(ids));
            case ReputationQuery.All(var replyTo) -> to(form, refs, replyTo).setList(true);
            case ReputationQuery.Top(Role role, int count, var replyTo) ->
                to(form, refs, replyTo)
                        .setTop(TopForm.newBuilder().setRole(role.ordinal()).setCount(count));
            case ReputationQuery.History(RoleId id, var replyTo) ->
                to(form, refs, replyTo).setPast(id(id));
            case ReputationQuery.Why(RoleId id, var replyTo) ->
                to(form, refs, replyTo).setExplain(id(id));
            case ReputationQuery.Subscribe(List<RoleId> ids, var replyTo) ->
                to(form, refs, replyTo).setSubscribe(roles(ids));
            case ReputationQuery.Unsubscribe(var replyTo) ->
                to(form, refs, replyTo).setUnsubscribe(true);
        }
    }

    static void write(ReputationAnswer answer, InspectorMessage.Builder form) {
        switch (answer) {
            case Reputation reputation -> form.setReputation(of(reputation));
            case Unknown(RoleId id) -> form.setUnknown(id(id));
            case Reputations(long epoch, List<Reputation> all) ->
                form.setReputations(ReputationsForm.newBuilder()
                        .setEpoch(epoch)
                        .addAllAll(all.stream().map(ReputationForms::of).toList()));
            case Past(RoleId id, List<Change> changes) ->
                form.setHistory(PastForm.newBuilder()
                        .setId(id(id))
                        .addAllChanges(changes.stream().map(ReputationForms::of).toList()));
            case Explanation(RoleId id, var sentences, var warning, var evidence) ->
                form.setExplanation(ExplanationForm.newBuilder()
                        .setId(id(id))
                        .addAllSentences(sentences)
                        .addAllWarning(warning)
                        .addAllEvidence(evidence.stream()
                                .map(one -> EvidenceForm.newBuilder()
                                        .setEpoch(one.epoch())
                                        .setText(one.text())
                                        .build())
                                .toList()));
            case Changed(Reputation now, var sentences) ->
                form.setChanged(ChangedForm.newBuilder().setNow(of(now)).addAllSentences(sentences));
            case Warned(RoleId id, long epoch, var sentences) ->
                form.setWarned(
                        WarnedForm.newBuilder().setId(id(id)).setEpoch(epoch).addAllSentences(sentences));
        }
    }

    static Object read(InspectorMessage form, ActorRefResolver refs) {
        String to = form.getReplyTo();
        return switch (form.getBodyCase()) {
            case QUERY -> new ReputationQuery.One(id(form.getQuery()), ref(refs, to));
            case MANY -> new ReputationQuery.Many(roles(form.getMany()), ref(refs, to));
            case LIST -> new ReputationQuery.All(ref(refs, to));
            case TOP ->
                new ReputationQuery.Top(
                        role(form.getTop().getRole()), form.getTop().getCount(), ref(refs, to));
            case PAST -> new ReputationQuery.History(id(form.getPast()), ref(refs, to));
            case EXPLAIN -> new ReputationQuery.Why(id(form.getExplain()), ref(refs, to));
            case SUBSCRIBE -> new ReputationQuery.Subscribe(roles(form.getSubscribe()), ref(refs, to));
            case UNSUBSCRIBE -> new ReputationQuery.Unsubscribe(ref(refs, to));
            case REPUTATION -> read(form.getReputation());
            case UNKNOWN -> new Unknown(id(form.getUnknown()));
            case REPUTATIONS ->
                new Reputations(
                        form.getReputations().getEpoch(),
                        form.getReputations().getAllList().stream()
                                .map(ReputationForms::read)
                                .toList());
            case HISTORY ->
                new Past(
                        id(form.getHistory().getId()),
                        form.getHistory().getChangesList().stream()
                                .map(ReputationForms::read)
                                .toList());
            case EXPLANATION -> read(form.getExplanation());
            case CHANGED ->
                new Changed(read(form.getChanged().getNow()), form.getChanged().getSentencesList());
            case WARNED ->
                new Warned(
                        id(form.getWarned().getId()),
                        form.getWarned().getEpoch(),
                        form.getWarned().getSentencesList());
            case BODY_NOT_SET -> throw new IllegalArgumentException("a message of a later version");
        };
    }

    private static Explanation read(ExplanationForm form) {
        RoleId id = id(form.getId());
        return new Explanation(
                id,
                form.getSentencesList(),
                form.getWarningList(),
                form.getEvidenceList().stream()
                        .map(one -> new EvidenceText(id, one.getEpoch(), one.getText()))
                        .toList());
    }

    private static ReputationForm of(Reputation reputation) {
        return ReputationForm.newBuilder()
                .setId(id(reputation.id()))
                .setEpoch(reputation.epoch())
                .setScore(reputation.scorePpm())
                .setStanding(Wire.index(reputation.standing()))
                .setWeight(reputation.weightPpm())
                .build();
    }

    private static Reputation read(ReputationForm form) {
        return new Reputation(
                id(form.getId()),
                form.getEpoch(),
                form.getScore(),
                Wire.standing(form.getStanding()),
                form.getWeight());
    }

    private static PastChangeForm of(Change change) {
        return PastChangeForm.newBuilder()
                .setEpoch(change.epoch())
                .setWhy(change.why())
                .setStandingBefore(Wire.index(change.before()))
                .setStandingAfter(Wire.index(change.after()))
                .setScoreBefore(change.scoreBeforePpm())
                .setScoreAfter(change.scoreAfterPpm())
                .build();
    }

    private static Change read(PastChangeForm form) {
        return new Change(
                form.getEpoch(),
                form.getWhy(),
                Wire.standing(form.getStandingBefore()),
                Wire.standing(form.getStandingAfter()),
                form.getScoreBefore(),
                form.getScoreAfter());
    }

    private static RolesForm roles(List<RoleId> ids) {
        return RolesForm.newBuilder()
                .addAllIds(ids.stream().map(ReputationForms::id).toList())
                .build();
    }

    private static List<RoleId> roles(RolesForm form) {
        return form.getIdsList().stream().map(ReputationForms::id).toList();
    }

    private static Role role(int index) {
        Role[] all = Role.values();
        if (index < 0 || index >= all.length) throw new IllegalArgumentException("roles are 0 to 2, not " + index);
        return all[index];
    }

    private static ByteString id(RoleId id) {
        return Wire.bytes(id.bytes());
    }

    private static RoleId id(ByteString bytes) {
        return RoleId.of(Wire.bytes(bytes));
    }

    private static InspectorMessage.Builder to(
            InspectorMessage.Builder form, ActorRefResolver refs, ActorRef<?> replyTo) {
        return form.setReplyTo(refs.toSerializationFormat(replyTo));
    }

    private static <T> ActorRef<T> ref(ActorRefResolver refs, String text) {
        if (text.isEmpty() || text.length() > REF_MAX)
            throw new IllegalArgumentException("an actor reference has 1 to " + REF_MAX + " characters");
        return refs.resolveActorRef(text);
    }
}
