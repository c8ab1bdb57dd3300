package stella.protocol.possession;

import java.util.List;
import stella.protocol.Hash;

/**
 * A Store's answer to the challenges of one period (clause PP-3).
 *
 * @param seed the challenge seed that is answered, so that a proof made before a re-organisation is refused as stale instead of
 *     being punished as wrong
 */
public record PossessionProof(Hash seed, List<LeafProof> answers) {
    public PossessionProof {
        answers = List.copyOf(answers);
    }
}
