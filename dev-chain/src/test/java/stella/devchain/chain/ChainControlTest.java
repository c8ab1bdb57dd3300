package stella.devchain.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.devchain.TestRuntime;
import stella.devchain.Transfers;
import stella.devchain.host.RuntimeVersion;
import stella.devchain.pool.TransactionStatus;
import stella.devchain.state.State;
import stella.devchain.state.StorageChanges;
import stella.devchain.state.StorageKey;
import stella.gateway.keys.Keypair;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** Forks on demand, altered storage, travels in time, snapshots. Every block is executed once more by the runtime, see {@link TestRuntime}. */
final class ChainControlTest {
    private static final Keypair ALICE = Keypair.fromSuri("//Alice");
    private static final Bytes KEY = Bytes.utf8("a key that no pallet has");

    private final ChainClock clock = new ChainClock(TestRuntime.CLOCK);
    private Chain chain = TestRuntime.chain(Archive.inMemory(), clock);
    private ChainControl control = new ChainControl(chain, clock);

    @Test
    void forkRetractsTransactionsWhichComeBackInALaterBlock() {
        List<TransactionStatus> heard = submitRemark();
        BlockRecord replaced = chain.produce();

        List<BlockRecord> fork = control.reorganize(1, 2, false);
        BlockRecord next = chain.produce();
        chain.finalizeBest();

        assertThat(fork.getFirst().header().parentHash())
                .isEqualTo(chain.blocks().genesis());
        assertThat(fork.getFirst().hash()).isNotEqualTo(replaced.hash());
        assertThat(next.header().parentHash()).isEqualTo(fork.getLast().hash());
        assertThat(heard)
                .containsExactly(
                        new TransactionStatus.Ready(),
                        new TransactionStatus.InBlock(replaced.hash(), 1),
                        new TransactionStatus.Retracted(replaced.hash()),
                        new TransactionStatus.Ready(),
                        new TransactionStatus.InBlock(next.hash(), 1),
                        new TransactionStatus.Finalized(next.hash(), 1));
    }

    @Test
    void forkThatHasTheSameTransactionsKeepsThem() {
        List<TransactionStatus> heard = submitRemark();
        BlockRecord replaced = chain.produce();

        BlockRecord other = control.reorganize(1, 2, true).getFirst();

        assertThat(heard)
                .endsWith(
                        new TransactionStatus.Retracted(replaced.hash()),
                        new TransactionStatus.InBlock(other.hash(), 1));
        assertThat(chain.pool().size()).isZero();
    }

