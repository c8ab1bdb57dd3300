/**
 * Transactions that wait for a block. {@link stella.devchain.pool.TransactionPool} orders them by what the runtime says of each; it asks the runtime
 * through {@link stella.devchain.pool.Validator} only. The chain feeds blocks to it, RPC feeds transactions.
 */
@NullMarked
package stella.devchain.pool;

import org.jspecify.annotations.NullMarked;
