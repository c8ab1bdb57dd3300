/**
 * What the model withstands (section 13 of the specification): seeded populations with adversaries, the model and the baselines it is
 * compared with, run over the same inspections. Nothing of the model knows this package, and no node needs it to work.
 */
@NullMarked
package stella.reputation.evaluation;

import org.jspecify.annotations.NullMarked;
