/** Evidence in, reputation out: the pure function of docs/reputation.md. */
@NullMarked
package stella.reputation;

import org.jspecify.annotations.NullMarked;
