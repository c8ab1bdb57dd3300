package stella.roles.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.fakes.Samples.account;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.Standing;
import stella.roles.Ledger;
import stella.roles.fakes.Samples;

/** FE-2: which replica is asked next. */
class RetrievalTest {
    private static final AccountId A = account(1);
    private static final AccountId B = account(2);
    private static final AccountId C = account(3);
    private static final Cid ROOT = Cid.of(Samples.CONTENT);
    private static final Cid OTHER_ROOT = Cid.of(Codec.RAW, Bytes.utf8("other"));
    private static final Cid CHILD = Cid.of(Codec.RAW, Bytes.utf8("child"));
    private static final Cid UNHEARD_OF = Cid.of(Codec.RAW, Bytes.utf8("nobody knows"));

    private final Retrieval retrieval = new Retrieval(2, 10);

    private static Deal deal(long id, AccountId store, Cid root, DealState state) {
        Deal d = Samples.deal(id, id, store, state);
        return new Deal(
                d.id(),
                d.request(),
                d.client(),
                d.store(),
                root.toBytes(),
                d.piece(),
                d.price(),
                d.periods(),
                d.tier(),
                d.state(),
                d.acceptedAt(),
                d.activatedAt(),
                d.period(),
                d.proven(),
                d.paidPeriods(),
                d.faults(),
                d.faultsInRow(),
                d.collateral(),
                d.reserved(),
                d.deadline());
    }

    private static Map<Ledger.Node, ReputationEntry> scores(Map<AccountId, Integer> scores) {
        Map<Ledger.Node, ReputationEntry> entries = new HashMap<>();
        scores.forEach((store, score) ->
                entries.put(new Ledger.Node(Role.STORE, store), new ReputationEntry(score, Standing.TRUSTED, 0, 1)));
        return entries;
    }

    private void learn(Map<AccountId, Integer> scores, Deal... deals) {
        List<RoleEntry> roles = new ArrayList<>();
        for (AccountId store : List.of(A, B, C)) roles.add(Samples.store(store));
        retrieval.learn(Directory.of(List.of(deals), roles, scores(scores)));
    }

    @Test
    void asksTheBestRatedHolderFirst() {
        learn(
                Map.of(A, 100, B, 900),
                deal(1, A, ROOT, DealState.ACTIVE),
                deal(2, B, ROOT, DealState.ACTIVE),
                deal(3, C, ROOT, DealState.ACTIVE));

        assertThat(retrieval.candidates(ROOT, Optional.empty())).containsExactly(B, A, C);
    }

    @Test
    void asksOnlyThoseWithAnActiveDeal() {
        learn(Map.of(), deal(1, A, ROOT, DealState.ACCEPTED), deal(2, B, ROOT, DealState.ACTIVE));

        assertThat(retrieval.candidates(ROOT, Optional.empty())).containsExactly(B);
    }

    @Test
    void asksAHolderOfTwoReplicasOnce() {
        learn(Map.of(), deal(1, A, ROOT, DealState.ACTIVE), deal(2, A, ROOT, DealState.ACTIVE));

        assertThat(retrieval.candidates(ROOT, Optional.empty())).containsExactly(A);
    }

    @Test
    void asksTheHoldersOfTheRootThatTheAskerNames() {
        learn(Map.of(), deal(1, A, ROOT, DealState.ACTIVE), deal(2, B, OTHER_ROOT, DealState.ACTIVE));

        assertThat(retrieval.candidates(UNHEARD_OF, Optional.of(ROOT))).containsExactly(A);
    }

    @Test
    void asksEverybodyWhenTheRootIsNotKnown() {
        learn(Map.of(B, 5), deal(1, A, ROOT, DealState.ACTIVE), deal(2, B, OTHER_ROOT, DealState.ACTIVE));

        assertThat(retrieval.candidates(UNHEARD_OF, Optional.empty())).containsExactly(B, A);
        assertThat(retrieval.candidates(UNHEARD_OF, Optional.of(UNHEARD_OF))).containsExactly(B, A);
    }

    @Test
    void remembersWhereLinkedBlocksBelong() {
        learn(Map.of(B, 5), deal(1, A, ROOT, DealState.ACTIVE), deal(2, B, OTHER_ROOT, DealState.ACTIVE));

        retrieval.linked(ROOT, List.of(CHILD));

        assertThat(retrieval.candidates(CHILD, Optional.empty())).containsExactly(A);
    }

