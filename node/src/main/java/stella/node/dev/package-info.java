/**
 * A whole network in one process: the embedded chain, Stores, Fetches and Inspectors in one actor system, and the API in front.
 * {@link stella.node.dev.DevNetwork} wires ports to adapters; nothing here decides.
 */
@NullMarked
package stella.node.dev;

import org.jspecify.annotations.NullMarked;
