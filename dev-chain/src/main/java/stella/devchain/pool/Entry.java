package stella.devchain.pool;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * A transaction in the pool.
 *
 * @param order when it came, counted from 0
 * @param validUntil the last block for which the runtime's word holds
 */
record Entry(
        Hash hash, Bytes extrinsic, Validity.Valid validity, long order, long validUntil, TransactionWatcher watcher) {
    /** The higher priority first; among equals the one that came first. */
    static final Comparator<Entry> BEST_FIRST = Comparator.<Entry>comparingLong(
                    entry -> entry.validity.priority() ^ Long.MIN_VALUE)
            .reversed()
            .thenComparingLong(Entry::order);

    /** The same without requiring {@code tags}, which a block has provided. */
    Entry without(Set<Bytes> tags) {
        if (Collections.disjoint(validity.requires(), tags)) return this;
        List<Bytes> left =
                validity.requires().stream().filter(tag -> !tags.contains(tag)).toList();
        return with(
                new Validity.Valid(
                        validity.priority(), left, validity.provides(), validity.longevity(), validity.propagate()),
                validUntil);
    }

    Entry with(Validity.Valid newer, long newValidUntil) {
        return new Entry(hash, extrinsic, newer, order, newValidUntil, watcher);
    }
}
