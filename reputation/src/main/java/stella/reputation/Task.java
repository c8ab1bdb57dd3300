package stella.reputation;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import stella.protocol.Bytes;

/**
 * What the committee of one subject was asked in an epoch and what it revealed.
 *
 * @param items in the order of the task: due ones first
 * @param sightings per member of the committee one sighting for each item, in the order of {@code items}
 * @param core present in a close look: the members of the regular committee, the only ones that count for pairs
 */
public record Task(
        Bytes subject, List<Bytes> items, SortedMap<Bytes, List<Sighting>> sightings, Optional<SortedSet<Bytes>> core) {

    public Task {
        items = List.copyOf(items);
        TreeMap<Bytes, List<Sighting>> copy = new TreeMap<>();
        for (var entry : sightings.entrySet()) {
            if (entry.getValue().size() != items.size())
                throw new IllegalArgumentException("inspector " + entry.getKey() + " has "
                        + entry.getValue().size() + " sightings for " + items.size() + " items of subject " + subject);
            copy.put(entry.getKey(), List.copyOf(entry.getValue()));
        }
        sightings = Collections.unmodifiableSortedMap(copy);
        core = core.map(members -> Collections.unmodifiableSortedSet(new TreeSet<>(members)));
    }
}
