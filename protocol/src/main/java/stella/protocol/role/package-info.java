/** Roles of accounts, their bonds and their reputation on chain (clauses RO, RE). */
@NullMarked
package stella.protocol.role;

import org.jspecify.annotations.NullMarked;
