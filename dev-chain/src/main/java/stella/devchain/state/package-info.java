/**
 * Storage of a block as the runtime sees it: {@link stella.devchain.state.State} is a finished, immutable one, {@link
 * stella.devchain.state.Overlay} the changes in progress on top of it. Built on {@code stella.devchain.trie}; used by host functions, author and RPC.
 */
@NullMarked
package stella.devchain.state;

import org.jspecify.annotations.NullMarked;
