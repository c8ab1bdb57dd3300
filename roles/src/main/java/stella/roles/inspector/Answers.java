package stella.roles.inspector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.role.ReputationChange;
import stella.protocol.role.RoleId;
import stella.reputation.ChangeRecord;
import stella.reputation.Story;
import stella.roles.inspector.Inspector.Explanation;
import stella.roles.inspector.Inspector.Reputation;
import stella.roles.inspector.Inspector.ReputationReply;
import stella.roles.inspector.Inspector.Reputations;

/** What an Inspector tells who asks about reputation: always the adopted state, never its own unconfirmed result. */
final class Answers {
    private Answers() {}

    static ReputationReply of(Memory memory, RoleId id) {
        @Nullable Reputation known = reputation(memory, id);
        return known != null ? known : new Inspector.Unknown(id);
    }

    static Reputations all(Memory memory) {
        List<Reputation> all = new ArrayList<>();
        add(all, memory, memory.adopted().subjects().keySet());
        add(all, memory, memory.adopted().inspectors().keySet());
        return new Reputations(memory.adopted().epoch(), all);
    }

    private static void add(List<Reputation> all, Memory memory, Iterable<Bytes> ids) {
        for (Bytes id : ids) {
            @Nullable Reputation known = reputation(memory, RoleId.of(id));
            if (known != null) all.add(known);
        }
    }

    static Explanation explain(Memory memory, RoleId id) {
        List<String> sentences = new ArrayList<>(Story.now(memory.adopted(), id.bytes()));
        List<ChangeRecord> records = memory.history().of(id);
        for (ChangeRecord record : records.reversed()) sentences.addAll(Story.of(record));
        return new Explanation(id, sentences);
    }

    static Inspector.Published published(Memory memory, Hash digest) {
        return new Inspector.Published(
                digest,
                memory.shown()
                        .filter(attested -> attested.digest().equals(digest))
                        .findFirst()
                        .map(Attested::encode));
    }

    private static @Nullable Reputation reputation(Memory memory, RoleId id) {
        @Nullable ReputationChange entry = Evaluation.entry(id, memory.adopted());
        return entry == null
                ? null
                : new Reputation(id, memory.adopted().epoch(), entry.scorePpm(), entry.standing(), entry.weightPpm());
    }
}
