/** What is said to the chain and heard from it, in the protocol's words. */
@NullMarked
package stella.protocol.chain;

import org.jspecify.annotations.NullMarked;
