package stella.roles.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Tier;
import stella.roles.Transfer.Quoted;
import stella.roles.Transfer.Terms;

/** A Store tells strangers what its ask on chain says (AS-1). */
class AskCounterTest {
    private static final Ask ASK = new Ask(BigInteger.TEN, 256, 4096, 12, 2048, Tier.HOT, 100);

    private static Quoted judge(long size, long periods, Tier tier, long block) {
        return AskCounter.judge(Optional.of(ASK), new Terms(size, periods, tier), block);
    }

    @Test
    void whatFitsIsOfferedExactlyAsPublished() {
        assertThat(judge(2048, 12, Tier.HOT, 99)).isEqualTo(new Quoted.Offered(ASK));
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheReason() {
        assertThat(judge(128, 1, Tier.HOT, 9)).isInstanceOf(Quoted.Refused.class);
        assertThat(judge(8192, 1, Tier.HOT, 9)).isInstanceOf(Quoted.Refused.class);
        assertThat(judge(4096, 1, Tier.HOT, 9)).isEqualTo(new Quoted.Refused(409, "2048 bytes are still offered"));
        assertThat(judge(256, 13, Tier.HOT, 9)).isEqualTo(new Quoted.Refused(409, "deals run for at most 12 periods"));
        assertThat(judge(256, 1, Tier.FILECOIN, 9)).isInstanceOf(Quoted.Refused.class);
        assertThat(judge(256, 1, Tier.HOT, 100)).isInstanceOf(Quoted.Refused.class);
        assertThat(AskCounter.judge(Optional.empty(), new Terms(256, 1, Tier.HOT), 9))
                .isInstanceOf(Quoted.Refused.class);
    }
}
