package io.carousel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.cli.report.AnomalyStory.Anomaly;
import io.carousel.cli.report.AnomalyStory.Channel;
import io.carousel.cli.report.AnomalyStory.Known;
import io.carousel.cli.report.AnomalyStory.Stream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;

/** Looks at a report about anomalies in a real browser. */
@Tag("slow")
class AnomalyReportInBrowserTest {
    private static final int EVENTS = 300;

    @TempDir
    private Path folder;

    @Test
    void drawsEachSeriesWithItsAnomaliesAndThoseThatAreKnown() throws IOException {
        try (Browser browser = open(List.of(stream("north", 120), stream("south", 200)))) {
            browser.driver().manage().window().setSize(new Dimension(500, 900));
            assertThat((Boolean) browser.ask("document.documentElement.scrollWidth <= window.innerWidth"))
                    .isTrue();
            // two channels and the surprise
            assertThat(browser.ask("document.querySelectorAll('figure.chart canvas').length"))
                    .isEqualTo(3L);
            assertThat(anomalies(browser)).isEqualTo("120");
            browser.driver()
                    .findElement(By.cssSelector("#group option:nth-child(2)"))
                    .click();
            assertThat(anomalies(browser)).isEqualTo("200");
            assertThat(browser.driver().findElement(By.tagName("body")).getText())
                    .contains("2 events were told.", "2 of 2 were found.", "5 min");
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests()).isEmpty();
        }
    }

    @Test
    void showsHostileNamesAsTextAndDrawsEventsThatWereNotScored() throws IOException {
        String hostile = "</script><img src=x onerror=document.title='broken'>";
        Stream sound = stream(hostile, 120);
        double[] none = new double[EVENTS];
        Arrays.fill(none, Double.NaN);
        Stream unscored =
                new Stream(hostile, sound.x(), List.of(new Channel(hostile, none, none)), none, List.of(), List.of());
        try (Browser browser = open(List.of(unscored))) {
            assertThat(browser.ask("document.images.length")).isEqualTo(0L);
            assertThat(browser.driver().getTitle()).isNotEqualTo("broken");
            assertThat(browser.driver().findElement(By.tagName("body")).getText())
                    .contains("onerror=", "No event was told as an anomaly.");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** The rows of the first chart that are drawn as anomalies. */
    private static String anomalies(Browser browser) {
        return browser.ask("(c => { const i = c.series.findIndex(s => s.label === 'Anomaly'); return c.data[i]"
                        + ".map((v, r) => v == null || isNaN(v) ? -1 : r).filter(r => r >= 0).join(' '); })"
                        + "(window.carouselCharts[0]())")
                .toString();
    }

    private Browser open(List<Stream> series) throws IOException {
        AnomalyStory story = new AnomalyStory(
                "pump.csv",
                "Two pumps",
                null,
                "time",
                Chart.Unit.NUMBER,
                series,
                4,
                List.of(),
                List.of(),
                "Made for a test");
        return Browser.open(HtmlReport.of(AnomalyReport.of(story)), folder);
    }

    private static Stream stream(String name, int event) {
        double[] x = IntStream.range(0, EVENTS).asDoubleStream().toArray();
        double[] values = Arrays.stream(x).map(i -> Math.sin(i / 7)).toArray();
        double[] expected = values.clone();
        values[event] += 5;
        double[] surprises = new double[EVENTS];
        surprises[0] = Double.NaN;
        surprises[event] = 6;
        return new Stream(
                name,
                x,
                List.of(new Channel("flow", values, expected), new Channel("heat", expected, values)),
                surprises,
                List.of(new Anomaly(event, "step " + event, 6)),
                List.of(new Known(event - 5, event + 5, "step " + (event - 5), "step " + (event + 5), 1, "5 min")));
    }
}
