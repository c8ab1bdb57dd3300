package stella.roles.client;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;
import stella.protocol.AccountId;
import stella.roles.store.Store;

/** Store actors that can be reached from here, and the accounts they introduced themselves with. Owned by one {@link Placement}. */
final class KnownStores {
    private final SortedMap<AccountId, ActorRef<Store.Command>> byAccount = new TreeMap<>();
    private final Set<ActorRef<Store.Command>> asked = new HashSet<>();

    /** Takes over who is there now; those that are new have to be asked who they are. */
    Set<ActorRef<Store.Command>> present(Set<ActorRef<Store.Command>> all) {
        asked.retainAll(all);
        byAccount.values().retainAll(all);
        Set<ActorRef<Store.Command>> fresh = new HashSet<>(all);
        fresh.removeAll(asked);
        asked.addAll(fresh);
        return fresh;
    }

    void introduced(Store.Identity identity) {
        byAccount.put(identity.account(), identity.store());
    }

    Optional<ActorRef<Store.Command>> find(AccountId account) {
        return Optional.ofNullable(byAccount.get(account));
    }

    /** Those of {@code accounts} that nobody introduced himself with. */
    SortedSet<AccountId> unknown(Set<AccountId> accounts) {
        SortedSet<AccountId> unknown = new TreeSet<>(accounts);
        unknown.removeAll(byAccount.keySet());
        return unknown;
    }
}
