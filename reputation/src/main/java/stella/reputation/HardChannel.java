package stella.reputation;

import static stella.reputation.Constants.*;

import stella.protocol.inspection.HardEvidence;

/**
 * Section 6.7: what the chain's own record of possession proofs does. A valid proof is no credit for service: a store may hold what
 * it refuses to serve.
 */
final class HardChannel {
    private HardChannel() {}

    static void apply(Subject subject, HardEvidence evidence) {
        switch (evidence) {
            case OK -> {
                subject.hardSuspicion = Math.max(0, subject.hardSuspicion - STEP_OK);
                subject.streak++;
            }
            case MISSED -> fault(subject, STEP_FAIL, MISSED_BETA);
            case INVALID -> fault(subject, INVALID_STEP, INVALID_BETA);
        }
    }

    private static void fault(Subject subject, long step, long beta) {
        subject.hardSuspicion += step;
        subject.streak = 0;
        subject.beta = Math.min(BETA_MAX, subject.beta + beta);
    }
}
