package stella.roles.inspector;

import java.util.List;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;

/** What an Inspector answers to a {@link ReputationQuery}. */
public sealed interface ReputationAnswer {
    /** The answer about one role. */
    sealed interface Single extends ReputationAnswer {}

    /**
     * As of the last adopted epoch.
     *
     * @param scorePpm of a Store or Fetch what it delivers at least; of an Inspector its derived trust
     * @param weightPpm what an Inspector's verdicts count for
     */
    record Reputation(RoleId id, long epoch, int scorePpm, Standing standing, int weightPpm) implements Single {}

    /** The adopted state does not know the role. */
    record Unknown(RoleId id) implements Single {}

    record Reputations(long epoch, List<Reputation> all) implements ReputationAnswer {
        public Reputations {
            all = List.copyOf(all);
        }
    }

    /** @param changes oldest first */
    record Past(RoleId id, List<Change> changes) implements ReputationAnswer {
        public Past {
            changes = List.copyOf(changes);
        }
    }

    /**
     * One remembered change.
     *
     * @param why cause of a change of standing, empty when only evidence came
     * @param scoreBeforePpm 0 for an Inspector, whose trust before is not remembered
     */
    record Change(long epoch, String why, Standing before, Standing after, int scoreBeforePpm, int scoreAfterPpm) {}

    /**
     * @param sentences what stands, why, and what would restore it; then the changes that led there, newest first
     * @param warning what to tell the operator before a suspension; empty while all is well
     * @param evidence of each remembered change, newest first
     */
    record Explanation(RoleId id, List<String> sentences, List<String> warning, List<EvidenceText> evidence)
            implements ReputationAnswer {
        public Explanation {
            sentences = List.copyOf(sentences);
            warning = List.copyOf(warning);
            evidence = List.copyOf(evidence);
        }
    }

    /** What a subscriber hears. */
    sealed interface Notice extends ReputationAnswer {
        RoleId id();
    }

    /** @param sentences why, as far as it is remembered */
    record Changed(Reputation now, List<String> sentences) implements Notice {
        public Changed {
            sentences = List.copyOf(sentences);
        }

        @Override
        public RoleId id() {
            return now.id();
        }
    }

    /** Half of what suspends stands against the role since this epoch. */
    record Warned(RoleId id, long epoch, List<String> sentences) implements Notice {
        public Warned {
            sentences = List.copyOf(sentences);
        }
    }
}
