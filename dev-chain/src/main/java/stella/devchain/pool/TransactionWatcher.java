package stella.devchain.pool;

/** Hears the steps of one transaction, in order. Called while the pool is locked: it must neither block nor call the pool. */
public interface TransactionWatcher {
    TransactionWatcher NOBODY = status -> {};

    void changed(TransactionStatus status);
}
