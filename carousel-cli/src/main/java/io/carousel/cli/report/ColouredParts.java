package io.carousel.cli.report;

import io.carousel.cli.report.ReportData.Mark;
import io.carousel.cli.report.ReportData.MarkedText;
import io.carousel.cli.report.ReportData.Matrix;
import io.carousel.cli.report.ReportData.Weights;
import java.util.List;
import java.util.Locale;

/**
 * Parts whose numbers are colours: blue and orange, which every eye tells apart, never so deep that the text upon them could
 * not be read, and always with a second sign beside the colour (a frame, an underline) and the number itself.
 */
final class ColouredParts {
    /** Names of columns stand upright where there are more than this. */
    private static final int MOST_LYING = 8;

    private ColouredParts() {}

    static void matrix(Markup page, Matrix matrix) {
        List<String> names = matrix.names();
        head(page, matrix.caption(), matrix.down(), matrix.across(), names);
        page.raw("<th rowspan=\"2\" scope=\"col\">All</th>");
        columns(page, names);
        for (int r = 0; r < names.size(); r++) {
            row(page, matrix, r);
        }
        page.raw("</tbody></table></div>\n");
    }

    static void weights(Markup page, Weights weights) {
        head(page, weights.caption(), weights.down(), weights.across(), weights.columns());
        columns(page, weights.columns());
        for (int r = 0; r < weights.rows().size(); r++) {
            page.raw("<tr><th scope=\"row\"><bdi>")
                    .text(shown(weights.rows().get(r)))
                    .raw("</bdi></th>");
            for (int c = 0; c < weights.columns().size(); c++) {
                double share = weights.shares().get(r).get(c);
                String hundredths = String.format(Locale.ROOT, "%.0f", 100 * share);
                page.raw(String.format(Locale.ROOT, "<td class=\"share\" style=\"--s:%.3f\" title=\"", share));
                page.text(String.format(Locale.ROOT, "%.1f %%: ", 100 * share));
                page.text(weights.rows().get(r) + ", " + weights.columns().get(c));
                page.raw("\">" + (hundredths.equals("0") ? "" : hundredths) + "</td>");
            }
            page.raw("</tr>\n");
        }
        page.raw("</tbody></table></div>\n");
    }

    private static void head(Markup page, String caption, String down, String across, List<String> columns) {
        int size = columns.size();
        page.raw("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .text(caption);
        page.raw("\"><table class=\"matrix" + (size > MOST_LYING ? " upright" : "") + "\"><caption>");
        page.text(caption).raw("</caption><thead>\n<tr><th rowspan=\"2\" scope=\"col\">");
        page.text(down).raw("</th><th class=\"across\" scope=\"colgroup\" colspan=\"" + size + "\">");
        page.text(across).raw("</th>");
    }

    private static void columns(Markup page, List<String> columns) {
        page.raw("</tr>\n<tr>");
        for (String name : columns) {
            page.raw("<th class=\"name\" scope=\"col\"><span>")
                    .text(shown(name))
                    .raw("</span></th>");
        }
        page.raw("</tr></thead><tbody>\n");
    }

    private static void row(Markup page, Matrix matrix, int r) {
        List<Long> counts = matrix.counts().get(r);
        long all = counts.stream().mapToLong(Long::longValue).sum();
        page.raw("<tr><th scope=\"row\">").text(matrix.names().get(r)).raw("</th>");
        for (int c = 0; c < counts.size(); c++) {
            long count = counts.get(c);
            if (count == 0) {
                page.raw(c == r ? "<td class=\"right\">0</td>" : "<td class=\"none\">0</td>");
                continue;
            }
            double share = (double) count / all;
            // By the root of the share, so that what is rare is seen, too.
            page.raw(String.format(
                    Locale.ROOT,
                    "<td class=\"%s\" style=\"--s:%.3f\" title=\"",
                    c == r ? "right" : "wrong",
                    Math.sqrt(share)));
            page.text(String.format(Locale.ROOT, "%,d of %,d (%.1f %%): ", count, all, 100 * share));
            page.text(matrix.down() + " " + matrix.names().get(r) + ", " + matrix.across() + " "
                    + matrix.names().get(c));
            page.raw(String.format(Locale.ROOT, "\">%,d</td>", count));
        }
        page.raw(String.format(Locale.ROOT, "<td class=\"all\">%,d</td></tr>\n", all));
    }

    static void markedText(Markup page, MarkedText text) {
        page.raw("<figure class=\"marked\"><figcaption>").text(text.title()).raw("</figcaption>\n");
        if (!text.note().isBlank()) {
            page.raw("<p class=\"note-below\">").text(text.note()).raw("</p>\n");
        }
        legend(page, text);
        page.raw("<p class=\"marks " + (text.words() ? "words" : "symbols") + "\">");
        for (Mark mark : text.marks()) {
            mark(page, mark);
            page.raw(text.words() ? " " : "");
        }
        page.raw("</p>\n<details class=\"numbers\"><summary>Numbers</summary><div class=\"body\" tabindex=\"0\">");
        page.raw("<table><thead><tr><th scope=\"col\">" + (text.words() ? "Word" : "Symbol"));
        page.raw("</th><th scope=\"col\">Weight</th><th scope=\"col\"></th></tr></thead><tbody>\n");
        for (Mark mark : text.marks()) {
            page.raw("<tr><th scope=\"row\"><bdi>").text(shown(mark.text())).raw("</bdi></th><td>");
            page.text(signed(mark.weight())).raw("</td><td>").text(mark.tip()).raw("</td></tr>\n");
        }
        page.raw("</tbody></table></div></details>\n</figure>\n");
    }

    private static void legend(Markup page, MarkedText text) {
        if (text.low().isBlank() && text.high().isBlank()) {
            return;
        }
        page.raw("<p class=\"ramp\">");
        if (!text.low().isBlank()) {
            page.raw("<span class=\"mark against\" style=\"--s:1\">")
                    .text(text.low())
                    .raw("</span> ");
        }
        page.raw("<span class=\"mark for\" style=\"--s:1\">").text(text.high()).raw("</span></p>\n");
    }

    private static void mark(Markup page, Mark mark) {
        if (mark.weight() == 0 && mark.tip().isBlank()) {
            page.raw("<span class=\"mark\">").text(shown(mark.text())).raw("</span>");
            return;
        }
        String direction = mark.weight() < 0 ? " against" : mark.weight() > 0 ? " for" : "";
        page.raw(String.format(
                Locale.ROOT, "<span class=\"mark%s\" style=\"--s:%.3f\" title=\"", direction, Math.abs(mark.weight())));
        page.text(mark.tip()).raw("\">").text(shown(mark.text())).raw("</span>");
    }

    /** White space that has a colour must be seen. */
    private static String shown(String text) {
        if (text.isEmpty()) {
            return "∅";
        }
        return text.isBlank()
                ? text.replace(" ", "␣").replace("\r", "").replace("\n", "↵\n").replace("\t", "⇥\t")
                : text;
    }

    private static String signed(double weight) {
        return String.format(Locale.ROOT, "%+.3f", weight).replace('-', '−');
    }
}
