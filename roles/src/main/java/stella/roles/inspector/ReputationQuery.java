package stella.roles.inspector;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.roles.inspector.ReputationAnswer.Explanation;
import stella.roles.inspector.ReputationAnswer.Notice;
import stella.roles.inspector.ReputationAnswer.Past;
import stella.roles.inspector.ReputationAnswer.Reputations;
import stella.roles.inspector.ReputationAnswer.Single;

/**
 * What any node of a cluster may ask an Inspector about reputation (DL-7, RE-6). Found by {@link Inspector#SERVICE}; {@link
 * stella.roles.client.ReputationClient} asks for you. Answers are about the last adopted state, never about a result that no quorum
 * agreed to.
 */
public sealed interface ReputationQuery extends Inspector.Command {
    /** Roles named in one question. */
    int IDS_MAX = 1000;

    /** The reputation of one role of an account. */
    record One(RoleId id, ActorRef<Single> replyTo) implements ReputationQuery {}

    /** Of several, in the order asked; those that nobody knows are left out. */
    record Many(List<RoleId> ids, ActorRef<Reputations> replyTo) implements ReputationQuery {
        public Many {
            ids = bounded(ids);
        }
    }

    /** Of all that are known, ascending. */
    record All(ActorRef<Reputations> replyTo) implements ReputationQuery {}

    /**
     * The best of a role: active ones by score (Inspectors by trust), best first; of equals the lower account first.
     *
     * @param count at most so many, 1 to {@value #IDS_MAX}
     */
    record Top(Role role, int count, ActorRef<Reputations> replyTo) implements ReputationQuery {
        public Top {
            if (count < 1 || count > IDS_MAX)
                throw new IllegalArgumentException("the best 1 to " + IDS_MAX + " are told, not " + count);
        }
    }

    /** The changes that are remembered, oldest first. */
    record History(RoleId id, ActorRef<Past> replyTo) implements ReputationQuery {}

    /** Why a reputation is what it is, what threatens it, and what restores it. */
    record Why(RoleId id, ActorRef<Explanation> replyTo) implements ReputationQuery {}

    /**
     * From now on {@code replyTo} hears each adopted change of these roles and each warning, until it stops or unsubscribes. Asking
     * again replaces what was asked before. A subscription is not written down: when this Inspector is lost, subscribe at another.
     *
     * @param ids empty for all
     */
    record Subscribe(List<RoleId> ids, ActorRef<Notice> replyTo) implements ReputationQuery {
        public Subscribe {
            ids = bounded(ids);
        }
    }

    record Unsubscribe(ActorRef<Notice> replyTo) implements ReputationQuery {}

    private static List<RoleId> bounded(List<RoleId> ids) {
        if (ids.size() > IDS_MAX)
            throw new IllegalArgumentException("at most " + IDS_MAX + " roles are named at a time, not " + ids.size());
        return List.copyOf(ids);
    }
}
