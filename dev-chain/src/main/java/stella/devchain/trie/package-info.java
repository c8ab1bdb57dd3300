/**
 * The Merkle trie of a Substrate state as an immutable value. Knows nothing of blocks, runtimes or storage; its neighbour is {@code
 * stella.devchain.state}, which puts a top trie and child tries together.
 */
@NullMarked
package stella.devchain.trie;

import org.jspecify.annotations.NullMarked;
