/** The program: reads configuration, wires ports to adapters, talks to people. */
@NullMarked
package stella.node;

import org.jspecify.annotations.NullMarked;
