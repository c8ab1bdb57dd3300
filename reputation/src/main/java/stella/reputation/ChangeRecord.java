package stella.reputation;

import java.util.List;
import java.util.Optional;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;

/** Why something changed, down to items, committee and formula inputs (section 11, clause RE-6). */
public sealed interface ChangeRecord {
    int epoch();

    /** The subject or inspector. */
    Bytes id();

    /** Why the standing, or what leads back to one, changed; empty when only look, reachability or items are told. */
    Optional<Cause> why();

    /**
     * A subject whose standing, look or reachability changed, or that had an item with a FAIL.
     *
     * @param suspensions (k) after the epoch
     * @param items each item of this epoch with a FAIL
     * @param open the items that make up the present suspicion
     */
    record OfSubject(
            int epoch,
            Bytes id,
            Optional<Cause> why,
            Measures before,
            Measures after,
            int suspensions,
            List<ItemFinding> items,
            List<OpenItem> open)
            implements ChangeRecord {
        public OfSubject {
            items = List.copyOf(items);
            open = List.copyOf(open);
        }
    }

    /**
     * An inspector whose standing changed.
     *
     * @param derived trust after the epoch, ppm
     * @param online after the epoch, ppm
     * @param worst up to five peers it conflicts with most, beyond what chance explains
     */
    record OfInspector(
            int epoch,
            Bytes id,
            Cause cause,
            Standing before,
            Standing after,
            long derived,
            long online,
            int suspensions,
            List<PeerConflict> worst)
            implements ChangeRecord {
        public OfInspector {
            worst = List.copyOf(worst);
        }

        @Override
        public Optional<Cause> why() {
            return Optional.of(cause);
        }
    }

    /** What is compared before and after; units as in {@link SubjectState}. */
    record Measures(
            Standing standing,
            long suspicion,
            long hardSuspicion,
            long clean,
            long online,
            long score,
            boolean away,
            boolean close) {}

    /**
     * One item somebody failed.
     *
     * @param closeLook whether the large committee looked
     * @param fraction weighted share of FAIL, ppm
     * @param value what the item counts for after snapping, ppm
     * @param committee who voted, in order
     */
    record ItemFinding(
            Bytes item, boolean closeLook, long fraction, long value, boolean settled, List<Witnessed> committee) {
        public ItemFinding {
            committee = List.copyOf(committee);
        }
    }

    /** @param weight in this epoch, ppm */
    record Witnessed(Bytes inspector, long weight, boolean failed) {}

    /** Joint checks, conflicts and conflicts expected by chance with one peer, milli-items. */
    record PeerConflict(Bytes peer, long checks, long conflicts, long expected) {}
}
