/**
 * Blocks and how they come about: genesis, author, execution, the tree of blocks and its persistence. Uses {@code host} and {@code state}; the pool
 * feeds it, RPC shows it.
 */
@NullMarked
package stella.devchain.chain;

import org.jspecify.annotations.NullMarked;
