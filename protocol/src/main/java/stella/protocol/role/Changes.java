package stella.protocol.role;

import java.util.List;
import stella.protocol.Hash;

/**
 * What the first attestation of a result carries (clause RE-2).
 *
 * @param state digest of the whole reputation state, BLAKE2b-256
 * @param entries changed entries, ordered by role and account
 */
public record Changes(Hash state, List<ReputationChange> entries) {
    public Changes {
        entries = List.copyOf(entries);
    }
}
