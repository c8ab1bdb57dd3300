package stella.roles.inspector;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import stella.protocol.chain.Block;
import stella.protocol.deal.Ask;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.roles.Ledger;
import stella.roles.Transfer;
import stella.roles.Transfer.Quoted;
import stella.roles.Transfer.Terms;

/**
 * Queries a Store's ask as a stranger would (AS-2), once an epoch, with the first of its items.
 *
 * <p>A Store may change its ask while it is asked: what it answers is broken only if it breaks the ask of the block before the question
 * and that of the newest block after it.
 */
final class AskProbe {
    private final Ledger ledger;
    private final Transfer transfer;
    private final InspectorSettings settings;
    private final Supplier<@Nullable Block> newest;

    /** @param newest finalized block, null before the first */
    AskProbe(Ledger ledger, Transfer transfer, InspectorSettings settings, Supplier<@Nullable Block> newest) {
        this.ledger = ledger;
        this.transfer = transfer;
        this.settings = settings;
        this.newest = newest;
    }

    /** Whether the Store breaks its ask; false for a duty with which no ask is checked. */
    CompletionStage<Boolean> isBroken(EpochWork work, Plan.Duty duty) {
        RoleId subject = duty.subject();
        Block before = newest.get();
        Optional<Member> store = work.member(subject)
                .filter(member -> member.standing().isActive()); // a suspended Store takes nothing new (RE-3)
        if (subject.role() != Role.STORE || duty.index() != 0 || before == null || store.isEmpty())
            return CompletableFuture.completedStage(false);
        return ledger.ask(subject.account(), before.hash()).thenCompose(published -> {
            Optional<Terms> terms = AskCheck.fitting(published, before.number(), work.askDraw(subject));
            return terms.isEmpty()
                    ? CompletableFuture.completedStage(false)
                    : query(subject, store.get().endpoint(), before, published, terms.get());
        });
    }

    private CompletionStage<Boolean> query(
            RoleId subject, String endpoint, Block before, Optional<Ask> published, Terms terms) {
        return transfer.ask(endpoint, terms, settings.deadline())
                .exceptionally(failure -> new Quoted.Unreachable(String.valueOf(failure.getMessage())))
                .thenCompose(answer -> AskCheck.isBroken(published, terms, before.number(), answer)
                        ? stillBroken(subject, terms, answer)
                        : CompletableFuture.completedStage(false));
    }

    private CompletionStage<Boolean> stillBroken(RoleId subject, Terms terms, Quoted answer) {
        Block after = newest.get();
        if (after == null) return CompletableFuture.completedStage(false);
        return ledger.ask(subject.account(), after.hash())
                .thenApply(published -> AskCheck.isBroken(published, terms, after.number(), answer));
    }
}
