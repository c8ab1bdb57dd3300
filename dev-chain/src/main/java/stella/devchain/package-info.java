/** A real FRAME runtime run inside the JVM. */
@NullMarked
package stella.devchain;

import org.jspecify.annotations.NullMarked;
