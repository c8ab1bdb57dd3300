package stella.roles.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import stella.protocol.AccountId;
import stella.protocol.chain.Block;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.Standing;
import stella.roles.Ledger;

/** Reads from the chain what the {@link DealDesk} decides by. */
final class Inquiry {
    private Inquiry() {}

    static CompletionStage<DealDesk.Facts> about(long request, Block at, Ledger ledger) {
        AccountId self = ledger.account();
        var requested = ledger.request(request, at.hash());
        var asked = ledger.ask(self, at.hash());
        var role = ledger.roles(at.hash()).thenApply(all -> own(all, self));
        var standing = ledger.reputation(at.hash()).thenApply(all -> {
            ReputationEntry own = all.get(new Ledger.Node(Role.STORE, self));
            return own == null ? Standing.PROBATION : own.standing();
        });
        return requested.thenCompose(found -> role.thenCompose(entry -> asked.thenCompose(
                ask -> standing.thenApply(word -> new DealDesk.Facts(found, entry, ask, word, at.number())))));
    }

    private static Optional<RoleEntry> own(List<RoleEntry> roles, AccountId self) {
        return roles.stream()
                .filter(entry -> entry.role() == Role.STORE && entry.account().equals(self))
                .findFirst();
    }
}
