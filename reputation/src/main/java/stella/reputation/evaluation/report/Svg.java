package stella.reputation.evaluation.report;

import java.util.Locale;

/** Writes one SVG picture; texts are escaped, numbers have one decimal and no country. */
final class Svg {
    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    enum Anchor {
        START,
        MIDDLE,
        END;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Svg line(double x1, double y1, double x2, double y2, String colour, double stroke) {
        return add(String.format(
                Locale.ROOT,
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>",
                number(x1),
                number(y1),
                number(x2),
                number(y2),
                colour,
                number(stroke)));
    }

    Svg dot(double x, double y, double radius, String colour) {
        return add(String.format(
                Locale.ROOT,
                "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>",
                number(x),
                number(y),
                number(radius),
                colour));
    }

    Svg band(double x, double y, double bandWidth, double bandHeight, String colour) {
        return add(String.format(
                Locale.ROOT,
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>",
                number(x),
                number(y),
                number(bandWidth),
                number(bandHeight),
                colour));
    }

    Svg text(double x, double y, Anchor anchor, int size, String colour, String text) {
        return add(String.format(
                Locale.ROOT,
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%s\" fill=\"%s\">%s</text>",
                number(x),
                number(y),
                anchor.word(),
                size,
                colour,
                escaped(text)));
    }

    /** A curve through points; a dash pattern, or empty for a full line. */
    Svg curve(String points, String colour, String dashes) {
        String dashed = dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"";
        return add(String.format(
                Locale.ROOT,
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>",
                points,
                colour,
                dashed));
    }

    private Svg add(String element) {
        body.append("  ").append(element).append('\n');
        return this;
    }

    /** The whole document, on white: pages with a dark ground show it, too. */
    String document(String title) {
        return String.format(
                Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" \
                font-family="Helvetica, Arial, sans-serif" role="img" aria-label="%s">
                  <title>%s</title>
                  <rect width="%d" height="%d" fill="#ffffff"/>
                %s</svg>
                """, width, height, width, height, escaped(title), escaped(title), width, height, body);
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
