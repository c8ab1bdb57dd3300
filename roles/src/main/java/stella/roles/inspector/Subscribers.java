package stella.roles.inspector;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;
import stella.protocol.role.RoleId;
import stella.reputation.State;
import stella.roles.inspector.ReputationAnswer.Notice;

/** Who wants to hear of changes of reputation, and of which. Owned by one actor; not written down. */
final class Subscribers {
    /** Beyond it nobody new is taken: the oldest do not pay for a crowd. */
    static final int MAX = 1000;

    private record Subscription(Set<RoleId> ids, ActorRef<Notice> who) {
        boolean wants(RoleId id) {
            return ids.isEmpty() || ids.contains(id);
        }
    }

    private final SortedMap<ActorRef<Notice>, Subscription> all = new TreeMap<>();

    /** False when there are too many already. */
    boolean add(List<RoleId> ids, ActorRef<Notice> who) {
        if (all.size() >= MAX && !all.containsKey(who)) return false;
        all.put(who, new Subscription(new TreeSet<>(ids), who));
        return true;
    }

    void remove(ActorRef<Notice> who) {
        all.remove(who);
    }

    void tell(State before, Memory after) {
        if (all.isEmpty() || before.equals(after.adopted())) return;
        List<Notice> notices =
                Answers.notices(before, after, id -> all.values().stream().anyMatch(one -> one.wants(id)));
        for (Subscription one : all.values())
            for (Notice notice : notices) if (one.wants(notice.id())) one.who().tell(notice);
    }
}
