package stella.devchain.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;

/** The pool with a runtime whose judgements the test writes down. */
final class TransactionPoolTest {
    private static final long FOREVER = -1;
    private static final Hash BLOCK = Digests.blake2b256(Bytes.utf8("block"));

    private final Map<Bytes, Validity> judgements = new HashMap<>();
    private final Map<Bytes, List<TransactionStatus>> heard = new HashMap<>();
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private PoolLimits limits = new PoolLimits(10, 1000, 4, 400, 100);
    private TransactionPool pool = pool();

    @Test
    void higherPriorityComesFirstAndAmongEqualsTheOlder() {
        submit("low", valid(1, "", "a"));
        submit("high", valid(9, "", "b"));
        submit("later", valid(1, "", "c"));

        assertThat(ready()).containsExactly("high", "low", "later");
    }

    @Test
    void priorityIsAnUnsignedNumber() {
        submit("one", valid(1, "", "a"));
        submit("largest", valid(-1, "", "b"));

        assertThat(ready()).containsExactly("largest", "one");
    }

    @Test
    void dependentFollowsWhatItRequiresHoweverHighItsPriority() {
        submit("first", valid(1, "", "n0"));
        submit("second", valid(100, "n0", "n1"));
        submit("other", valid(5, "", "x"));

        assertThat(ready()).containsExactly("other", "first", "second");
    }

    @Test
    void futureTransactionBecomesReadyWhenItsTagIsProvided() {
        assertThat(submit("second", valid(1, "n0", "n1"))).isEqualTo(accepted("second", false));
        assertThat(ready()).isEmpty();

        submit("first", valid(1, "", "n0"));

        assertThat(ready()).containsExactly("first", "second");
        assertThat(heard("second")).containsExactly(new TransactionStatus.Future(), new TransactionStatus.Ready());
    }

    @Test
    void rivalWithHigherPriorityReplacesAndTheOtherIsRefused() {
        submit("cheap", valid(1, "", "n0"));

        assertThat(submit("same", valid(1, "", "n0"))).isInstanceOfSatisfying(Submission.Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(Submission.Reason.TOO_LOW_PRIORITY);
            assertThat(rejected.message()).isEqualTo("Priority is too low: (1 vs 1)");
        });
        submit("dear", valid(2, "", "n0"));

