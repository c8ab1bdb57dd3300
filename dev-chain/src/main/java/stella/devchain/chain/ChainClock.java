package stella.devchain.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time in blocks: another clock, moved forward by however far somebody travelled. Safe for all threads. */
public final class ChainClock implements InstantSource {
    private final InstantSource base;
    private volatile Duration ahead = Duration.ZERO;

    public ChainClock(InstantSource base) {
        this.base = base;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead);
    }

    /** From now on it is {@code time}, and goes on from there. */
    public void set(Instant time) {
        ahead = Duration.between(base.instant(), time);
    }

    Duration ahead() {
        return ahead;
    }

    void setAhead(Duration other) {
        ahead = other;
    }
}
