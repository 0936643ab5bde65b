package io.carousel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.cli.report.ReportData.Mark;
import io.carousel.cli.report.ReportData.MarkedText;
import io.carousel.cli.report.ReportData.Matrix;
import io.carousel.cli.report.ReportData.Part;
import io.carousel.cli.report.ReportData.Section;
import io.carousel.cli.report.ReportData.Weights;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColouredPartsTest {

    /** Parts that try to leave their places. */
    static ReportData hostile() {
        String name =
                "\"><img src=x onerror=\"document.title='broken'\"></script><script>document.title='broken'</script>";
        return page(
                new Matrix(name, name, name, List.of(name, "\u202eleft"), List.of(List.of(3L, 1L), List.of(0L, 2L))),
                new Weights(name, name, name, List.of(name), List.of(name, "\u202eleft"), List.of(List.of(0.5, 0.5))),
                new MarkedText(
                        name,
                        name,
                        name,
                        name,
                        true,
                        List.of(new Mark(name, 1, name), new Mark("\u202eleft", -1, name), new Mark("\0", 0, ""))));
    }

    /** A page with a matrix of that many classes, words and symbols. */
    static ReportData sample(int classes) {
        List<String> names =
                IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
        List<List<Long>> counts = IntStream.range(0, classes)
                .mapToObj(r -> IntStream.range(0, classes)
                        .mapToObj(c -> c == r ? 40L + r : (r * 7L + c * 3) % 5 == 0 ? 1L + (r + c) % 4 : 0L)
                        .toList())
                .toList();
        List<String> words = List.of("the", "film", "is", "not", "bad", "at", "all", ",", "but", "oh", "so", "long");
        List<Mark> marks = IntStream.range(0, words.size())
                .mapToObj(i -> new Mark(words.get(i), Math.round(100 * Math.sin(i * 1.7)) / 100.0, "adds " + i))
                .toList();
        List<Mark> symbols = "Iva nova\n"
                .codePoints()
                .mapToObj(c -> new Mark(Character.toString(c), (c % 21 - 10) / 10.0, ""))
                .toList();
        return page(
                new Matrix("What was taken for what", "Actual", "Predicted", names, counts),
                new Weights(
                        "What was read for what",
                        "Written",
                        "Read",
                        names,
                        names,
                        IntStream.range(0, classes)
                                .mapToObj(r -> IntStream.range(0, classes)
                                        .mapToObj(c -> 1.0 / (1 + Math.abs(r - c)))
                                        .toList())
                                .toList()),
                new MarkedText("positive, 0.93", "A note.", "speaks against it", "speaks for it", true, marks),
                new MarkedText("Russian, 0.71", "", "against", "for", false, symbols));
    }

    private static ReportData page(Part... parts) {
        return new ReportData(
                "Sample",
                "Sample",
                "",
                null,
                "",
                List.of(),
                List.of(new Section("Parts", "", List.of(parts))),
                "The end.");
    }

    @Test
    void aCellSaysItsCountAndItsShareOfTheRow() {
        Matrix matrix =
                new Matrix("c", "Actual", "Predicted", List.of("a", "b"), List.of(List.of(3L, 1L), List.of(0L, 0L)));
        String html = HtmlReport.of(page(matrix));
        assertThat(html)
                .contains(
                        "<td class=\"right\" style=\"--s:0.866\" title=\"3 of 4 (75.0 %): Actual a, Predicted a\">3</td>",
                        "<td class=\"wrong\" style=\"--s:0.500\" title=\"1 of 4 (25.0 %): Actual a, Predicted b\">1</td>",
                        "<td class=\"all\">4</td>",
                        "<td class=\"none\">0</td><td class=\"right\">0</td><td class=\"all\">0</td>");
    }

    @Test
    void aShareIsAColourAndAPercentageAndNoNumberWhereItIsNothing() {
        Weights weights =
                new Weights("c", "Written", "Read", List.of("x"), List.of("a", " "), List.of(List.of(0.996, 0.004)));
        String html = HtmlReport.of(page(weights));
        assertThat(html)
                .contains(
                        "<span>␣</span></th></tr></thead>",
                        "<bdi>x</bdi></th><td class=\"share\" style=\"--s:0.996\" title=\"99.6 %: x, a\">100</td>"
                                + "<td class=\"share\" style=\"--s:0.004\" title=\"0.4 %: x,  \"></td></tr>");
    }

    @Test
    void refusesSharesThatDoNotFit() {
        assertThatThrownBy(() -> new Weights("c", "w", "r", List.of("x"), List.of("a"), List.of()))
                .hasMessage("weights 'c' must have shares for each of 1 rows, got 0");
        assertThatThrownBy(() -> new Weights("c", "w", "r", List.of("x"), List.of("a"), List.of(List.of(1.5))))
                .hasMessage("row of weights 'c' must have 1 shares from 0 to 1, got [1.5]");
    }

    @Test
    void markedTextsShowTheirWeightsAsNumbersTooAndWhiteSpaceAsSigns() {
        MarkedText text =
                new MarkedText("t", "", "", "for", false, List.of(new Mark("a", 0.5, "half"), new Mark(" ", -1, "")));
        String html = HtmlReport.of(page(text));
        assertThat(html)
                .contains(
                        "<span class=\"mark for\" style=\"--s:0.500\" title=\"half\">a</span>"
                                + "<span class=\"mark against\" style=\"--s:1.000\" title=\"\">␣</span></p>",
                        "<bdi>a</bdi></th><td>+0.500</td><td>half</td>",
                        "<bdi>␣</bdi></th><td>−1.000</td>")
                .doesNotContain("<span class=\"mark against\" style=\"--s:1\"></span>");
    }

    @Test
    void hostileNamesAreText() {
        String html = HtmlReport.of(hostile());
        assertThat(html).doesNotContain("<script>document.title", "<img", "\0");
        assertThat(html.split("</script>", -1)).hasSize(4);
    }

    @Test
    void refusesCountsThatAreNoSquareAndWeightsOutOfRange() {
        assertThatThrownBy(() -> new Matrix("c", "a", "p", List.of("x", "y"), List.of(List.of(1L, 2L))))
                .hasMessage("matrix 'c' must have a row for each of 2 names, got 1");
        assertThatThrownBy(() -> new Matrix("c", "a", "p", List.of("x"), List.of(List.of(-1L))))
                .hasMessage("row of matrix 'c' must have 1 counts, none negative, got [-1]");
        assertThatThrownBy(() -> new Mark("w", Double.NaN, ""))
                .hasMessage("weight of a mark must be from -1 to 1, got NaN; divide by the largest");
    }
}
