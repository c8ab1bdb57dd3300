package stella.roles.fakes;

import java.util.ArrayDeque;
import java.util.Deque;
import stella.protocol.Hash;
import stella.roles.Chance;

/** Exactly the draws that a test names, and none more. */
public final class ScriptedChance implements Chance {
    private final Deque<Long> draws = new ArrayDeque<>();

    public ScriptedChance(long... draws) {
        for (long draw : draws) this.draws.add(draw);
    }

    @Override
    public Hash secret() {
        throw new IllegalStateException("the test scripts no secret");
    }

    @Override
    public long below(long bound) {
        Long draw = draws.poll();
        if (draw == null) throw new IllegalStateException("the test scripts no further draw");
        if (draw >= bound) throw new IllegalStateException("the draw " + draw + " is not below " + bound);
        return draw;
    }

    public boolean isUsedUp() {
        return draws.isEmpty();
    }
}
