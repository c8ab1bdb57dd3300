package stella.roles.store;

import java.util.EnumSet;
import java.util.Set;
import stella.roles.store.ProofSchedule.Due;

/** The state of one due proof: what was tried, when to try again, what was said about it. Owned by one {@link Prover}. */
final class ProofWork {
    /** What needs a person; said once for each due proof. */
    enum Concern {
        LATE,
        MISSING,
        DAMAGED,
        REFUSED
    }

    private static final int PAUSE_DOUBLINGS_MAX = 16;

    private final Due due;
    private final Set<Concern> said = EnumSet.noneOf(Concern.class);
    private int attempts;
    private long notBefore;
    private boolean busy;

    ProofWork(Due due) {
        this.due = due;
    }

    Due due() {
        return due;
    }

    int attempts() {
        return attempts;
    }

    /** Whether the proof may be made or sent again after {@code block}. */
    boolean ready(long block) {
        return !busy && block >= notBefore;
    }

    void begin() {
        busy = true;
    }

    /** The proof is made and goes to the chain; the number of this attempt, from 1. */
    int submit() {
        return ++attempts;
    }

    /** Nothing is on its way any more; a next try waits for block {@code from}. */
    void rest(long from) {
        busy = false;
        notBefore = from;
    }

    /** Blocks to wait after a refusal: 1, 2, 4, … so that a trouble of the chain does not use up every attempt at once. */
    long pause() {
        return 1L << Math.min(Math.max(attempts - 1, 0), PAUSE_DOUBLINGS_MAX);
    }

    /** True the first time that this concern is raised. */
    boolean concerns(Concern concern) {
        return said.add(concern);
    }
}
