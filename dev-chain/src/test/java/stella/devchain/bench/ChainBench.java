package stella.devchain.bench;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import stella.devchain.StellaRuntime;
import stella.devchain.TestRuntime;
import stella.devchain.Transfers;
import stella.devchain.chain.Archive;
import stella.devchain.chain.BlockTree;
import stella.devchain.chain.Chain;
import stella.devchain.host.RuntimeVersion;
import stella.devchain.pool.Submission;
import stella.devchain.pool.TransactionWatcher;
import stella.gateway.keys.Keypair;
import stella.protocol.Bytes;

/**
 * How many transfers one core takes from the pool's door into final blocks: judged, ordered, applied, the state root computed, committed. A measured
 * program, not a test: {@code bench/dev-chain.sh}. Times are those of the one thread that does it all, so a busy machine matters little.
 */
public final class ChainBench {
    private static final int ROUNDS = 12;
    private static final int PER_BLOCK = 500;
    private static final double NANOS = 1e9;

    private ChainBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        // The stack that wasm wants is larger than the main thread's.
        Thread thread = new Thread(null, ChainBench::run, "bench", 16 << 20);
        thread.start();
        thread.join();
    }

    private static void run() {
        AtomicLong now = new AtomicLong(TestRuntime.CLOCK.millis());
        Chain chain = new Chain(
                BlockTree.open(Archive.inMemory(), TestRuntime.genesis(), TestRuntime.LOADER),
                TestRuntime.LOADER,
                () -> Instant.ofEpochMilli(now.addAndGet(1000)),
                false);
        RuntimeVersion version = TestRuntime.LOADER.load(StellaRuntime.wasm()).version();
        Transfers transfers =
                new Transfers(chain.blocks().genesis(), version.specVersion(), version.transactionVersion());
        Keypair alice = Keypair.fromSuri("//Alice");
        for (int round = 0; round < ROUNDS; round++) {
            List<Bytes> signed = new ArrayList<>();
            for (int i = 0; i < PER_BLOCK; i++) {
                Bytes to = Keypair.fromSuri("//" + (round * PER_BLOCK + i))
                        .account()
                        .bytes();
                long nonce = (long) round * PER_BLOCK + i;
                signed.add(Bytes.hex(transfers.transfer(alice, to, 1_000_000_000_000L, nonce, 0)));
            }
            long start = cpuNanos();
            for (Bytes extrinsic : signed) {
                if (chain.pool().submit(extrinsic, TransactionWatcher.NOBODY) instanceof Submission.Rejected why)
                    throw new IllegalStateException(why.message() + ": " + why.data());
            }
            long judged = cpuNanos();
            int blocks = 0;
            for (; chain.pool().hasReady(); blocks++) {
                chain.produce();
                chain.finalizeBest();
            }
            long done = cpuNanos();
            System.out.printf(
                    "round %d: %d transfers in %d blocks; judged %.0f/s, into final blocks %.0f/s, together %.0f/s%n",
                    round,
                    PER_BLOCK,
                    blocks,
                    PER_BLOCK * NANOS / (judged - start),
                    PER_BLOCK * NANOS / (done - judged),
                    PER_BLOCK * NANOS / (done - start));
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
