/** Asks, requests and deals as the chain keeps them (clauses AS, DL). */
@NullMarked
package stella.protocol.deal;

import org.jspecify.annotations.NullMarked;
