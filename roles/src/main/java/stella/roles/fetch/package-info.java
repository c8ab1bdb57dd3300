/**
 * The Fetch role (clauses FE): finds who holds a block, asks the best-rated replica, verifies, falls over to the next.
 *
 * <p>{@link stella.roles.fetch.Retrieval} decides and is pure; {@link stella.roles.fetch.Fetch} is the actor. The HTTP gateway of the
 * node asks it for blocks and for receipts.
 */
@NullMarked
package stella.roles.fetch;

import org.jspecify.annotations.NullMarked;
