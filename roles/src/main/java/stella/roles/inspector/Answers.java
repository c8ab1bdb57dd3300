package stella.roles.inspector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.reputation.ChangeRecord;
import stella.reputation.State;
import stella.reputation.Story;
import stella.roles.inspector.ReputationAnswer.Change;
import stella.roles.inspector.ReputationAnswer.Changed;
import stella.roles.inspector.ReputationAnswer.Explanation;
import stella.roles.inspector.ReputationAnswer.Notice;
import stella.roles.inspector.ReputationAnswer.Past;
import stella.roles.inspector.ReputationAnswer.Reputation;
import stella.roles.inspector.ReputationAnswer.Reputations;
import stella.roles.inspector.ReputationAnswer.Single;
import stella.roles.inspector.ReputationAnswer.Unknown;
import stella.roles.inspector.ReputationAnswer.Warned;

/** What an Inspector tells who asks about reputation: always the adopted state, never its own unconfirmed result. Pure. */
final class Answers {
    private Answers() {}

    static Single of(Memory memory, RoleId id) {
        return reputation(memory.adopted(), id).<Single>map(known -> known).orElseGet(() -> new Unknown(id));
    }

    static Reputations all(Memory memory) {
        return reputations(memory, ids(memory.adopted()));
    }

    static Reputations many(Memory memory, List<RoleId> ids) {
        return reputations(memory, ids.stream());
    }

    static Reputations top(Memory memory, Role role, int count) {
        List<Reputation> best = ids(memory.adopted())
                .filter(id -> id.role() == role)
                .flatMap(id -> reputation(memory.adopted(), id).stream())
                .filter(known -> known.standing().isActive())
                .sorted(Comparator.comparingInt((Reputation known) -> -known.scorePpm())
                        .thenComparing(Reputation::id))
                .limit(count)
                .toList();
        return new Reputations(memory.adopted().epoch(), best);
    }

    static Past past(Memory memory, RoleId id) {
        return new Past(
                id, memory.history().of(id).stream().map(Answers::change).toList());
    }

    private static Change change(ChangeRecord record) {
        String why = record.why().map(cause -> cause.text()).orElse("");
        return switch (record) {
            case ChangeRecord.OfSubject subject ->
                new Change(
                        subject.epoch(),
                        why,
                        subject.before().standing(),
                        subject.after().standing(),
                        (int) subject.before().score(),
                        (int) subject.after().score());
            case ChangeRecord.OfInspector inspector ->
                new Change(inspector.epoch(), why, inspector.before(), inspector.after(), 0, (int) inspector.derived());
        };
    }

    static Explanation explain(Memory memory, RoleId id) {
        List<ChangeRecord> newestFirst = memory.history().of(id).reversed();
        List<String> sentences = new ArrayList<>(Story.now(memory.adopted(), id.bytes()));
        for (ChangeRecord record : newestFirst) sentences.addAll(Story.of(record));
        return new Explanation(
                id,
                sentences,
                Warnings.about(memory.adopted(), id).orElse(List.of()),
                newestFirst.stream().map(EvidenceText::of).toList());
    }

    /** What subscribers hear when the adopted state goes from {@code before} to that of {@code after}. */
    static List<Notice> notices(State before, Memory after, Predicate<RoleId> wanted) {
        List<Notice> notices = new ArrayList<>();
        State now = after.adopted();
        ids(now).filter(wanted).forEach(id -> {
            Optional<Reputation> known = reputation(now, id);
            boolean changed =
                    !reputation(before, id).map(old -> at(now.epoch(), old)).equals(known);
            if (changed) known.ifPresent(one -> notices.add(new Changed(one, why(after, id))));
            if (Warnings.about(before, id).isEmpty())
                Warnings.about(now, id).ifPresent(lines -> notices.add(new Warned(id, now.epoch(), lines)));
        });
        return notices;
    }

    private static List<String> why(Memory memory, RoleId id) {
        return memory.history().of(id).reversed().stream()
                .limit(1)
                .filter(record -> record.epoch() == memory.adopted().epoch())
                .flatMap(record -> Story.of(record).stream())
                .toList();
    }

    private static Reputation at(long epoch, Reputation old) {
        return new Reputation(old.id(), epoch, old.scorePpm(), old.standing(), old.weightPpm());
    }

    static Inspector.Published published(Memory memory, Hash digest) {
        return new Inspector.Published(
                digest,
                memory.shown()
                        .filter(attested -> attested.digest().equals(digest))
                        .findFirst()
                        .map(Attested::encode));
    }

    private static Reputations reputations(Memory memory, Stream<RoleId> ids) {
        List<Reputation> all =
                ids.flatMap(id -> reputation(memory.adopted(), id).stream()).toList();
        return new Reputations(memory.adopted().epoch(), all);
    }

    private static Stream<RoleId> ids(State state) {
        return Stream.concat(state.subjects().keySet().stream(), state.inspectors().keySet().stream())
                .map((Bytes id) -> RoleId.of(id));
    }

    private static Optional<Reputation> reputation(State state, RoleId id) {
        return Optional.ofNullable(Evaluation.entry(id, state))
                .map(entry -> new Reputation(id, state.epoch(), entry.scorePpm(), entry.standing(), entry.weightPpm()));
    }
}
