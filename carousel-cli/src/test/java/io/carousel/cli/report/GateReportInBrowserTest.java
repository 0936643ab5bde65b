package io.carousel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.cli.report.Chart.Axis;
import io.carousel.cli.report.Chart.Unit;
import io.carousel.cli.report.GateStory.Activations;
import io.carousel.cli.report.GateStory.Input;
import io.carousel.cli.report.GateStory.LayerStory;
import io.carousel.cli.report.ReportData.Facts;
import io.carousel.inspect.GateStatistics;
import io.carousel.inspect.GradientByLag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Looks at heat maps in a real browser. */
@Tag("slow")
class GateReportInBrowserTest {
    /** The colour in the middle of a unit at a time step, as red, green and blue. */
    private static final String COLOUR = "(() => { const p = window.carouselCharts[%d](); const r = devicePixelRatio; "
            + "const c = p.root.querySelector('canvas').getContext('2d'); return [...c.getImageData("
            + "Math.round(p.valToPos(p.data[0][%d], 'x', true)), Math.round(p.valToPos(%d, 'y', true)), 1, 1).data]"
            + ".slice(0, 3).join(' '); })()";

    @TempDir
    private Path folder;

    @Test
    void coloursEveryNumberByItsPlaceInTheRange() throws IOException {
        try (Browser browser = open(story(40, 8))) {
            // Unit u of the forget gate is u / 8 at every time step; the state is -1 before half of the time, then 1.
            assertThat(browser.ask(String.format(COLOUR, 1, 0, 8))).isEqualTo("7 66 90");
            assertThat(browser.ask(String.format(COLOUR, 2, 3, 4))).isEqualTo("154 60 6");
            assertThat(browser.ask(String.format(COLOUR, 2, 39, 4))).isEqualTo("7 66 90");
            browser.prefers("dark");
            assertThat(browser.becomes(String.format(COLOUR, 1, 0, 8) + " === '143 220 247'"))
                    .isTrue();
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests()).isEmpty();
        }
    }

    @Test
    void tellsUnitTimeAndValueToThePointerTheKeyboardAndTheTable() throws IOException {
        try (Browser browser = open(story(41, 8))) {
            WebElement plot = browser.driver()
                    .findElements(By.cssSelector("figure.chart .u-over"))
                    .get(1);
            WebElement tip = browser.driver()
                    .findElements(By.cssSelector("figure.chart .tip"))
                    .get(1);
            new Actions(browser.driver()).moveToElement(plot).perform();
            assertThat(tip.getText()).matches("(?s)20\\s+forget, unit [45]\\s+0\\.[56].*");
            assertThat(browser.driver().findElements(By.cssSelector("figure.chart .tip")).stream()
                            .filter(WebElement::isDisplayed))
                    .hasSize(1);
            WebElement chart = browser.driver()
                    .findElements(By.cssSelector("figure.chart .uplot"))
                    .get(1);
            chart.sendKeys(Keys.ARROW_LEFT);
            chart.sendKeys(Keys.ARROW_UP);
            assertThat(browser.ask("document.querySelectorAll('figure.chart output')[1].textContent")
                            .toString())
                    .matches("19: forget, unit [34] 0\\.\\d+");
            browser.driver()
                    .findElements(By.cssSelector("figure.chart summary"))
                    .get(1)
                    .click();
            assertThat(browser.driver().findElements(By.cssSelector("figure.chart .numbers th[scope=col]")))
                    .hasSize(9);
            assertThat(browser.driver().findElements(By.cssSelector("figure.chart .numbers tbody tr")))
                    .hasSize(41);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void zoomsAllChartsOverTheSameTimeTogetherInLine() throws IOException {
        try (Browser browser = open(story(40, 8))) {
            String left =
                    "new Set(window.carouselCharts.slice(0, 3).map(c => c().over.getBoundingClientRect().left)).size";
            assertThat(browser.ask(left)).isEqualTo(1L);
            browser.driver()
                    .findElements(By.cssSelector("figure.chart .uplot"))
                    .get(2)
                    .sendKeys("+");
            String scales = "window.carouselCharts.slice(0, 3).every(c => c().scales.x.max - c().scales.x.min < 25)";
            assertThat(browser.becomes(scales)).isTrue();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void showsEveryLayerAndFitsANarrowWindow() throws IOException {
        try (Browser browser = open(story(40, 8))) {
            assertThat(browser.driver().findElements(By.cssSelector("#group option")))
                    .hasSize(2);
            browser.driver().findElement(By.id("group-after")).click();
            assertThat(browser.becomes(String.format(COLOUR, 1, 0, 1) + " === '7 66 90'"))
                    .isTrue();
            browser.driver().manage().window().setSize(new Dimension(500, 900));
            assertThat(browser.becomes("document.documentElement.scrollWidth <= window.innerWidth"))
                    .isTrue();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void capsWhatIsDrawnAndSaysSo() {
        String html = HtmlReport.of(GateReport.of(story(9_000, 200)));

        assertThat(html)
                .contains("Drawn are the first 128 of 200 units.", "Drawn are the last 5859 of 9000 time steps.")
                .hasSizeLessThan(5_000_000);
    }

    private Browser open(GateStory story) throws IOException {
        return Browser.open(HtmlReport.of(GateReport.of(story)), folder);
    }

    /** Two layers; the second has the units upside down. */
    private static GateStory story(int steps, int units) {
        double[] time = GateReport.lags(steps);
        double[] wave = Arrays.stream(time).map(Math::sin).toArray();
        return new GateStory(
                "waves",
                "made for a test",
                new Axis("Row", Unit.NUMBER, true),
                time,
                List.of(new Input("wave", wave, true)),
                List.of(layer("encoder_l0", steps, units, false), layer("encoder_l1", steps, units, true)),
                List.of(),
                new Facts("Origin", List.of()),
                "");
    }

    private static LayerStory layer(String name, int steps, int units, boolean turned) {
        float[][] gate = new float[steps][units];
        float[][] state = new float[steps][units];
        double[] halfLives = new double[units];
        double[] norms = new double[steps];
        for (int t = 0; t < steps; t++) {
            norms[t] = Math.pow(0.9, t);
            for (int j = 0; j < units; j++) {
                gate[t][j] = (turned ? units - j : j + 1) / (float) units;
                state[t][j] = t < steps / 2 ? -1 : 1;
                halfLives[j] = j + 1;
            }
        }
        return new LayerStory(
                name,
                "lstm",
                units,
                List.of(new Activations("forget", 0, 1, gate)),
                List.of(new Activations("cell", Double.NaN, Double.NaN, state)),
                List.of(new GateStatistics(name, "forget", 0.5, new double[units], new double[units], halfLives)),
                List.of(new GradientByLag(name, "cell", norms)));
    }
}
