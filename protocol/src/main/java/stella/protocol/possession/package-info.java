/** Proofs that a Store holds a piece (clauses PP). */
@NullMarked
package stella.protocol.possession;

import org.jspecify.annotations.NullMarked;
