package stella.roles.inspector;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.protocol.AccountId;
import stella.protocol.inspection.Question;

/**
 * Open questions about this Inspector's verdicts (IN-8), as the chain has them. Owned by one actor, and read anew after a restart: a
 * question that was missed would cost the role.
 */
final class Docket {
    private final SortedMap<Long, Question> open = new TreeMap<>();
    private boolean read;

    /** Whether the chain has to be asked what is open. */
    boolean isStale() {
        return !read;
    }

    /** Something about questions happened, or may have. */
    void stale() {
        read = false;
    }

    void learn(List<Question> questions, AccountId self) {
        open.clear();
        for (Question question : questions)
            if (question.verdict().inspector().equals(self)) open.put(question.id(), question);
        read = true;
    }

    List<Question> open() {
        return List.copyOf(open.values());
    }

    /** Answered, or lost: nothing more can be done about it. */
    void close(long id) {
        open.remove(id);
    }
}
