package stella.reputation.evaluation.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import stella.protocol.Bytes;
import stella.reputation.Sighting;
import stella.reputation.Task;

/**
 * Who said what about the items of a task, time-outs understood as in section 6.2: beside an answer they are a FAIL, alone they are
 * darkness.
 *
 * @param votes per item those who voted, ascending
 * @param dark how many reached the store for no item
 * @param speakers how many voted or were dark
 */
record Ballot(List<List<Vote>> votes, int dark, int speakers) {
    record Vote(Bytes inspector, boolean failed) {}

    static Ballot of(Task task) {
        List<List<Vote>> votes = new ArrayList<>();
        for (int i = 0; i < task.items().size(); i++) votes.add(new ArrayList<>());
        int dark = 0;
        int speakers = 0;
        for (Map.Entry<Bytes, List<Sighting>> entry : task.sightings().entrySet()) {
            List<Sighting> row = entry.getValue();
            boolean answered = row.contains(Sighting.OK) || row.contains(Sighting.FAIL);
            if (!answered && !row.contains(Sighting.UNREACHABLE)) continue;
            speakers++;
            if (!answered) dark++;
            for (int i = 0; answered && i < row.size(); i++)
                if (row.get(i) != Sighting.NOTHING)
                    votes.get(i).add(new Vote(entry.getKey(), row.get(i) != Sighting.OK));
        }
        return new Ballot(votes, dark, speakers);
    }

    /** Whether most of those who spoke reached nothing: then nothing is learned but that. */
    boolean away() {
        return 2 * dark > speakers;
    }
}
