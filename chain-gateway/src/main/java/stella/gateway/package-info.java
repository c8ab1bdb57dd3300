/** A client of any FRAME chain and the actor that submits through it. */
@NullMarked
package stella.gateway;

import org.jspecify.annotations.NullMarked;
