package stella.reputation.evaluation;

import stella.reputation.evaluation.baseline.Majority;
import stella.reputation.evaluation.baseline.PlainAverage;
import stella.reputation.evaluation.baseline.StorjBeta;
import stella.reputation.evaluation.baseline.UniformEigenTrust;

/** The rules that are compared. */
public enum Rule {
    STELLA("Stella"),
    STORJ("Storj"),
    MAJORITY("majority"),
    UNIFORM_EIGENTRUST("ET uniform"),
    PLAIN_AVERAGE("plain mean");

    private final String title;

    Rule(String title) {
        this.title = title;
    }

    /** The heading of its column. */
    public String title() {
        return title;
    }

    Model start() {
        return switch (this) {
            case STELLA -> new StellaModel();
            case STORJ -> new StorjBeta();
            case MAJORITY -> new Majority();
            case UNIFORM_EIGENTRUST -> new UniformEigenTrust();
            case PLAIN_AVERAGE -> new PlainAverage();
        };
    }
}
