package stella.roles.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static stella.roles.inspector.FakeChain.account;
import static stella.roles.inspector.FakeChain.endpoint;

import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Tier;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.roles.Transfer.Quoted;
import stella.roles.Transfer.Terms;

/** A Store keeps to its ask, or the verdict says that it does not (AS-2). */
class AskCheckTest {
    private static final Ask ASK = ask(100, 1 << 20, 12, 1 << 22);
    private static final Terms TERMS = new Terms(1 << 20, 12, Tier.HOT);

    private static Ask ask(long price, long sizeMax, long periodsMax, long capacity) {
        return new Ask(BigInteger.valueOf(price), 256, sizeMax, periodsMax, capacity, Tier.HOT, 1000);
    }

    private static boolean broken(Quoted answer) {
        return AskCheck.isBroken(Optional.of(ASK), TERMS, 10, answer);
    }

    @Test
    void whatIsOnChainOrBetterIsKept() {
        assertThat(broken(new Quoted.Offered(ASK))).isFalse();
        assertThat(broken(new Quoted.Offered(ask(99, 1 << 21, 13, 1 << 23)))).isFalse();
    }

    @Test
    void anythingWorseIsBroken() {
        assertThat(broken(new Quoted.Offered(ask(101, 1 << 20, 12, 1 << 22)))).isTrue();
        assertThat(broken(new Quoted.Offered(ask(100, 1 << 19, 12, 1 << 22)))).isTrue();
        assertThat(broken(new Quoted.Offered(ask(100, 1 << 20, 11, 1 << 22)))).isTrue();
        assertThat(broken(new Quoted.Offered(ask(100, 1 << 20, 12, 1 << 21)))).isTrue();
    }

    @Test
    void refusingWhatFitsIsBrokenAndBeingBusyOrSilentIsNot() {
        assertThat(broken(new Quoted.Refused(404, "no such path"))).isTrue();
        assertThat(broken(new Quoted.Refused(409, "not today"))).isTrue();
        assertThat(broken(new Quoted.Refused(429, "too many"))).isFalse();
        assertThat(broken(new Quoted.Refused(503, "busy"))).isFalse();
        assertThat(broken(new Quoted.Unreachable("no route"))).isFalse();
    }

    @Test
    void withoutAnAskThatFitsNothingCanBeBroken() {
        Quoted no = new Quoted.Refused(409, "no");
        assertThat(AskCheck.isBroken(Optional.empty(), TERMS, 10, no)).isFalse();
        assertThat(AskCheck.isBroken(Optional.of(ASK), TERMS, 1000, no)).isFalse();
        assertThat(AskCheck.isBroken(Optional.of(ASK), new Terms(1 << 21, 1, Tier.HOT), 10, no))
                .isFalse();
        assertThat(AskCheck.isBroken(Optional.of(ASK), new Terms(1 << 20, 1, Tier.FILECOIN), 10, no))
                .isFalse();
    }

    @Test
    void termsFitWhateverIsDrawn() {
        for (long draw = 0; draw < 5000; draw += 7) {
            Terms terms = AskCheck.fitting(Optional.of(ASK), 10, draw).orElseThrow();
            assertThat(terms.pieceSize()).isBetween(256L, 1L << 20);
            assertThat(Long.bitCount(terms.pieceSize())).isEqualTo(1);
            assertThat(terms.periods()).isBetween(1L, 12L);
        }
        assertThat(AskCheck.fitting(Optional.of(ask(1, 1 << 20, 12, 255)), 10, 0))
                .isEmpty();
        assertThat(AskCheck.fitting(Optional.of(ask(1, 1 << 20, 0, 1 << 20)), 10, 0))
                .isEmpty();
        assertThat(AskCheck.fitting(Optional.of(ASK), 1000, 0)).isEmpty();
    }

    @Test
    void aStoreThatAsksMoreThanItPublishedIsReportedOnceAnEpochByEach() {
        World world = new World(3);
        AccountId store = world.store(101);
        world.chain.ask(store, ASK);
        world.nodes.quote(endpoint(store), new Quoted.Offered(ask(200, 1 << 20, 12, 1 << 22)));

        world.epochs(2);

        for (int inspector = 1; inspector <= 3; inspector++)
            assertThat(world.chain.reveals(0).get(account(inspector)))
                    .extracting(Verdict::outcome)
                    .hasSize(4)
                    .filteredOn(outcome -> outcome.equals(new Outcome.AskBroken()))
                    .hasSize(1);
    }

    @Test
    void aStoreThatKeepsItsAskIsNotReported() {
        World world = new World(3);
        AccountId store = world.store(101);
        world.chain.ask(store, ASK);
        world.nodes.quote(endpoint(store), new Quoted.Offered(ASK));

        world.epochs(2);

        assertThat(world.chain.reveals(0).get(account(1)))
                .extracting(Verdict::outcome)
                .hasSize(4)
                .allMatch(Outcome.Ok.class::isInstance);
    }
}
