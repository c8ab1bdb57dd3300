package stella.reputation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Verdicts of an epoch that count for nothing, by reason: they change no counter, no trust and no digest. They are counted so that
 * an operator sees that somebody talks past the network, and why.
 */
public record IgnoredVerdicts(Map<Reason, Integer> byReason) {
    public static final IgnoredVerdicts NONE = new IgnoredVerdicts(Map.of());

    /** Why a verdict counts for nothing; the first that fits. */
    public enum Reason {
        /** Revealed for another epoch than the one that is evaluated, or for none. */
        LATE("revealed for another epoch"),
        /** About somebody whom nobody was asked to look at in this epoch, or who is no subject (any more). */
        UNKNOWN_SUBJECT("about a node that was not looked at"),
        /** By somebody who was not drawn for the committee of this subject. */
        OUT_OF_TASK("by an inspector outside the committee"),
        /** About an item that is not in the subject's list. */
        MALFORMED("about an item that is not in the task"),
        /** About an item of which this inspector has said something before; the first word counts. */
        DUPLICATE("about an item already spoken of"),
        /** By somebody who is no inspector (any more). */
        UNKNOWN_INSPECTOR("by an account that is no inspector"),
        /** By an inspector that is Suspended or Disqualified. */
        INACTIVE_INSPECTOR("by an inspector out of service");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** For people: "3 verdicts {@code text}". */
        public String text() {
            return text;
        }
    }

    public IgnoredVerdicts {
        EnumMap<Reason, Integer> copy = new EnumMap<>(Reason.class);
        byReason.forEach((reason, count) -> {
            Range.check("count of ignored verdicts", count, 0, Integer.MAX_VALUE);
            if (count > 0) copy.put(reason, count);
        });
        byReason = Collections.unmodifiableMap(copy);
    }

    public int of(Reason reason) {
        return byReason.getOrDefault(reason, 0);
    }

    public int total() {
        return byReason.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Counts while an epoch is worked out. */
    static final class Counter {
        private final EnumMap<Reason, Integer> counts = new EnumMap<>(Reason.class);

        Counter add(IgnoredVerdicts before) {
            before.byReason.forEach(this::add);
            return this;
        }

        void add(Reason reason, int count) {
            if (count > 0) counts.merge(reason, count, Integer::sum);
        }

        IgnoredVerdicts counted() {
            return new IgnoredVerdicts(counts);
        }
    }
}
