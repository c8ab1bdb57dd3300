package stella.node.api.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the reputation of a role is what it is (RE-6), as an Inspector of this program explains it from the adopted state.
 *
 * @param sentences what stands, why, and what would restore it; then the changes that led there, newest first
 * @param warning what to know before a suspension; empty while less than half of what suspends stands against the node
 * @param evidence of each remembered change, newest first
 */
public record ReputationWhy(
        String role,
        String account,
        @Nullable String name,
        List<String> sentences,
        List<String> warning,
        List<Evidence> evidence) {
    public ReputationWhy {
        sentences = List.copyOf(sentences);
        warning = List.copyOf(warning);
        evidence = List.copyOf(evidence);
    }

    /**
     * The evidence of one change.
     *
     * @param name BLAKE2b-256 of the text at {@code reputation/{node}/evidence/{name}}, the same at every Inspector
     */
    public record Evidence(String name, long epoch) {}
}
