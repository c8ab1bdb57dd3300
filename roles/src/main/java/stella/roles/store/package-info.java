/**
 * The Store role (clauses AS, DL, PP): takes deals, holds pieces, proves them in every period.
 *
 * <p>{@link stella.roles.store.DealDesk}, {@link stella.roles.store.Custody} and {@link stella.roles.store.ProofSchedule} decide and
 * are pure; {@link stella.roles.store.Store} is the actor that runs them. Clients reach it by the receptionist or through an HTTP
 * endpoint of the node.
 */
@NullMarked
package stella.roles.store;

import org.jspecify.annotations.NullMarked;
