package io.carousel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.cli.report.Chart.Axis;
import io.carousel.cli.report.Chart.Heat;
import io.carousel.cli.report.Chart.Line;
import io.carousel.cli.report.Chart.Role;
import io.carousel.cli.report.Chart.Unit;
import io.carousel.cli.report.Chart.View;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    @Test
    void holdsTheChartLibraryWithItsLicenceAndNoAddressToLoadFrom() {
        String html = page(SampleStories.monthly());
        assertThat(html).contains("uPlot", "The MIT License (MIT)", "Leon Sorokin", "default-src 'none'");
        Matcher reference = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(html);
        while (reference.find()) {
            assertThat(reference.group(1)).isEqualTo("data:,");
        }
    }

    @Test
    void escapesNamesInTextAttributesAndScripts() {
        String html = page(SampleStories.hostile());
        assertThat(html).doesNotContain("<script>document.title", "<img", "\u2028\"");
        assertThat(html.split("</script>", -1)).hasSize(4); // the data, the library, our script
        assertThat(html).contains("&lt;/script&gt;&lt;script&gt;", "\\u003c/script\\u003e");
    }

    @Test
    void keepsFiftyThousandPointsBelowOneMegabyte() {
        assertThat(page(SampleStories.hourly()).length()).isLessThan(1_000_000);
    }

    @Test
    void writesMissingValuesAsNothing() {
        double[] values = {Double.NaN, 1, Double.NaN, 0.1, Double.POSITIVE_INFINITY};
        Line line = new Line("a", Role.ACTUAL, values, true);
        Chart chart = new Chart(
                "t",
                "s",
                new Axis("x", Unit.NUMBER),
                "y",
                200,
                false,
                Chart.Scale.LINEAR,
                List.of(View.all(new double[] {1, 2, 3, 4, 5}, List.of(line))));
        assertThat(ChartJson.of(List.of(), List.of(chart))).contains("\"columns\":[[1,[1,null,0.1]]]", "\"x\":[1,1]");
    }

    @Test
    void writesAByteForEachNumberOfAHeatMap() {
        float[][] values = {{-1, 0, 1}, {Float.NaN, 5, -5}};
        Heat heat = new Heat("a", -1, 1, values);
        Chart chart = new Chart(
                "t",
                "s",
                new Axis("x", Unit.NUMBER, true),
                "y",
                200,
                false,
                Chart.Scale.LINEAR,
                List.of(View.all(new double[] {1, 2}, List.of(heat))));
        String bytes = Base64.getEncoder().encodeToString(new byte[] {1, (byte) 128, (byte) 255, 0, (byte) 255, 1});
        assertThat(ChartJson.of(List.of(), List.of(chart)))
                .contains("\"aligned\":true", "\"low\":-1,\"high\":1,\"units\":3,\"bytes\":\"" + bytes + "\"");
    }

    @Test
    void refusesAHeatMapOfNoRangeOrAnotherLengthThanItsAxis() {
        assertThatThrownBy(() -> new Heat("a", 1, 1, new float[0][]))
                .hasMessage("range of heat map 'a' must not be empty, got 1.0 to 1.0");
        assertThatThrownBy(() -> View.all(new double[2], List.of(new Heat("a", 0, 1, new float[3][1]))))
                .hasMessage("layer 'a' must have 2 columns, got 3");
    }

    @Test
    void refusesALayerOfAnotherLengthThanItsAxis() {
        Line line = new Line("a", Role.ACTUAL, new double[3], true);
        assertThatThrownBy(() -> View.all(new double[2], List.of(line)))
                .hasMessage("layer 'a' must have 2 values, got 3");
    }

    @Test
    void marksTheBestScoreOfEachColumn() {
        String html = page(SampleStories.hourly());
        assertThat(html).contains("<td class=\"best\">0.8700<span class=\"unseen\"> (best)</span></td>");
    }

    @Test
    void wordsStandToTheLeftAndNumbersToTheRight() {
        ReportData.Table table = new ReportData.Table(
                "Mistakes",
                List.of("Example", "Actual", "Probability", "AUC"),
                List.of(
                        row("1", "sales", "98.1 %", "–"),
                        row("2", "3 of a kind", "< 0.1 %", "0.5"),
                        row("3", "orders", "−2", "")),
                List.of());
        assertThat(IntStream.range(0, 4).mapToObj(table::ofWords)).containsExactly(false, true, false, false);
        String html = HtmlReport.of(new ReportData(
                "k", "t", "s", null, "g", List.of(), List.of(new ReportData.Section("x", "", List.of(table))), "f"));
        assertThat(html)
                .contains("<th scope=\"col\" class=\"words\">Actual</th><th scope=\"col\">Probability</th>")
                .contains("<td class=\"words\">orders</td><td>−2</td>");
    }

    private static ReportData.Row row(String... cells) {
        return new ReportData.Row(
                false,
                Arrays.stream(cells)
                        .map(text -> new ReportData.Cell(text, false))
                        .toList());
    }

    private static String page(ForecastStory story) {
        return HtmlReport.of(ForecastReport.of(story));
    }
}
