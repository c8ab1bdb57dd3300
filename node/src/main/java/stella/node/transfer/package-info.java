/**
 * Bytes from other nodes over HTTP (OkHttp): blocks, possession proofs, whole pieces by ranges.
 *
 * <p>Everything that comes from there is hostile: addresses, sizes, answers and pace are bounded here; whether bytes are the right
 * ones is decided by the caller.
 */
@NullMarked
package stella.node.transfer;

import org.jspecify.annotations.NullMarked;
