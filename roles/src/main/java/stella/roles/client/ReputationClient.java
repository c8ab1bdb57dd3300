package stella.roles.client;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.roles.inspector.Inspector;
import stella.roles.inspector.ReputationAnswer.Explanation;
import stella.roles.inspector.ReputationAnswer.Notice;
import stella.roles.inspector.ReputationAnswer.Past;
import stella.roles.inspector.ReputationAnswer.Reputations;
import stella.roles.inspector.ReputationAnswer.Single;
import stella.roles.inspector.ReputationQuery;

/**
 * Asks Inspectors of this cluster about reputation, from any member of it (DL-7, RE-6). Safe for any thread.
 *
 * <p>Each question finds an Inspector by the receptionist, one on this member if there is one; an answer that does not come within the
 * patience fails its stage with a {@link java.util.concurrent.TimeoutException}, and no Inspector at all with an {@link
 * IllegalStateException}. Asking again is always right.
 */
public final class ReputationClient {
    private final ActorSystem<?> system;
    private final Duration patience;

    public ReputationClient(ActorSystem<?> system, Duration patience) {
        this.system = system;
        this.patience = patience;
    }

    public CompletionStage<Single> one(RoleId id) {
        return ask(replyTo -> new ReputationQuery.One(id, replyTo));
    }

    public CompletionStage<Reputations> many(List<RoleId> ids) {
        return ask(replyTo -> new ReputationQuery.Many(ids, replyTo));
    }

    public CompletionStage<Reputations> all() {
        return ask(ReputationQuery.All::new);
    }

    public CompletionStage<Reputations> top(Role role, int count) {
        return ask(replyTo -> new ReputationQuery.Top(role, count, replyTo));
    }

    public CompletionStage<Past> history(RoleId id) {
        return ask(replyTo -> new ReputationQuery.History(id, replyTo));
    }

    public CompletionStage<Explanation> why(RoleId id) {
        return ask(replyTo -> new ReputationQuery.Why(id, replyTo));
    }

    /**
     * {@code listener} hears of these roles from now on; see {@link ReputationQuery.Subscribe}.
     *
     * @return the Inspector that tells it; when it stops, subscribe again
     */
    public CompletionStage<ActorRef<Inspector.Command>> subscribe(List<RoleId> ids, ActorRef<Notice> listener) {
        return inspector().thenApply(inspector -> {
            inspector.tell(new ReputationQuery.Subscribe(ids, listener));
            return inspector;
        });
    }

    private <T> CompletionStage<T> ask(Function<ActorRef<T>, Inspector.Command> question) {
        return inspector()
                .thenCompose(inspector -> AskPattern.ask(inspector, question::apply, patience, system.scheduler()));
    }

    private CompletionStage<ActorRef<Inspector.Command>> inspector() {
        CompletionStage<Receptionist.Listing> listing = AskPattern.ask(
                system.receptionist(),
                replyTo -> Receptionist.find(Inspector.SERVICE, replyTo),
                patience,
                system.scheduler());
        return listing.thenCompose(found -> found.getServiceInstances(Inspector.SERVICE).stream()
                .min(Comparator.comparing((ActorRef<Inspector.Command> one) -> isElsewhere(one))
                        .thenComparing(Comparator.naturalOrder()))
                .<CompletionStage<ActorRef<Inspector.Command>>>map(CompletableFuture::completedStage)
                .orElseGet(() -> CompletableFuture.failedStage(
                        new IllegalStateException("no Inspector is known to this member of the cluster yet"))));
    }

    private static boolean isElsewhere(ActorRef<?> ref) {
        return ref.path().address().hasGlobalScope();
    }
}
