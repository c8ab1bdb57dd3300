package stella.roles.store;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import stella.protocol.chain.Block;
import stella.protocol.deal.Ask;
import stella.roles.Ledger;
import stella.roles.Transfer.Quoted;
import stella.roles.Transfer.Terms;

/**
 * Tells strangers what a Store's ask says to their terms: exactly what is on chain (AS-1). Reads the newest finalized block; safe for
 * any thread.
 */
public final class AskCounter implements AutoCloseable {
    private final Ledger ledger;
    private final Ledger.Following following;
    private volatile @Nullable Block head;

    public AskCounter(Ledger ledger) {
        this.ledger = ledger;
        this.following = ledger.follow(block -> head = block);
    }

    /** Never completes exceptionally. */
    public CompletionStage<Quoted> quote(Terms terms) {
        Block newest = head;
        if (newest == null)
            return CompletableFuture.completedStage(new Quoted.Refused(503, "this Store has not seen the chain yet"));
        return ledger.ask(ledger.account(), newest.hash())
                .thenApply(ask -> judge(ask, terms, newest.number()))
                .exceptionally(_ -> new Quoted.Refused(503, "the chain cannot be read now; ask again in a moment"));
    }

    @Override
    public void close() {
        following.close();
    }

    static Quoted judge(Optional<Ask> published, Terms terms, long block) {
        if (published.isEmpty() || published.get().expiresAt() <= block)
            return new Quoted.Refused(404, "this Store has no valid ask on chain");
        Ask ask = published.get();
        if (terms.pieceSize() < ask.pieceSizeMin() || terms.pieceSize() > ask.pieceSizeMax())
            return refused("pieces of " + ask.pieceSizeMin() + " to " + ask.pieceSizeMax() + " bytes are taken");
        if (terms.pieceSize() > ask.capacity()) return refused(ask.capacity() + " bytes are still offered");
        if (terms.periods() > ask.periodsMax())
            return refused("deals run for at most " + ask.periodsMax() + " periods");
        if (terms.tier() != ask.tier()) return refused("the tier " + ask.tier() + " is offered");
        return new Quoted.Offered(ask);
    }

    private static Quoted refused(String sentence) {
        return new Quoted.Refused(409, sentence);
    }
}
