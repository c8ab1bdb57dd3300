package stella.devchain.pool;

/**
 * How much may wait. Substrate's defaults: 8192 ready transactions in 20 MiB, a tenth of it future.
 *
 * @param transactionBytesMax the longest extrinsic
 */
public record PoolLimits(
        int readyMax, long readyBytesMax, int futureMax, long futureBytesMax, int transactionBytesMax) {
    public static final PoolLimits DEFAULT = new PoolLimits(8192, 20 << 20, 819, 2 << 20, 6 << 20);
}
