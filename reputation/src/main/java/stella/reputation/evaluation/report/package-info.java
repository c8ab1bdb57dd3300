/** Tables and plots of an evaluation, as texts (Markdown, SVG). */
@NullMarked
package stella.reputation.evaluation.report;

import org.jspecify.annotations.NullMarked;
