package stella.devchain.pool;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.devchain.host.RuntimeFailure;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;

/**
 * Transactions that wait for a block, judged by the runtime and kept in two queues: <i>ready</i> ones could be in the next block, <i>future</i> ones need a
 * tag that another transaction has yet to provide. Both queues are bounded by number and bytes. Safe for all threads; the runtime is asked outside of the
 * lock, so many can be judged at once.
 */
public final class TransactionPool {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionPool.class);
    private static final Duration BAN = Duration.ofMinutes(30);
    private static final int BANNED_MAX = 10_000;
    private static final int REVALIDATED_PER_BLOCK_MAX = 64;

    private final Validator validator;
    private final InstantSource clock;
    private final PoolLimits limits;
    private final Queues queues;
    private final Map<Hash, Instant> banned = new LinkedHashMap<>();
    private final Map<Hash, List<Included>> awaitingFinality = new HashMap<>();
    private final Map<Hash, Orphan> orphans = new LinkedHashMap<>();
    private boolean reorganized;
    private Set<Bytes> tagsOfLastBlock = Set.of();
    private Set<Bytes> tagsOfBlockBefore = Set.of();
    private long best;
    private long counter;

    private record Included(Hash hash, TransactionWatcher watcher, int index) {}

    /** A transaction of a block that is no longer part of the best chain. */
    private record Orphan(Bytes extrinsic, TransactionWatcher watcher) {}

    public TransactionPool(Validator validator, InstantSource clock, PoolLimits limits, long bestNumber) {
        this.validator = validator;
        this.clock = clock;
        this.limits = limits;
        this.queues = new Queues(limits);
        this.best = bestNumber;
    }

    /** Takes an extrinsic, encoded with its length in front, into the pool, or says why not. */
    public Submission submit(Bytes extrinsic, TransactionWatcher watcher) {
        Hash hash = Digests.blake2b256(extrinsic);
        Submission known = refuseKnown(extrinsic, hash);
        if (known != null) return known;
        Validity validity;
        try {
            validity = validator.validate(extrinsic);
        } catch (RuntimeFailure e) {
            return new Submission.Rejected(
                    Submission.Reason.VERIFICATION, "Extrinsic verification error: " + e.getMessage(), "");
        }
        return switch (validity) {
            case Validity.Refused refused -> refuse(refused, hash);
            case Validity.Valid valid -> take(extrinsic, hash, valid, watcher);
        };
    }

    private synchronized @Nullable Submission refuseKnown(Bytes extrinsic, Hash hash) {
        if (extrinsic.length() > limits.transactionBytesMax())
            return new Submission.Rejected(
                    Submission.Reason.IMMEDIATELY_DROPPED,
                    "Immediately Dropped",
                    "The transaction has " + extrinsic.length() + " bytes; " + limits.transactionBytesMax()
                            + " are the most");
        if (isBanned(hash))
            return new Submission.Rejected(Submission.Reason.BANNED, "Transaction is temporarily banned", "");
        if (queues.contains(hash))
            return new Submission.Rejected(Submission.Reason.ALREADY_IMPORTED, "Transaction Already Imported", "");
        return null;
    }

    private static Submission refuse(Validity.Refused refused, Hash hash) {
        LOG.debug("transaction {} refused: {}", hash, refused.text());
        return refused.unknown()
                ? new Submission.Rejected(
                        Submission.Reason.UNKNOWN_VALIDITY, "Unknown Transaction Validity", refused.text())
                : new Submission.Rejected(Submission.Reason.INVALID, "Invalid Transaction", refused.text());
    }

    private synchronized Submission take(Bytes extrinsic, Hash hash, Validity.Valid valid, TransactionWatcher watcher) {
        Submission known = refuseKnown(extrinsic, hash);
        if (known != null) return known;
        if (valid.provides().isEmpty())
            return new Submission.Rejected(
                    Submission.Reason.NO_TAGS,
                    "Transaction does not provide any tags, so the pool can't identify it",
                    "");
        Entry entry = new Entry(hash, extrinsic, valid, counter++, validUntil(valid), watcher).without(recentTags());
        Submission submission = queues.add(entry);
        queues.demote();
        queues.promote();
        return submission;
    }

    /** Ready transactions in the order in which a block should try them. */
    public synchronized List<Bytes> ready() {
        return queues.inOrder().stream().map(Entry::extrinsic).toList();
    }

    public synchronized boolean hasReady() {
        return queues.readyCount() > 0;
    }

    /** How many transactions wait, of both kinds. */
    public synchronized int size() {
        return queues.readyCount() + queues.futureCount();
    }

    /** Whether a ready transaction provides {@code tag}. */
    public synchronized boolean provides(Bytes tag) {
        return queues.provides(tag);
    }

    /** Takes a transaction out and keeps it out for a while; false when it is not here. */
    public synchronized boolean remove(Hash hash) {
        if (!queues.contains(hash)) return false;
        invalidate(hash);
        queues.demote();
        return true;
    }

    /** The author could not include it: it leaves the pool and may not come back for a while. */
    public synchronized void refused(Bytes extrinsic) {
        Hash hash = Digests.blake2b256(extrinsic);
        ban(hash);
        queues.drop(hash, new TransactionStatus.Invalid());
        queues.demote();
    }

    /** A block is no longer part of the best chain, newest first. Its transactions are where {@link #settle} puts them, unless a new block has them. */
    public synchronized void retracted(Hash block, List<Bytes> extrinsics) {
        Map<Hash, TransactionWatcher> watchers = new HashMap<>();
        List<Included> included = awaitingFinality.remove(block);
        if (included != null) included.forEach(each -> watchers.put(each.hash, each.watcher));
        for (Bytes extrinsic : extrinsics.reversed()) {
            Hash hash = Digests.blake2b256(extrinsic);
            TransactionWatcher watcher = watchers.getOrDefault(hash, TransactionWatcher.NOBODY);
            watcher.changed(new TransactionStatus.Retracted(block));
            orphans.put(hash, new Orphan(extrinsic, watcher));
        }
        tagsOfLastBlock = Set.of();
        tagsOfBlockBefore = Set.of();
        reorganized = true;
    }

    /** The best block has this number from now on. */
    public synchronized void bestIs(long number) {
        best = number;
    }

    /** A block has become part of the best chain: what it includes leaves the pool, what it outdates is dropped, what it enables becomes ready. */
    public synchronized void included(Hash block, long number, List<Bytes> extrinsics) {
        best = number;
        Set<Bytes> tags = new HashSet<>();
        for (int i = 0; i < extrinsics.size(); i++) {
            Hash hash = Digests.blake2b256(extrinsics.get(i));
            Entry entry = queues.take(hash);
            Orphan orphan = orphans.remove(hash);
            TransactionWatcher watcher;
            if (entry != null) watcher = entry.watcher();
            else if (orphan != null) watcher = orphan.watcher;
            else continue;
            if (entry != null) tags.addAll(entry.validity().provides());
            watcher.changed(new TransactionStatus.InBlock(block, i));
            awaitingFinality.computeIfAbsent(block, _ -> new ArrayList<>()).add(new Included(hash, watcher, i));
        }
        tagsOfBlockBefore = tagsOfLastBlock;
        tagsOfLastBlock = tags;
        for (Entry rival : queues.providersOf(tags)) invalidate(rival.hash());
        for (Entry late : queues.validBefore(number)) invalidate(late.hash());
        queues.grant(tags);
        queues.demote();
        queues.promote();
    }

    /**
     * The best chain is what it is for now: judges anew what a block may have changed. Asks the runtime, so it may take a while.
     *
     * @param returning whether transactions that lost their block wait again; else they are dropped
     */
    public void settle(boolean returning) {
        List<Orphan> homeless;
        List<Entry> doubtful;
        synchronized (this) {
            homeless = List.copyOf(orphans.values()).reversed();
            orphans.clear();
            doubtful = queues.oldestJudged(reorganized ? Integer.MAX_VALUE : REVALIDATED_PER_BLOCK_MAX);
            reorganized = false;
        }
        for (Orphan orphan : homeless) {
            if (!returning) orphan.watcher.changed(new TransactionStatus.Dropped());
            else if (submit(orphan.extrinsic, orphan.watcher) instanceof Submission.Rejected)
                orphan.watcher.changed(new TransactionStatus.Invalid());
        }
        doubtful.forEach(this::revalidate);
    }

    /** Drops all that wait. */
    public synchronized void clear() {
        for (Entry entry : queues.oldestJudged(Integer.MAX_VALUE))
            queues.drop(entry.hash(), new TransactionStatus.Dropped());
    }

    /** The block is final: whoever watches its transactions hears the end. */
    public synchronized void finalized(Hash block) {
        List<Included> watchers = awaitingFinality.remove(block);
        if (watchers == null) return;
        for (Included included : watchers)
            included.watcher.changed(new TransactionStatus.Finalized(block, included.index));
    }

    private void revalidate(Entry entry) {
        Validity validity;
        try {
            validity = validator.validate(entry.extrinsic());
        } catch (RuntimeFailure e) {
            LOG.warn("transaction {} is dropped, the runtime fails over it: {}", entry.hash(), e.getMessage());
            validity = new Validity.Refused(true, 0, String.valueOf(e.getMessage()));
        }
        synchronized (this) {
            switch (validity) {
                case Validity.Refused refused -> invalidate(entry.hash());
                case Validity.Valid valid -> queues.replace(entry.with(valid, validUntil(valid)));
            }
            queues.demote();
            queues.promote();
        }
    }

    private void invalidate(Hash hash) {
        if (queues.drop(hash, new TransactionStatus.Invalid())) ban(hash);
    }

    /** A transaction judged just before a block may still require what that block provided. */
    private Set<Bytes> recentTags() {
        Set<Bytes> recent = new HashSet<>(tagsOfBlockBefore);
        recent.addAll(tagsOfLastBlock);
        return recent;
    }

    private long validUntil(Validity.Valid valid) {
        long longevity = valid.longevity();
        return longevity < 0 || best + longevity < 0 ? Long.MAX_VALUE : best + longevity;
    }

    private void ban(Hash hash) {
        banned.put(hash, clock.instant().plus(BAN));
        if (banned.size() > BANNED_MAX) banned.remove(banned.keySet().iterator().next());
    }

    private boolean isBanned(Hash hash) {
        Instant until = banned.get(hash);
        if (until == null) return false;
        if (clock.instant().isBefore(until)) return true;
        banned.remove(hash);
        return false;
    }
}
