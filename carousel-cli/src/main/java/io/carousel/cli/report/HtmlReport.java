package io.carousel.cli.report;

import io.carousel.cli.report.ReportData.Cell;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Facts;
import io.carousel.cli.report.ReportData.Figure;
import io.carousel.cli.report.ReportData.MarkedText;
import io.carousel.cli.report.ReportData.Matrix;
import io.carousel.cli.report.ReportData.Part;
import io.carousel.cli.report.ReportData.Row;
import io.carousel.cli.report.ReportData.Section;
import io.carousel.cli.report.ReportData.Table;
import io.carousel.cli.report.ReportData.Verdict;
import io.carousel.cli.report.ReportData.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One self-contained HTML file: style, script, chart library and data are inside, and its content security policy forbids
 * it to load anything else.
 *
 * <p>Text and tables are plain HTML, readable without the script; the charts are drawn by it.
 */
public final class HtmlReport {
    private static final String UPLOT = "uplot-1.6.32/";

    private final ReportData data;
    private final List<Chart> charts = new ArrayList<>();
    private final Markup page = new Markup();

    private HtmlReport(ReportData data) {
        this.data = data;
    }

    /** The whole file as text, to be written in UTF-8. */
    public static String of(ReportData data) {
        return new HtmlReport(data).page();
    }