    @Test
    void remembersGrandchildren() {
        learn(Map.of(B, 5), deal(1, A, ROOT, DealState.ACTIVE), deal(2, B, OTHER_ROOT, DealState.ACTIVE));
        retrieval.linked(ROOT, List.of(CHILD));

        retrieval.linked(CHILD, List.of(UNHEARD_OF));

        assertThat(retrieval.candidates(UNHEARD_OF, Optional.empty())).containsExactly(A);
    }

    @Test
    void forgetsTheOldestHintsBeyondTheBound() {
        learn(Map.of(B, 5), deal(1, A, ROOT, DealState.ACTIVE), deal(2, B, OTHER_ROOT, DealState.ACTIVE));

        retrieval.linked(ROOT, List.of(CHILD, Cid.of(Codec.RAW, Bytes.utf8("b")), Cid.of(Codec.RAW, Bytes.utf8("c"))));

        assertThat(retrieval.candidates(CHILD, Optional.empty())).containsExactly(B, A);
    }

    @Test
    void asksEverybodyWhenTheRootOfAHintHasNoDealsAnyMore() {
        learn(Map.of(), deal(1, A, ROOT, DealState.ACTIVE), deal(2, B, OTHER_ROOT, DealState.ACTIVE));
        retrieval.linked(ROOT, List.of(CHILD));

        learn(Map.of(), deal(2, B, OTHER_ROOT, DealState.ACTIVE));

        assertThat(retrieval.candidates(CHILD, Optional.empty())).containsExactly(B);
    }

    @Test
    void asksAFailedStoreLastUntilItHasRested() {
        learn(Map.of(A, 900), deal(1, A, ROOT, DealState.ACTIVE), deal(2, B, ROOT, DealState.ACTIVE));
        retrieval.at(100);

        retrieval.failed(A);

        assertThat(retrieval.candidates(ROOT, Optional.empty())).containsExactly(B, A);
        retrieval.at(109);
        assertThat(retrieval.candidates(ROOT, Optional.empty())).containsExactly(B, A);
        retrieval.at(110);
        assertThat(retrieval.candidates(ROOT, Optional.empty())).containsExactly(A, B);
    }

    @Test
    void asksNobodyWhoHasLeft() {
        retrieval.learn(Directory.of(
                List.of(deal(1, A, ROOT, DealState.ACTIVE), deal(2, B, ROOT, DealState.ACTIVE)),
                List.of(Samples.store(B)),
                Map.of()));

        assertThat(retrieval.candidates(ROOT, Optional.empty())).containsExactly(B);
        assertThat(retrieval.endpoint(A)).isEmpty();
    }

    @Test
    void asksNoMoreThanAsManyAsARequestCanHaveReplicas() {
        List<Deal> deals = new ArrayList<>();
        List<RoleEntry> roles = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            deals.add(deal(i, account(i), ROOT, DealState.ACTIVE));
            roles.add(Samples.store(account(i)));
        }
        retrieval.learn(Directory.of(deals, roles, Map.of()));

        assertThat(retrieval.candidates(UNHEARD_OF, Optional.empty())).hasSize(Retrieval.ASKED_MAX);
    }

    @Test
    void findsTheHoldersOfAPiece() {
        learn(Map.of(B, 5), deal(1, A, ROOT, DealState.ACTIVE), deal(2, B, OTHER_ROOT, DealState.ACTIVE));

        assertThat(retrieval.candidates(Samples.PIECE)).containsExactly(B, A);
    }

    @Test
    void owesOnlyWhatTheChainOrAVerifiedBlockSays() {
        learn(Map.of(), deal(1, A, ROOT, DealState.ACTIVE), deal(2, B, OTHER_ROOT, DealState.ACTIVE));
        retrieval.linked(ROOT, List.of(CHILD));

        assertThat(retrieval.owes(A, ROOT)).isTrue();
        assertThat(retrieval.owes(A, CHILD)).isTrue();
        assertThat(retrieval.owes(B, CHILD)).isFalse();
        assertThat(retrieval.owes(A, UNHEARD_OF)).isFalse();
    }
}
