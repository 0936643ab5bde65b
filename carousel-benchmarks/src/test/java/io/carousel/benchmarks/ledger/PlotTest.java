package io.carousel.benchmarks.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlotTest {
    private static final double[] X = {0, 50, 100};
    private static final double[] Y = {10, 20, 30};

    @Test
    void aPlotIsWellFormedAndSaysItsWords() throws Exception {
        Document plot = parse(new Plot("Time", "rows", "ms").add("LSTM", X, Y, 10, 0.2));

        assertThat(plot.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(texts(plot)).contains("Time", "rows", "ms", "LSTM");
        assertThat(elements(plot, "title").get(0).getTextContent()).isEqualTo("Time");
    }

    @Test
    void pointsOnTheLineAreDrawnOnIt() throws Exception {
        Document plot = parse(new Plot("Time", "rows", "ms").add("LSTM", X, Y, 10, 0.2));
        Element line = elements(plot, "line").stream()
                .filter(each -> !each.getAttribute("stroke-dasharray").isEmpty())
                .findFirst()
                .orElseThrow();
        double slope = (number(line, "y2") - number(line, "y1")) / (number(line, "x2") - number(line, "x1"));

        assertThat(elements(plot, "circle")).hasSize(3).allSatisfy(point -> {
            double expected = number(line, "y1") + slope * (number(point, "cx") - number(line, "x1"));
            // Each of the numbers is written with one digit after the point.
            assertThat(number(point, "cy")).isCloseTo(expected, within(0.3));
        });
    }

    @Test
    void axesEndAtRoundNumbersBeyondTheLastPoint() throws Exception {
        assertThat(texts(parse(new Plot("", "", "").add("a", new double[] {16_384}, new double[] {0.93}, 0, 0))))
                .contains("25,000", "5,000", "1", "0.2");
        assertThat(texts(parse(new Plot("", "", "").add("a", new double[] {100}, new double[] {12.5}, 0, 0))))
                .contains("100", "20", "12.5", "2.5");
    }

    @Test
    void aLineThatLeavesThePlotEndsAtItsTop() throws Exception {
        Document plot = parse(new Plot("", "", "").add("a", new double[] {100}, new double[] {10}, 0, 1));
        double top = elements(plot, "circle").stream()
                .mapToDouble(point -> number(point, "cy"))
                .min()
                .orElseThrow();

        assertThat(elements(plot, "line"))
                .allSatisfy(line -> assertThat(number(line, "y2")).isGreaterThanOrEqualTo(top));
    }

    @Test
    void aPlotIsTheSameWhereNumbersAreWrittenWithCommas() {
        Locale before = Locale.getDefault();
        Plot plot = new Plot("Time", "rows", "ms").add("LSTM", X, Y, 10, 0.25);
        String text = plot.svg();
        try {
            Locale.setDefault(Locale.GERMANY);

            assertThat(plot.svg()).isEqualTo(text).doesNotContain("\r");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aThirdSeriesIsRefused() {
        Plot plot = new Plot("", "", "").add("a", X, Y, 0, 1).add("b", X, Y, 0, 1);

        assertThatThrownBy(() -> plot.add("c", X, Y, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a plot must have at most 2 series; draw another");
    }

    private static Document parse(Plot plot) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(plot.svg().getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> elements(Document plot, String name) {
        NodeList nodes = plot.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<String> texts(Document plot) {
        return elements(plot, "text").stream().map(Element::getTextContent).toList();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
