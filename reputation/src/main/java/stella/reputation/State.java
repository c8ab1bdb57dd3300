package stella.reputation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;

/**
 * The whole memory of the model after an epoch. Two states with the same content are equal, encode to the same bytes and have the
 * same digest, however they came about.
 *
 * @param epoch the last epoch evaluated
 * @param subjects Stores and Fetches by identifier, ascending as unsigned bytes
 * @param inspectors by identifier, ascending
 * @param pairs by position in {@code inspectors}
 */
public record State(
        int epoch, SortedMap<Bytes, SubjectState> subjects, SortedMap<Bytes, InspectorState> inspectors, Pairs pairs) {

    /** Before the first epoch: nobody is known. */
    public static final State EMPTY = new State(0, new TreeMap<>(), new TreeMap<>(), Pairs.NONE);

    public State {
        Range.check("epoch", epoch, 0, Integer.MAX_VALUE);
        subjects = Collections.unmodifiableSortedMap(new TreeMap<>(subjects));
        inspectors = Collections.unmodifiableSortedMap(new TreeMap<>(inspectors));
        for (int i = 0; i < pairs.count(); i++)
            Range.check("inspector of a pair", pairs.high(i), 0, inspectors.size() - 1L);
    }

    /** What the inspectors attest: blake2b-256 of {@link StateCodec#encode}. */
    public Hash digest() {
        return Digests.blake2b256(StateCodec.encode(this));
    }
}
