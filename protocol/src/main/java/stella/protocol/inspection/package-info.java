/** What Inspectors check, say and commit to (clauses IN). */
@NullMarked
package stella.protocol.inspection;

import org.jspecify.annotations.NullMarked;
