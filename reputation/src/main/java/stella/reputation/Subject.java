package stella.reputation;

import java.util.ArrayDeque;
import java.util.List;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;

/** A subject while an epoch is worked out; {@link SubjectState} before and after. */
final class Subject {
    final Bytes id;
    final SubjectKind kind;
    Standing standing;
    long alpha;
    long beta;
    long suspicion;
    long clean;
    long hardSuspicion;
    int streak;
    int suspensions;
    int since;
    int settled;
    long online;
    boolean away;
    boolean close;
    int closeLooks;
    List<Bytes> due;
    final ArrayDeque<OpenItem> open;
    long score;

    private final long alphaBefore;
    private final long betaBefore;

    /** Measures at the beginning of the epoch, and what happened in it; for the explanation. */
    final ChangeRecord.Measures before;

    List<ChangeRecord.ItemFinding> findings = List.of();
    boolean contested;

    Subject(Bytes id, SubjectState state) {
        this.id = id;
        kind = state.kind();
        standing = state.standing();
        alpha = alphaBefore = state.alpha();
        beta = betaBefore = state.beta();
        suspicion = state.suspicion();
        clean = state.clean();
        hardSuspicion = state.hardSuspicion();
        streak = state.streak();
        suspensions = state.suspensions();
        since = state.since();
        settled = state.settled();
        online = state.online();
        away = state.away();
        close = state.close();
        closeLooks = state.closeLooks();
        due = state.due();
        open = new ArrayDeque<>(state.open());
        score = state.score();
        before = measures();
    }

    /** The score is a function of the two counters alone, so it is worked out only when they moved. */
    void updateScore() {
        if (alpha != alphaBefore || beta != betaBefore) score = BetaScore.of(alpha, beta);
    }

    ChangeRecord.Measures measures() {
        return new ChangeRecord.Measures(standing, suspicion, hardSuspicion, clean, online, score, away, close);
    }

    SubjectState state() {
        return new SubjectState(
                kind,
                standing,
                alpha,
                beta,
                suspicion,
                clean,
                hardSuspicion,
                streak,
                suspensions,
                since,
                settled,
                online,
                away,
                close,
                closeLooks,
                due,
                List.copyOf(open),
                score);
    }
}
