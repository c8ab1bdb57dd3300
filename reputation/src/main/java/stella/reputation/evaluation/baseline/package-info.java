/** Other rules for the same evidence, from their published formulas; for comparison only. */
@NullMarked
package stella.reputation.evaluation.baseline;

import org.jspecify.annotations.NullMarked;
