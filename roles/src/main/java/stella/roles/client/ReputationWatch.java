package stella.roles.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import stella.protocol.role.RoleId;
import stella.roles.inspector.Inspector;
import stella.roles.inspector.ReputationAnswer.Changed;
import stella.roles.inspector.ReputationAnswer.Notice;
import stella.roles.inspector.ReputationAnswer.Warned;
import stella.roles.inspector.ReputationQuery;

/**
 * Tells an operator in the log what becomes of its nodes' reputation, and warns before a suspension (RE-6). It subscribes at every
 * Inspector of the cluster that the receptionist names, so that none has to stay; what several say is told once.
 */
public final class ReputationWatch extends AbstractMatchingBehavior<ReputationWatch.Command> {
    public sealed interface Command {}

    /** Asks for the warnings that stand, by role. */
    public record GetWarnings(ActorRef<Standing> replyTo) implements Command {}

    /** @param warnings sentences by role; a role without a warning is not there */
    public record Standing(SortedMap<RoleId, List<String>> warnings) {}

    private record Listed(Set<ActorRef<Inspector.Command>> inspectors) implements Command {
        private Listed {
            inspectors = Set.copyOf(inspectors);
        }
    }

    private record Heard(Notice notice) implements Command {}

    private final List<RoleId> own;
    private final ActorRef<Notice> ear;
    private final SortedMap<RoleId, List<String>> warnings = new TreeMap<>();
    private final SortedMap<RoleId, Changed> told = new TreeMap<>();

    /** @param own roles of the operator's nodes; not empty */
    public static Behavior<Command> create(List<RoleId> own) {
        if (own.isEmpty()) throw new IllegalArgumentException("an operator watches its own nodes, and there are none");
        return Behaviors.setup(context -> new ReputationWatch(context, own));
    }

    private ReputationWatch(ActorContext<Command> context, List<RoleId> own) {
        super(context);
        this.own = List.copyOf(own);
        this.ear = context.messageAdapter(Notice.class, Heard::new);
        ActorRef<Receptionist.Listing> listings = context.messageAdapter(
                Receptionist.Listing.class, listing -> new Listed(listing.getServiceInstances(Inspector.SERVICE)));
        context.getSystem().receptionist().tell(Receptionist.subscribe(Inspector.SERVICE, listings));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case GetWarnings get -> get.replyTo().tell(new Standing(new TreeMap<>(warnings)));
            case Listed listed -> listed.inspectors().forEach(one -> one.tell(new ReputationQuery.Subscribe(own, ear)));
            case Heard(Warned warned) -> onWarned(warned);
            case Heard(Changed changed) -> onChanged(changed);
        }
        return this;
    }

    private void onWarned(Warned warned) {
        if (warned.sentences().equals(warnings.put(warned.id(), warned.sentences()))) return;
        getContext().getLog().warn("{}", String.join("\n", warned.sentences()));
    }

    private void onChanged(Changed changed) {
        Changed before = told.put(changed.id(), changed);
        if (changed.equals(before)) return;
        boolean moved =
                before != null && before.now().standing() != changed.now().standing();
        List<String> lines = new ArrayList<>();
        lines.add(changed.id() + " is " + changed.now().standing().word() + " with "
                + changed.now().scorePpm() / 10_000 + " % since epoch "
                + changed.now().epoch());
        lines.addAll(changed.sentences());
        if (moved) {
            warnings.remove(changed.id());
            getContext().getLog().warn("{}", String.join("\n", lines));
        } else getContext().getLog().debug("{}", String.join("\n", lines));
    }
}
