package stella.node.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Text in columns. Control characters in values, which may come from strangers, are shown as question marks. */
final class Tables {
    private Tables() {}

    static void facts(PrintStream out, Facts facts, String gap, boolean aligned) {
        int width =
                facts.asMap().keySet().stream().mapToInt(String::length).max().orElse(0);
        for (Map.Entry<String, Object> fact : facts.asMap().entrySet())
            out.println((aligned ? pad(fact.getKey(), width) : fact.getKey())
                    + gap
                    + clean(String.valueOf(fact.getValue())));
    }

    static void rows(PrintStream out, List<String> columns, List<Facts> rows) {
        int[] widths = new int[columns.size()];
        boolean[] numbers = new boolean[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            String column = columns.get(i);
            widths[i] = column.length();
            numbers[i] = !rows.isEmpty();
            for (Facts row : rows) {
                widths[i] = Math.max(widths[i], clean(row.text(column)).length());
                numbers[i] &= row.asMap().get(column) instanceof Number;
            }
        }
        StringBuilder heading = new StringBuilder();
        for (int i = 0; i < widths.length; i++)
            heading.append(cell(columns.get(i).toUpperCase(Locale.ROOT), widths[i], numbers[i]));
        out.println(heading.toString().stripTrailing());
        for (Facts row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++)
                line.append(cell(clean(row.text(columns.get(i))), widths[i], numbers[i]));
            out.println(line.toString().stripTrailing());
        }
    }

    static String plain(List<String> columns, Facts row) {
        StringBuilder line = new StringBuilder();
        for (String column : columns) line.append(line.isEmpty() ? "" : "\t").append(clean(row.text(column)));
        return line.toString();
    }

    private static String cell(String text, int width, boolean number) {
        return (number ? " ".repeat(width - text.length()) + text : pad(text, width)) + "  ";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(
                    Character.isISOControl(c) || (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069')
                            ? '?'
                            : c);
        }
        return clean.toString();
    }
}
