/**
 * The JSON-RPC 2.0 server of the chain, in Substrate's dialect, over WebSocket and HTTP on one port. Methods are grouped in files by their prefix; {@link
 * stella.devchain.rpc.RpcServer} is the door. Reads the chain, submits to its pool, and owns neither.
 */
@NullMarked
package stella.devchain.rpc;

import org.jspecify.annotations.NullMarked;
