package stella.node.dev;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stella.protocol.chain.Block;
import stella.protocol.chain.Call;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Tier;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.roles.Ledger;
import stella.roles.Ledger.Submission;

/** Brings what the chain says of a node in line with what it does: its role, where it listens, what it asks (RO-1, AS-1). */
final class Registration {
    private static final BigInteger STL = BigInteger.TEN.pow(12);
    /** An ask is renewed when less than this is left of it, blocks. */
    private static final long ASK_RENEWED_BEFORE = 100_000;

    private static final long ASK_LASTS = 1_000_000;
    private static final long PERIODS_MAX = 100_000;
    private static final long PIECE_MIN = 128;
    private static final long PIECE_MAX = 32L << 30;

    private Registration() {}

    /** Completes when the chain knows the node; completes exceptionally, saying why, when it refuses. */
    static CompletionStage<Void> ensure(Ledger ledger, DevNode node, String endpoint, long capacity, Block head) {
        CompletionStage<Optional<Ask>> asked = ledger.ask(ledger.account(), head.hash());
        return ledger.roles(head.hash())
                .thenCombine(asked, (roles, ask) -> {
                    List<Intent> intents = new ArrayList<>();
                    role(ledger, node, endpoint, roles).ifPresent(intents::add);
                    if (node.role() == Role.STORE)
                        ask(node, capacity, ask, head).ifPresent(intents::add);
                    return intents;
                })
                .thenCompose(intents -> submit(ledger, node, head, intents));
    }

    private record Intent(String name, Call call) {}

    private static Optional<Intent> role(Ledger ledger, DevNode node, String endpoint, List<RoleEntry> roles) {
        Optional<RoleEntry> known = roles.stream()
                .filter(entry -> entry.role() == node.role() && entry.account().equals(ledger.account()))
                .findFirst();
        if (known.isEmpty())
            return Optional.of(new Intent("register", new Call.RegisterRole(node.role(), endpoint, Optional.empty())));
        if (known.get().endpoint().equals(endpoint)) return Optional.empty();
        return Optional.of(new Intent("endpoint", new Call.UpdateEndpoint(node.role(), endpoint)));
    }

    private static Optional<Intent> ask(DevNode node, long capacity, Optional<Ask> known, Block head) {
        if (known.isPresent() && known.get().expiresAt() > head.number() + ASK_RENEWED_BEFORE) return Optional.empty();
        // Prices differ a little, so that choosing among Stores is worth looking at.
        BigInteger price = STL.multiply(BigInteger.valueOf(9 + node.number())).divide(BigInteger.TEN);
        return Optional.of(new Intent(
                "ask",
                new Call.PublishAsk(new Ask(
                        price, PIECE_MIN, PIECE_MAX, PERIODS_MAX, capacity, Tier.HOT, head.number() + ASK_LASTS))));
    }

    // All are handed over at once: they keep their order within the account and share a block.
    private static CompletionStage<Void> submit(Ledger ledger, DevNode node, Block head, List<Intent> intents) {
        CompletionStage<Void> all = CompletableFuture.completedStage(null);
        for (Intent intent : intents) {
            String key = intent.name() + "/" + node.name() + "/" + head.number();
            CompletionStage<Void> submitted = submit(ledger, key, intent.call());
            all = all.thenCompose(_ -> submitted);
        }
        return all;
    }

    private static CompletionStage<Void> submit(Ledger ledger, String key, Call call) {
        return ledger.submit(key, call).thenCompose(outcome -> switch (outcome) {
            case Submission.Finalized _ -> CompletableFuture.completedStage(null);
            case Submission.Failed(String error, String text) ->
                CompletableFuture.failedStage(new IllegalStateException(key + ": " + error + ": " + text));
            case Submission.Expired() ->
                CompletableFuture.failedStage(new IllegalStateException(key + ": the chain did not take it in time"));
        });
    }
}