    private String page() {
        page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                + "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:\">\n");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.raw(
                "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"Carousel\">\n");
        page.raw("<link rel=\"icon\" href=\"data:,\">\n");
        page.open("title").text(data.title() + " · " + data.kind()).close("title");
        page.raw("\n<style>\n" + resource(UPLOT + "uPlot.min.css") + resource("report.css")
                + "</style>\n</head>\n<body>\n");
        header();
        page.raw("<main>\n");
        groups();
        data.sections().forEach(this::section);
        page.raw("</main>\n<footer>");
        page.text(data.footer());
        page.raw("</footer>\n");
        page.raw("<script type=\"application/json\" id=\"report-data\">" + ChartJson.of(data.groups(), charts)
                + "</script>\n");
        page.raw("<script>\n/*\n" + resource(UPLOT + "LICENSE") + "*/\n" + resource(UPLOT + "uPlot.iife.min.js")
                + "</script>\n<script>\n" + resource("report.js") + "</script>\n</body>\n</html>\n");
        return page.toString();
    }

    private void header() {
        page.raw("<header>\n<p class=\"kind\">");
        page.text(data.kind()).raw("</p>\n<h1>").text(data.title()).raw("</h1>\n<p class=\"subtitle\">");
        page.text(data.subtitle()).raw("</p>\n");
        Verdict verdict = data.verdict();
        if (verdict != null) {
            page.raw("<div class=\"verdict " + (verdict.good() ? "good" : "poor") + "\">\n<p class=\"sentence\">");
            page.text(verdict.sentence()).raw("</p>\n<dl class=\"figures\">");
            for (Figure figure : verdict.figures()) {
                page.raw("<div><dt>").text(figure.label()).raw("</dt><dd><b>").text(figure.value());
                page.raw("</b> <span>").text(figure.note()).raw("</span></dd></div>");
            }
            page.raw("</dl>\n</div>\n");
        }
        page.raw(
                "<noscript><p class=\"note\">The charts are drawn by a script inside this file, which is switched off; "
                        + "the text and the tables stand without it.</p></noscript>\n</header>\n");
    }

    private void groups() {
        if (data.groups().size() < 2) {
            return;
        }
        page.raw("<nav class=\"groups\" aria-label=\"").text(data.groupLabel()).raw("\"><label for=\"group\">");
        page.text(data.groupLabel()).raw("</label> <select id=\"group\">");
        for (int i = 0; i < data.groups().size(); i++) {
            page.raw("<option value=\"" + i + "\">").text(data.groups().get(i)).raw("</option>");
        }
        page.raw("</select> <button type=\"button\" id=\"group-before\">Previous</button> "
                + "<button type=\"button\" id=\"group-after\">Next</button> <span class=\"count\">");
        page.text(data.groups().size() + " in all").raw("</span></nav>\n");
    }

    private void section(Section section) {
        page.raw("<section>\n<h2>").text(section.title()).raw("</h2>\n");
        if (!section.text().isBlank()) {
            page.raw("<p class=\"lead\">").text(section.text()).raw("</p>\n");
        }
        boolean grid = false;
        for (Part part : section.parts()) {
            boolean half = part instanceof Chart chart && chart.half();
            if (half != grid) {
                page.raw(half ? "<div class=\"halves\">\n" : "</div>\n");
                grid = half;
            }
            if (part instanceof Chart chart) {
                chart(chart);
            } else if (part instanceof Table table) {
                table(table);
            } else if (part instanceof Facts facts) {
                facts(facts);
            } else if (part instanceof Matrix matrix) {
                ColouredParts.matrix(page, matrix);
            } else if (part instanceof Weights weights) {
                ColouredParts.weights(page, weights);
            } else if (part instanceof MarkedText text) {
                ColouredParts.markedText(page, text);
            }
        }
        page.raw(grid ? "</div>\n</section>\n" : "</section>\n");
    }

    private void chart(Chart chart) {
        int id = charts.size();
        charts.add(chart);
        page.raw("<figure class=\"chart\" data-chart=\"" + id + "\" aria-labelledby=\"chart-" + id
                + "\">\n<figcaption id=\"chart-" + id + "\">");
        page.text(chart.title())
                .raw("</figcaption>\n<p class=\"unseen\">")
                .text(chart.summary())
                .raw("</p>\n");
        page.raw("<div class=\"tools\"></div>\n<div class=\"plot\" style=\"min-height:" + chart.height()
                + "px\"></div>\n");
        page.raw("<details class=\"numbers\"><summary>Numbers</summary><div></div></details>\n</figure>\n");
    }

    private void table(Table table) {
        page.raw("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .text(table.caption());
        page.raw("\"><table><caption>").text(table.caption()).raw("</caption><thead><tr>");
        boolean[] words = new boolean[table.columns().size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = i > 0 && table.ofWords(i);
            page.raw(words[i] ? "<th scope=\"col\" class=\"words\">" : "<th scope=\"col\">")
                    .text(table.columns().get(i))
                    .raw("</th>");
        }
        page.raw("</tr></thead><tbody>\n");
        for (Row row : table.rows()) {
            page.raw(row.emphasised() ? "<tr class=\"ours\">" : "<tr>");
            for (int i = 0; i < row.cells().size(); i++) {
                Cell cell = row.cells().get(i);
                page.raw(i == 0 ? "<th scope=\"row\">" : cell(cell.best(), words[i]));
                page.text(cell.text());
                if (cell.best()) {
                    page.raw("<span class=\"unseen\"> (best)</span>");
                }
                page.raw(i == 0 ? "</th>" : "</td>");
            }
            page.raw("</tr>\n");
        }
        page.raw("</tbody></table></div>\n");
        definitions("legend", table.legend());
    }

    private static String cell(boolean best, boolean words) {
        return best ? "<td class=\"best\">" : words ? "<td class=\"words\">" : "<td>";
    }

    private void facts(Facts facts) {
        if (!facts.title().isBlank()) {
            page.raw("<h3>").text(facts.title()).raw("</h3>\n");
        }
        definitions("facts", facts.facts());
    }

    private void definitions(String style, List<Fact> facts) {
        if (facts.isEmpty()) {
            return;
        }
        page.raw("<dl class=\"" + style + "\">");
        for (Fact fact : facts) {
            page.raw("<div><dt>")
                    .text(fact.name())
                    .raw("</dt><dd>")
                    .text(fact.value())
                    .raw("</dd></div>\n");
        }
        page.raw("</dl>\n");
    }

    private static String resource(String name) {
        try (InputStream stream = HtmlReport.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + name + " must be in the jar, got none");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
