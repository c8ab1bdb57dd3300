package stella.roles.store;

import java.util.ArrayList;
import java.util.List;

/** What needs a person, newest last; only the newest are kept. */
final class Alarms {
    private static final int TEXTS_MAX = 50;

    private final List<String> texts = new ArrayList<>();

    /** False when the same alarm stands already. */
    boolean raise(String text) {
        if (texts.contains(text)) return false;
        texts.add(text);
        if (texts.size() > TEXTS_MAX) texts.removeFirst();
        return true;
    }

    List<String> texts() {
        return List.copyOf(texts);
    }
}
