package stella.node.vault;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which a vault works, apart by purpose so that neither a slow source nor a crowd of readers delays a proof.
 *
 * @param intake pulls and verifies pieces; each occupies a thread until it is done
 * @param proving answers the chain's challenges
 * @param reading serves blocks and challenges of strangers
 */
public record VaultThreads(Executor intake, Executor proving, Executor reading) {
    private static final int WAITING_MAX = 1024;

    /** Bounded pools of daemon threads; work beyond {@value #WAITING_MAX} waiting items of a pool is refused. */
    public static VaultThreads start(String name, int intakes, int readers) {
        return new VaultThreads(
                pool(name + "-intake-", intakes), pool(name + "-proving-", 2), pool(name + "-reading-", readers));
    }

    private static Executor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_MAX),
                Thread.ofPlatform().daemon().name(name, 0).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
