/**
 * Runs a runtime's wasm: {@link stella.devchain.host.RuntimeCode} is a loaded blob, {@link stella.devchain.host.HostTable} the functions Substrate
 * offers it. Works on an {@link stella.devchain.state.Overlay}; knows nothing of blocks. Neighbours: author, pool and RPC call it.
 */
@NullMarked
package stella.devchain.host;

import org.jspecify.annotations.NullMarked;
