package stella.roles.inspector;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import stella.protocol.AccountId;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.roles.Transfer;

/** Other Inspectors as a source of adopted states. Nobody is trusted: what they send is checked against the chain. */
final class Peers {
    /** So many are asked before the epoch is opened without. */
    static final int ASKED_MAX = 8;

    private final Transfer transfer;
    private final InspectorSettings settings;

    Peers(Transfer transfer, InspectorSettings settings) {
        this.transfer = transfer;
        this.settings = settings;
    }

    /**
     * The public endpoints of the other Inspectors, each once.
     *
     * @param turn spreads the questions: who is asked first
     */
    static List<String> endpoints(List<RoleEntry> roles, AccountId self, long turn) {
        List<String> all = roles.stream()
                .filter(role -> role.role() == Role.INSPECTOR && !role.account().equals(self))
                .map(RoleEntry::endpoint)
                .distinct()
                .toList();
        if (all.isEmpty()) return all;
        int first = Math.floorMod(turn, all.size());
        List<String> turned = new java.util.ArrayList<>(all.subList(first, all.size()));
        turned.addAll(all.subList(0, first));
        return turned.subList(0, Math.min(ASKED_MAX, turned.size()));
    }

    /** The adopted state from the first that has it; empty when nobody who was asked has. */
    CompletionStage<Optional<Attested>> find(Settled adopted, List<String> endpoints) {
        if (endpoints.isEmpty()) return CompletableFuture.completedStage(Optional.empty());
        return transfer.published(endpoints.getFirst(), adopted.digest(), settings.deadline())
                .thenApply(answer -> answer instanceof Transfer.Published.Found found
                        ? Attested.read(found.data(), adopted)
                        : Optional.<Attested>empty())
                .exceptionally(_ -> Optional.empty())
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedStage(found)
                        : find(adopted, endpoints.subList(1, endpoints.size())));
    }
}
