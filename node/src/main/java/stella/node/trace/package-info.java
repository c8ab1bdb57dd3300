/**
 * Traces of the reputation function: evidence and expected outputs, epoch by epoch, in the form of {@code vectors/reputation.json}. Files
 * come from anybody: they are read in a stream, and every part of them is bounded.
 */
@NullMarked
package stella.node.trace;

import org.jspecify.annotations.NullMarked;
