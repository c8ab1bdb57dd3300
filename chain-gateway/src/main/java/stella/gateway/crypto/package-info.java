/** Hashes and signatures exactly as Substrate computes them. Malformed input from outside is never an exception: it is {@code false} or a refusal. */
@NullMarked
package stella.gateway.crypto;

import org.jspecify.annotations.NullMarked;
