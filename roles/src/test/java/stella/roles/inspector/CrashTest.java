package stella.roles.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.inspector.FakeChain.account;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.roles.Transfer;

/** An Inspector that crashes at every point at which it can: the chain must not be able to tell (IN-5). */
class CrashTest {
    private static final long EPOCHS = 5;

    private static World world() {
        World world = new World(3);
        AccountId lost = world.store(101);
        world.store(102);
        world.nodes.tamper(FakeChain.endpoint(lost), _ -> new Transfer.Answer.Refused(404, "lost"));
        return world;
    }

    @Test
    void aCrashAfterAnyFactChangesNothingOnChain() {
        World calm = world();
        calm.epochs(EPOCHS);
        int facts = calm.desks.getFirst().journal.size();
        assertThat(facts).isGreaterThan(50);

        for (int crash = 1; crash <= facts; crash++) {
            World world = world();
            world.desks.getFirst().crashAfter = crash;
            world.epochs(EPOCHS);

            assertThat(outcomes(world)).as("crash after fact %d", crash).isEqualTo(outcomes(calm));
            assertThat(world.chain.refusals).as("crash after fact %d", crash).isEmpty();
        }
    }

    @Test
    void aCrashBeforeAnyResultIsWrittenChangesNothingOnChain() {
        World calm = world();
        calm.epochs(EPOCHS);

        for (int lost = 0; lost < 60; lost++) {
            World world = world();
            world.desks.getFirst().loseResult = lost;
            world.epochs(EPOCHS);

            assertThat(outcomes(world)).as("result %d lost", lost).isEqualTo(outcomes(calm));
            assertThat(world.chain.refusals).as("result %d lost", lost).isEmpty();
        }
    }

    @Test
    void theReceiptOfEveryOkIsKeptThroughACrashUntilItsQuestionsAreOver() {
        World world = world();
        world.epochs(2);
        world.blocks(FakeChain.EPOCH / 2);
        Desk desk = world.desks.getFirst();
        desk.restart();

        EpochWork work = desk.memory.inFlight(0);
        List<Verdict> ok = Objects.requireNonNull(world.chain.reveals(0).get(account(1))).stream()
                .filter(verdict -> verdict.outcome() instanceof Outcome.Ok)
                .toList();
        assertThat(ok).hasSize(4);
        for (Verdict verdict : ok) {
            KeptReceipt kept = work.receipts()
                    .get(new Plan.Duty(
                            new stella.protocol.role.RoleId(verdict.role(), verdict.subject()), verdict.item()));
            assertThat(verdict.outcome())
                    .isEqualTo(new Outcome.Ok(stella.protocol.inspection.Receipt.digest(
                            Objects.requireNonNull(kept).proof())));
        }
    }

    /** What the chain heard; salts and moments differ after a crash that chose a new secret, so commitments are left out. */
    private static Map<String, Object> outcomes(World world) {
        Map<String, Object> heard = new TreeMap<>();
        for (long epoch = 0; epoch < EPOCHS; epoch++) {
            heard.put("reveals " + epoch, world.chain.reveals(epoch));
            heard.put("attestations " + epoch, world.chain.attestations(epoch));
            heard.put("adopted " + epoch, world.chain.adopted(epoch).map(Hash::toString));
        }
        return heard;
    }
}
