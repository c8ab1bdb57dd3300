/** The {@link stella.roles.Ledger} port over the chain gateway. */
@NullMarked
package stella.node.ledger;

import org.jspecify.annotations.NullMarked;
