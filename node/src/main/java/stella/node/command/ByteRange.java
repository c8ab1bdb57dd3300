package stella.node.command;

import stella.node.cli.CommandException;
import stella.node.cli.ExitCode;

/**
 * A range of a file as a person writes it: {@code 0-99} (both included, as in HTTP), {@code 100-} (to the end).
 *
 * @param to first byte that is not in it
 */
record ByteRange(long from, long to) {
    static final ByteRange ALL = new ByteRange(0, Long.MAX_VALUE);

    static ByteRange parse(String text) {
        if (text.matches("\\d{1,18}-(\\d{1,18})?")) {
            int dash = text.indexOf('-');
            long from = Long.parseLong(text.substring(0, dash));
            String last = text.substring(dash + 1);
            long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last) + 1;
            if (to > from) return new ByteRange(from, to);
        }
        throw CommandException.of(ExitCode.USAGE, "usage", "'" + text + "' is no range of bytes")
                .hint("write --range 0-99 for the first hundred bytes, --range 100- for all after them");
    }

    boolean isAll() {
        return equals(ALL);
    }
}
