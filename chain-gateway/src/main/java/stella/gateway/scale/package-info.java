/** SCALE, the byte encoding of Substrate: a writer and a strict, bounded reader. Knows nothing of chains; anybody may use it. */
@NullMarked
package stella.gateway.scale;

import org.jspecify.annotations.NullMarked;