    @Test
    void finalBlocksAreNotReplaced() {
        chain.produce();
        chain.finalizeBest();

        assertThatThrownBy(() -> control.reorganize(1, 2, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 blocks are not final");
    }

    @Test
    void branchThatLosesIsForgottenWhenTheOtherIsFinal() {
        BlockRecord replaced = chain.produce();
        control.reorganize(1, 2, false);
        assertThat(chain.blocks().stateAt(replaced.hash())).isPresent();
        assertThat(chain.blocks().hashesAt(1)).hasSize(2);

        chain.finalizeBest();

        assertThat(chain.blocks().block(replaced.hash())).isEmpty();
        assertThat(chain.blocks().hashesAt(1)).hasSize(1);
    }

    @Test
    void headGoesBackBehindFinalBlocksAndOnFromThere() {
        BlockRecord first = chain.produce();
        submitRemark();
        chain.produce();
        chain.finalizeBest();

        control.setHead(first.hash());

        assertThat(chain.blocks().best()).isEqualTo(first);
        assertThat(chain.blocks().finalized()).isEqualTo(first);
        assertThat(chain.blocks().tip().state().root()).isEqualTo(first.header().stateRoot());
        assertThat(chain.blocks().hashAt(2)).isEmpty();
        assertThat(chain.produce().header().parentHash()).isEqualTo(first.hash());
    }

    @Test
    void headGoesToAnotherBranch() {
        BlockRecord replaced = chain.produce();
        control.reorganize(1, 2, false);

        control.setHead(replaced.hash());

        assertThat(chain.blocks().best()).isEqualTo(replaced);
        assertThat(chain.produce().header().parentHash()).isEqualTo(replaced.hash());
        assertThatThrownBy(() -> control.setHead(Hash.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no block 0x00");
    }

    @Test
    void alteredStorageIsThereAtOnceAndInEveryLaterBlockAlsoAfterARestart(@TempDir Path folder) {
        try (Archive archive = Archive.in(folder)) {
            chain = TestRuntime.chain(archive, clock);
            control = new ChainControl(chain, clock);
            chain.produce();
            control.setStorage(changes(KEY, Bytes.utf8("one")));
            chain.finalizeBest();
            control.setStorage(changes(KEY, Bytes.utf8("two")));
            assertThat(chain.blocks().tip().state().get(KEY)).isEqualTo(Bytes.utf8("two"));
        }

        try (Archive archive = Archive.in(folder)) {
            chain = TestRuntime.chain(archive, clock);
            assertThat(chain.produce().number()).isEqualTo(2);
            chain.finalizeBest();
            assertThat(chain.blocks().tip().state().get(KEY)).isEqualTo(Bytes.utf8("two"));
            State before = chain.blocks().stateAt(chain.blocks().genesis()).orElseThrow();
            assertThat(before.get(KEY)).isNull();
        }
    }

    @Test
    void snapshotBringsBackBlocksStorageAndTime() {
        chain.produce();
        chain.finalizeBest();
        Hash root = chain.blocks().tip().state().root();
        long snapshot = control.snapshot();

        control.setStorage(changes(KEY, Bytes.utf8("altered")));
        control.travelTo(TestRuntime.CLOCK.instant().plus(Duration.ofDays(30)));
        submitRemark();
        chain.finalizeBest();

        assertThat(control.revert(snapshot)).isTrue();
        assertThat(chain.blocks().best().number()).isEqualTo(1);
        assertThat(chain.blocks().tip().state().root()).isEqualTo(root);
        assertThat(clock.instant()).isEqualTo(TestRuntime.CLOCK.instant());
        assertThat(chain.pool().size()).isZero();
        assertThat(control.revert(snapshot)).isFalse();
    }

    @Test
    void timeGoesOnFromWhereOneTravelled() {
        Instant later = TestRuntime.CLOCK.instant().plus(Duration.ofDays(365));

        assertThat(control.travelTo(later)).isEqualTo(later.toEpochMilli());
        chain.produce();

        assertThat(Inherents.timeOf(chain.blocks().tip().state())).isGreaterThan(later.toEpochMilli());
        assertThatThrownBy(() -> control.travelTo(TestRuntime.CLOCK.instant()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time only goes forward");
    }

    @Test
    void branchesAndTheBestOfThemOutliveARestart(@TempDir Path folder) {
        Hash best;
        Hash other;
        try (Archive archive = Archive.in(folder)) {
            chain = TestRuntime.chain(archive, clock);
            control = new ChainControl(chain, clock);
            other = chain.produce().hash();
            best = control.reorganize(1, 3, false).getLast().hash();
        }

        try (Archive archive = Archive.in(folder)) {
            BlockTree blocks = TestRuntime.chain(archive, clock).blocks();
            assertThat(blocks.best().hash()).isEqualTo(best);
            assertThat(blocks.finalized().number()).isZero();
            assertThat(blocks.stateAt(other)).isPresent();
        }
    }

    private List<TransactionStatus> submitRemark() {
        List<TransactionStatus> heard = new ArrayList<>();
        RuntimeVersion version = chain.runtimeOf(chain.blocks().tip().state()).version();
        Transfers transfers =
                new Transfers(chain.blocks().genesis(), version.specVersion(), version.transactionVersion());
        chain.pool().submit(Bytes.hex(transfers.remark(ALICE, Bytes.utf8("hello"), 0)), heard::add);
        return heard;
    }

    private static StorageChanges changes(Bytes key, Bytes value) {
        TreeMap<StorageKey, Optional<Bytes>> changes = new TreeMap<>();
        changes.put(StorageKey.top(key), Optional.of(value));
        return new StorageChanges(changes);
    }
}
