package stella.roles.inspector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.protocol.role.RoleId;
import stella.reputation.ChangeRecord;

/** Per role the last changes of reputation and why, oldest first. */
public record History(SortedMap<RoleId, List<ChangeRecord>> byRole) {
    public static final History EMPTY = new History(new TreeMap<>());

    public History {
        TreeMap<RoleId, List<ChangeRecord>> copy = new TreeMap<>();
        byRole.forEach((id, records) -> copy.put(id, List.copyOf(records)));
        byRole = Collections.unmodifiableSortedMap(copy);
    }

    /** Records of all roles together; beyond it those of the oldest epochs go first. */
    static final int TOTAL_MAX = 20_000;

    /** A history of {@code records}, which are oldest first. */
    public static History of(List<ChangeRecord> records) {
        return EMPTY.with(records, Integer.MAX_VALUE);
    }

    /** With more records, of which each role keeps the newest {@code recordsMax}. */
    History with(List<ChangeRecord> records, int recordsMax) {
        if (records.isEmpty()) return this;
        TreeMap<RoleId, List<ChangeRecord>> more = new TreeMap<>(byRole);
        for (ChangeRecord record : records) {
            List<ChangeRecord> kept = new ArrayList<>(more.getOrDefault(RoleId.of(record.id()), List.of()));
            kept.add(record);
            more.put(RoleId.of(record.id()), kept.subList(Math.max(0, kept.size() - recordsMax), kept.size()));
        }
        return new History(more).bounded();
    }

    private History bounded() {
        long total = byRole.values().stream().mapToLong(List::size).sum();
        if (total <= TOTAL_MAX) return this;
        int oldestKept = byRole.values().stream()
                .flatMap(List::stream)
                .map(ChangeRecord::epoch)
                .sorted()
                .skip(total - TOTAL_MAX)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
        TreeMap<RoleId, List<ChangeRecord>> kept = new TreeMap<>();
        byRole.forEach((id, records) -> {
            List<ChangeRecord> newer = records.stream()
                    .filter(record -> record.epoch() > oldestKept)
                    .toList();
            if (!newer.isEmpty()) kept.put(id, newer);
        });
        return new History(kept);
    }

    public List<ChangeRecord> of(RoleId id) {
        return byRole.getOrDefault(id, List.of());
    }
}
