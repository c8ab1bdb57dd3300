package stella.roles.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.inspector.FakeChain.account;
import static stella.roles.inspector.FakeChain.endpoint;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.role.Changes;

/** An Inspector that comes late starts from the state that a quorum adopted, which others serve and nobody can forge (RE-2). */
class LateJoinTest {
    /** More than {@code catchUpMax} of the settings in use. */
    private static final long LATE = 20;

    private final World world = new World(4); // with three alone, one astray leaves no quorum

    @BeforeEach
    void twoStores() {
        world.store(101);
        world.store(102);
        world.nodes.tamper(endpoint(account(102)), _ -> new stella.roles.Transfer.Answer.Refused(404, "lost"));
    }

    private Desk join() {
        world.epochs(LATE);
        world.blocks(1); // the population of an epoch is that of its first block
        return world.inspector(9);
    }

    @Test
    void startsFromTheAdoptedStateAndAgreesFromThenOn() {
        Desk late = join();

        world.epochs(6);

        assertThat(late.memory.astray()).isEmpty();
        assertThat(late.memory.adopted().digest())
                .isEqualTo(world.desks.getFirst().memory.adopted().digest());
        assertThat(late.journal).anyMatch(fact -> fact instanceof Fact.Skipped);
        assertThat(world.chain.attestations(LATE + 3)).containsKey(late.account);
        assertThat(world.chain.attestations(LATE + 3).values().stream().distinct())
                .hasSize(1);
        assertThat(world.chain.refusals).isEmpty();
    }

    @Test
    void saysNothingAboutEpochsWhoseTasksItDidNotDraw() {
        Desk late = join();

        world.epochs(6);

        assertThat(world.chain.reveals(LATE - 1)).doesNotContainKey(late.account);
        assertThat(world.chain.attestations(LATE - 1)).doesNotContainKey(late.account);
        assertThat(world.chain.reveals(LATE + 1)).containsKey(late.account);
    }

    @Test
    void withoutAnybodyWhoHasTheStateItStaysAstrayAndSilent() {
        Desk late = join();
        for (int i = 1; i <= 4; i++) world.nodes.publish(endpoint(account(i)), _ -> Optional.empty());

        world.epochs(5);

        assertThat(late.memory.astray())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no other Inspector sent it"));
        assertThat(world.chain.attestations(LATE + 1)).doesNotContainKey(late.account);
    }

    @Test
    void aForgedStateIsPassedOverForAGenuineOne() {
        Desk late = join();
        Attested genuine = world.desks.getFirst().memory.last().orElseThrow();
        Attested forged = new Attested(genuine.epoch(), stella.reputation.State.EMPTY, genuine.changes());
        for (int i = 1; i <= 2; i++) world.nodes.publish(endpoint(account(i)), _ -> Optional.of(forged.encode()));

        world.epochs(6);

        assertThat(late.memory.astray()).isEmpty();
    }

    @Test
    void anInspectorWhoseResultWentAstrayIsHealedByTheOthers() {
        world.epochs(5);
        Desk astray = world.desks.getLast();
        Memory good = astray.memory;
        astray.memory = new Memory(
                Optional.empty(), good.opened(), 0, good.epochs(), new Result.None(), Optional.empty(), good.history());

        world.epochs(6);

        assertThat(astray.memory.astray()).isEmpty();
        assertThat(astray.memory.adopted().digest())
                .isEqualTo(world.desks.getFirst().memory.adopted().digest());
        assertThat(world.chain.attestations(8)).containsKey(astray.account);
    }

    @Test
    void aFewMissedEpochsAreWorkedOutFromTheChainWithoutAskingAnybody() {
        world.epochs(8);
        for (int i = 1; i <= 3; i++)
            world.nodes.publish(endpoint(account(i)), _ -> {
                throw new AssertionError("nobody needs to be asked");
            });
        Desk late = new Desk(world.chain, account(1), new FakeNodes());

        late.work();

        assertThat(late.memory.astray()).isEmpty();
        assertThat(late.memory.adopted().digest())
                .isEqualTo(world.desks.getFirst().memory.adopted().digest());
    }

    @Test
    void whatIsPublishedIsReadBackOnlyAsWhatTheChainAdopted() {
        world.epochs(5);
        Attested attested = world.desks.getFirst().memory.last().orElseThrow();
        Settled settled = new Settled(attested.epoch(), attested.digest());
        Bytes bytes = attested.encode();

        assertThat(Attested.read(bytes, settled)).contains(attested);
        assertThat(Attested.read(bytes, new Settled(attested.epoch() + 1, attested.digest())))
                .isEmpty();
        assertThat(Attested.read(bytes, new Settled(attested.epoch(), Hash.ZERO)))
                .isEmpty();
        for (int length : new int[] {0, 1, 8, 9, 40, bytes.length() - 1})
            assertThat(Attested.read(bytes.slice(0, length), settled)).isEmpty();
        for (int at = 0; at < bytes.length(); at += 7) {
            byte[] damaged = bytes.toArray();
            damaged[at] ^= 0x40;
            assertThat(Attested.read(Bytes.owning(damaged), settled))
                    .as("byte %d", at)
                    .isEmpty();
        }
        Attested other = new Attested(
                attested.epoch(),
                attested.state(),
                new Changes(attested.changes().state(), List.of()));
        assertThat(Attested.read(other.encode(), settled).filter(read -> !attested.equals(read)))
                .isEmpty();
    }
}