        assertThat(ready()).containsExactly("dear");
        assertThat(heard("cheap")).endsWith(new TransactionStatus.Usurped(hash("dear")));
    }

    @Test
    void inclusionThenFinalityIsToldAndTheDependentNeedsItNoMore() {
        submit("first", valid(1, "", "n0"));
        submit("second", valid(1, "n0", "n1"));

        judgements.put(Bytes.utf8("second"), valid(1, "", "n1"));
        pool.included(BLOCK, 1, List.of(Bytes.utf8("inherent"), Bytes.utf8("first")));
        pool.finalized(BLOCK);

        assertThat(heard("first"))
                .containsExactly(
                        new TransactionStatus.Ready(),
                        new TransactionStatus.InBlock(BLOCK, 1),
                        new TransactionStatus.Finalized(BLOCK, 1));
        assertThat(ready()).containsExactly("second");
    }

    @Test
    void tagOfARecentBlockSatisfiesATransactionJudgedBeforeIt() {
        submit("first", valid(1, "", "n0"));
        pool.included(BLOCK, 1, List.of(Bytes.utf8("first")));

        assertThat(submit("second", valid(1, "n0", "n1"))).isEqualTo(accepted("second", true));
    }

    @Test
    void transactionThatNoLongerHoldsIsDroppedAndBannedForHalfAnHour() {
        submit("fragile", valid(1, "", "n0"));
        judgements.put(Bytes.utf8("fragile"), new Validity.Refused(false, 3, "Transaction is outdated"));

        pool.included(BLOCK, 1, List.of());
        pool.settle(true);

        assertThat(heard("fragile")).endsWith(new TransactionStatus.Invalid());
        assertThat(submit("fragile", valid(1, "", "n0")))
                .isInstanceOfSatisfying(
                        Submission.Rejected.class,
                        rejected -> assertThat(rejected.reason().code()).isEqualTo(1012));
        now = now.plus(Duration.ofMinutes(30));
        assertThat(submit("fragile", valid(1, "", "n0"))).isEqualTo(accepted("fragile", true));
    }

    @Test
    void longevityEndsWithTheBlockItNames() {
        PoolLimits many = new PoolLimits(200, 100_000, 4, 400, 100);
        limits = many;
        pool = pool();
        // So many stand before it that no block judges it again.
        for (int i = 0; i < 150; i++) submit("old" + i, valid(1, "", "old" + i));
        submit("mortal", valid(1, "", "n0", 2));

        pool.included(BLOCK, 1, List.of());
        pool.included(BLOCK, 2, List.of());
        assertThat(heard("mortal")).containsExactly(new TransactionStatus.Ready());
        pool.included(BLOCK, 3, List.of());

        assertThat(heard("mortal")).endsWith(new TransactionStatus.Invalid());
    }

    @Test
    void droppedDependencySendsTheDependentBackToTheFuture() {
        submit("first", valid(1, "", "n0"));
        submit("second", valid(1, "n0", "n1"));

        pool.refused(Bytes.utf8("first"));

        assertThat(ready()).isEmpty();
        assertThat(heard("second")).endsWith(new TransactionStatus.Future());
    }

    @Test
    void knownTransactionIsNotTakenTwice() {
        submit("once", valid(1, "", "n0"));

        assertThat(submit("once", valid(1, "", "n0")))
                .isEqualTo(new Submission.Rejected(
                        Submission.Reason.ALREADY_IMPORTED, "Transaction Already Imported", ""));
    }

    @Test
    void refusalOfTheRuntimeIsHandedOnWithItsWords() {
        Submission invalid = submit("stale", new Validity.Refused(false, 3, "Transaction is outdated"));
        Submission unknown = submit("odd", new Validity.Refused(true, 0, "Could not look up"));

        assertThat(invalid)
                .isEqualTo(new Submission.Rejected(
                        Submission.Reason.INVALID, "Invalid Transaction", "Transaction is outdated"));
        assertThat(unknown)
                .isEqualTo(new Submission.Rejected(
                        Submission.Reason.UNKNOWN_VALIDITY, "Unknown Transaction Validity", "Could not look up"));
    }

    @Test
    void fullPoolDropsTheWorstOrRefusesTheNewcomer() {
        for (int i = 0; i < 10; i++) submit("t" + i, valid(10 + i, "", "tag" + i));

        assertThat(submit("worse", valid(1, "", "w")))
                .isInstanceOfSatisfying(
                        Submission.Rejected.class,
                        rejected -> assertThat(rejected.reason().code()).isEqualTo(1016));
        assertThat(submit("better", valid(99, "", "b"))).isEqualTo(accepted("better", true));

        assertThat(heard("t0")).endsWith(new TransactionStatus.Dropped());
        assertThat(pool.size()).isEqualTo(10);
    }

    @Test
    void futureQueueIsBoundedToo() {
        for (int i = 0; i < 4; i++) submit("f" + i, valid(1, "missing", "tag" + i));

        assertThat(submit("f4", valid(1, "missing", "tag4"))).isInstanceOf(Submission.Rejected.class);
    }

    @Test
    void bytesAreBoundedLikeNumbers() {
        limits = new PoolLimits(10, 20, 4, 400, 100);
        pool = pool();
        submit("0123456789", valid(1, "", "a"));
        submit("9876543210", valid(2, "", "b"));

        submit("x", valid(3, "", "c"));

        assertThat(ready()).containsExactly("x", "9876543210");
        assertThat(submit("y".repeat(101), valid(9, "", "d"))).isInstanceOf(Submission.Rejected.class);
    }

    private TransactionPool pool() {
        return new TransactionPool(
                extrinsic -> judgements.getOrDefault(
                        extrinsic, new Validity.Refused(true, 0, "not judged: " + extrinsic.toUtf8())),
                () -> now,
                limits,
                0);
    }

    private Submission submit(String text, Validity validity) {
        Bytes extrinsic = Bytes.utf8(text);
        judgements.put(extrinsic, validity);
        List<TransactionStatus> steps = heard.computeIfAbsent(extrinsic, key -> new ArrayList<>());
        return pool.submit(extrinsic, steps::add);
    }

    private List<TransactionStatus> heard(String text) {
        return heard.getOrDefault(Bytes.utf8(text), List.of());
    }

    private List<String> ready() {
        return pool.ready().stream().map(Bytes::toUtf8).toList();
    }

    private static Submission accepted(String text, boolean ready) {
        return new Submission.Accepted(hash(text), ready);
    }

    private static Hash hash(String text) {
        return Digests.blake2b256(Bytes.utf8(text));
    }

    private static Validity valid(long priority, String requires, String provides) {
        return valid(priority, requires, provides, FOREVER);
    }

    private static Validity valid(long priority, String requires, String provides, long longevity) {
        List<Bytes> required = requires.isEmpty() ? List.of() : List.of(Bytes.utf8(requires));
        return new Validity.Valid(priority, required, List.of(Bytes.utf8(provides)), longevity, true);
    }
}
