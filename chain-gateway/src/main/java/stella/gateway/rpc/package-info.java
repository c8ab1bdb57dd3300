/**
 * JSON-RPC 2.0 over one WebSocket to one of several endpoints.
 *
 * <p>A node's answers are hostile input: bounded before they are read, refused with a type when they are not what was asked for,
 * and never waited for without a limit.
 */
@NullMarked
package stella.gateway.rpc;

import org.jspecify.annotations.NullMarked;
