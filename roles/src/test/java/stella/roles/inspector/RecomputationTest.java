package stella.roles.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stella.roles.inspector.FakeChain.account;
import static stella.roles.inspector.FakeChain.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stella.protocol.Hash;
import stella.protocol.chain.Call;
import stella.protocol.inspection.Commitment;
import stella.protocol.inspection.Timeline;
import stella.protocol.role.Changes;
import stella.protocol.role.ReputationChange;
import stella.protocol.role.Role;
import stella.protocol.role.Standing;
import stella.roles.Ledger;

/** Anybody comes to the adopted results from the chain's blocks, and sees where a quorum adopted something else. */
class RecomputationTest {
    private static final Timeline TIMELINE = new Timeline(FakeChain.EPOCH);

    private final World world = new World(4);
    private final List<Recomputation.Finding> told = new ArrayList<>();

    @BeforeEach
    void twoStoresOfWhichOneLosesEverything() {
        world.store(101);
        world.store(102);
        world.nodes.tamper(endpoint(account(102)), _ -> new stella.roles.Transfer.Answer.Refused(404, "lost"));
    }

    private Recomputation.Finding recompute(long epoch) {
        return new Recomputation(world.chain.ledgerOf(account(77)), Runnable::run)
                .of(epoch, told::add)
                .toCompletableFuture()
                .join();
    }

    @Test
    void comesToWhatTheQuorumAdopted() {
        world.epochs(12);
        world.blocks(1);

        Recomputation.Finding finding = recompute(7);

        assertThat(finding.agrees()).isTrue();
        assertThat(finding.adopted()).contains(finding.evaluation().digest());
        assertThat(finding.evaluation().state().subjects()).hasSize(2);
        assertThat(told).hasSize(8).allMatch(Recomputation.Finding::agrees);
    }

    @Test
    void goesOnOverAnEpochThatWasCarriedOver() {
        world.epochs(6);
        world.chain.attestationsLost = true;
        world.epochs(1);
        world.chain.attestationsLost = false;
        world.epochs(6);
        world.blocks(1);

        Recomputation.Finding finding = recompute(8);

        assertThat(told).anyMatch(one -> one.adopted().isEmpty());
        assertThat(finding.adopted()).contains(finding.evaluation().digest());
    }

    @Test
    void namesTheFirstEntryOfAResultThatIsNotTheRightOne() {
        long epoch = 3;
        long from = TIMELINE.attest(epoch).from();
        while (world.chain.height() < from - 1) world.blocks(1);
        Changes forged = new Changes(
                Hash.ZERO, List.of(new ReputationChange(Role.STORE, account(101), 999_999, Standing.TRUSTED, 0)));
        for (int i = 1; i <= 3; i++)
            world.chain
                    .ledgerOf(account(i))
                    .submit(
                            "forged/" + i,
                            new Call.AttestReputation(epoch, Commitment.of(forged), Optional.of(forged)));
        while (world.chain.height() < TIMELINE.settledAt(epoch + 2)) world.blocks(1);

        Recomputation.Finding finding = recompute(epoch + 1);

        assertThat(finding.evaluation().epoch()).isEqualTo(epoch);
        assertThat(finding.adopted()).contains(Commitment.of(forged));
        Recomputation.Difference difference = finding.difference().orElseThrow();
        assertThat(difference.who()).contains(new Ledger.Node(Role.STORE, account(101)));
        assertThat(difference.field()).isEqualTo("score");
        assertThat(difference.onChain()).isEqualTo("999999");
    }

    @Test
    void saysWhichBlockItLacks() {
        world.epochs(5);

        assertThatThrownBy(() -> recompute(4)).hasRootCauseInstanceOf(Ledger.Unavailable.class);
    }
}
