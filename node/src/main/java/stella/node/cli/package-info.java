/**
 * The command line: root command, output formats, errors and exit codes, progress. A command is a class with picocli annotations that
 * takes the {@link Console}; it is registered by one line in {@link StellaCommand}.
 */
@NullMarked
package stella.node.cli;

import org.jspecify.annotations.NullMarked;
