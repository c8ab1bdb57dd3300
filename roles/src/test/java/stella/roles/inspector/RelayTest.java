package stella.roles.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.inspector.FakeChain.account;
import static stella.roles.inspector.FakeChain.endpoint;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.protocol.role.Role;
import stella.protocol.role.Standing;
import stella.roles.Ledger;
import stella.roles.Transfer;

/** Looks through Fetch nodes, so that a Store cannot tell who asks (IN-7). */
class RelayTest {
    private static final Set<AccountId> ANCHORS = Set.of(account(1), account(2), account(3));

    private final World world = new World(6);

    private List<Outcome> outcomes(int inspector, AccountId subject) {
        return Objects.requireNonNull(world.chain.reveals(0).get(account(inspector))).stream()
                .filter(verdict -> verdict.subject().equals(subject))
                .map(Verdict::outcome)
                .toList();
    }

    @Test
    void anchorsAskOnlyThroughRelaysAndTheOthersSometimes() {
        AccountId store = world.store(101);
        world.relay(201);
        world.relay(202);
        world.nodes.refuse(endpoint(store), asker -> !asker.equals(account(201)) && !asker.equals(account(202)));

        world.epochs(2);

        assertThat(outcomes(1, store)).hasSize(4).allMatch(Outcome.Ok.class::isInstance);
        long relayed = List.of(4, 5, 6).stream()
                .flatMap(inspector -> outcomes(inspector, store).stream())
                .filter(Outcome.Ok.class::isInstance)
                .count();
        assertThat(relayed).isBetween(1L, 11L);
    }

    @Test
    void aStoreThatServesOnlyTheAnchorsIsFoundByThem() {
        AccountId store = world.store(101);
        world.store(102);
        world.relay(201);
        world.relay(202);
        world.relay(203);
        world.nodes.refuse(endpoint(store), asker -> !ANCHORS.contains(asker));

        world.epochs(14);

        assertThat(outcomes(1, store)).hasSize(4).containsOnly(new Outcome.Refused());
        assertThat(standing(store)).isEqualTo(Standing.SUSPENDED);
        assertThat(standing(account(102))).isEqualTo(Standing.PROBATION);
    }

    @Test
    void withoutRelaysTheSameStoreIsNotFound() {
        AccountId store = world.store(101);
        world.store(102);
        world.nodes.refuse(endpoint(store), asker -> !ANCHORS.contains(asker));

        world.epochs(14);

        assertThat(outcomes(1, store)).hasSize(4).allMatch(Outcome.Ok.class::isInstance);
        assertThat(standing(store)).isNotEqualTo(Standing.SUSPENDED);
    }

    @Test
    void oneLyingRelayHarmsNobody() {
        AccountId store = world.store(101);
        for (int relay = 201; relay <= 203; relay++) world.relay(relay);
        world.nodes.tamper(endpoint(account(201)), _ -> new Transfer.Answer.Refused(403, "it refuses, believe me"));

        world.epochs(2);

        assertThat(outcomes(1, store)).hasSize(4).allMatch(Outcome.Ok.class::isInstance);
        assertThat(world.nodes.relays).contains(endpoint(account(201)));
    }

    @Test
    void relaysOfOneOwnerAreOneVoiceAndNotEnough() {
        AccountId store = world.store(101);
        world.relay(201);
        world.relay(202);
        world.chain.register(Role.FETCH, account(201), java.util.Optional.of(account(77)));
        world.chain.register(Role.FETCH, account(202), java.util.Optional.of(account(77)));

        world.epochs(2);

        assertThat(world.nodes.relays).isEmpty();
        assertThat(outcomes(1, store)).hasSize(4).allMatch(Outcome.Ok.class::isInstance);
    }

    @Test
    void aRelayThatDoesNotRelayLeavesTheMatterToTheInspectorItself() {
        AccountId store = world.store(101);
        world.chain.register(Role.FETCH, account(201), java.util.Optional.empty());
        world.chain.register(Role.FETCH, account(202), java.util.Optional.empty());

        world.epochs(2);

        assertThat(outcomes(1, store)).hasSize(4).allMatch(Outcome.Ok.class::isInstance);
    }

    @Test
    void aFetchThatDoesNotSignWhatItDeliversFails() {
        AccountId store = world.store(101);
        AccountId fetch = world.relay(201);
        world.nodes.serve(endpoint(fetch), List.of(Content.random(0), Content.random(1)));

        world.epochs(1);
        world.nodes.tamperReceipts(
                endpoint(fetch),
                answer -> answer instanceof Transfer.Possession.Proven(var leaves, var _)
                        ? new Transfer.Possession.Proven(leaves)
                        : answer);
        world.epochs(3);

        assertThat(outcomes(1, fetch)).hasSize(4).allMatch(Outcome.Ok.class::isInstance);
        assertThat(world.chain.reveals(1).get(account(1)))
                .filteredOn(verdict -> verdict.subject().equals(fetch))
                .hasSize(4)
                .allSatisfy(verdict -> assertThat(verdict.outcome()).isEqualTo(new Outcome.Refused()));
        assertThat(outcomes(1, store)).allMatch(Outcome.Ok.class::isInstance);
    }

    private Standing standing(AccountId store) {
        return Objects.requireNonNull(world.chain.reputation().get(new Ledger.Node(Role.STORE, store)))
                .standing();
    }
}
