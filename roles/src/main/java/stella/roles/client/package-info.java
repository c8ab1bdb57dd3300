/**
 * The client's side of a deal (clauses DL-1 to DL-3): chooses Stores, sets credits aside, offers, and sees every replica proven.
 *
 * <p>{@link stella.roles.client.Candidates} decides and is pure; {@link stella.roles.client.Placement} is an actor that lives for one
 * request and tells its progress.
 */
@NullMarked
package stella.roles.client;

import org.jspecify.annotations.NullMarked;
