package stella.roles.client;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stella.protocol.AccountId;
import stella.protocol.chain.Block;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Credits;
import stella.protocol.deal.StorageRequest;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.roles.Ledger;

/** What a client looks up before it spends anything, all at one block. */
record Survey(Block at, Candidates candidates, Credits credits) {
    static CompletionStage<Survey> of(StorageRequest terms, Block at, Ledger ledger) {
        var reputation = ledger.reputation(at.hash());
        var credits = ledger.credits(ledger.account(), at.hash());
        return ledger.roles(at.hash())
                .thenCompose(roles -> asks(roles, at, ledger)
                        .thenCompose(asks -> reputation.thenCompose(entries -> credits.thenApply(
                                own -> new Survey(at, Candidates.of(terms, at.number(), roles, asks, entries), own)))));
    }

    /** One after the other: a network of a thousand Stores must not be a thousand questions at once. */
    private static CompletionStage<Map<AccountId, Ask>> asks(List<RoleEntry> roles, Block at, Ledger ledger) {
        CompletionStage<Map<AccountId, Ask>> all = CompletableFuture.completedStage(new TreeMap<>());
        for (RoleEntry role : roles) {
            if (role.role() != Role.STORE) continue;
            all = all.thenCompose(known -> ledger.ask(role.account(), at.hash()).thenApply(ask -> {
                ask.ifPresent(found -> known.put(role.account(), found));
                return known;
            }));
        }
        return all;
    }
}
