/**
 * A client of any chain of Substrate: finalized blocks, storage at a block, transactions to their outcome.
 *
 * <p>Nothing blocks. Stages complete and listeners are called on the thread of the connection; what they do must be short.
 */
@NullMarked
package stella.gateway.client;

import org.jspecify.annotations.NullMarked;
