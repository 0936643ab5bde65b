package io.carousel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Looks at reports in a real browser. */
@Tag("slow")
@Tag("slow")
class ReportInBrowserTest {
    /** The part of a canvas that is not empty: how many of its pixels are painted. */
    private static final String PAINTED = "[...document.querySelectorAll('figure.chart canvas')].map(c => { const d = "
            + "c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; "
            + "for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; })";

    @TempDir
    private Path folder;

    @Test
    void drawsEveryChartWithoutAComplaintOrARequest() throws IOException {
        try (Browser browser = open(SampleStories.monthly())) {
            assertThat(painted(browser)).hasSize(8).allMatch(pixels -> pixels > 1500);
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests()).isEmpty();
            assertThat(browser.ask("performance.getEntriesByType('resource').length"))
                    .isEqualTo(0L);
        }
    }

    @Test
    void saysInPlainWordsWhetherTheNetworkBeatsTheBestNaiveMethod() throws IOException {
        try (Browser browser = open(SampleStories.monthly())) {
            assertThat(browser.driver().findElement(By.className("sentence")).getText())
                    .isEqualTo("The network beats the best naive method, seasonal naive: MASE 0.41 against 0.87.");
        }
        try (Browser browser = open(SampleStories.hourly())) {
            assertThat(browser.driver().findElement(By.className("sentence")).getText())
                    .startsWith("The network does not beat the best naive method");
        }
    }

    @Test
    void showsTheValuesBesideThePointerAndToTheKeyboard() throws IOException {
        try (Browser browser = open(SampleStories.monthly())) {
            WebElement plot = browser.driver().findElement(By.cssSelector("figure.chart .u-over"));
            WebElement tip = browser.driver().findElement(By.cssSelector("figure.chart .tip"));
            assertThat(tip.isDisplayed()).isFalse();
            new Actions(browser.driver()).moveToElement(plot).perform();
            assertThat(tip.isDisplayed()).isTrue();
            assertThat(tip.getText()).matches("(?s)[A-Z][a-z]{2} 20\\d\\d\\s+Measured\\s+\\d{3}(\\.\\d+)?");
            new Actions(browser.driver())
                    .moveToElement(plot, plot.getSize().width / 2 - 3, 0)
                    .perform();
            assertThat(tip.getText()).contains("95 % interval", "80 % interval", "Forecast", " to ");
            WebElement chart = browser.driver().findElement(By.cssSelector("figure.chart .uplot"));
            chart.sendKeys(Keys.ARROW_LEFT);
            assertThat(browser.ask("document.querySelector('figure.chart output').textContent")
                            .toString())
                    .matches("[A-Z][a-z]{2} 20\\d\\d: .*Forecast \\d+.*");
        }
    }

    @Test
    void switchesALayerOffAndOnInTheLegend() throws IOException {
        try (Browser browser = open(SampleStories.monthly())) {
            WebElement key = browser.driver()
                    .findElements(By.cssSelector("figure.chart .tools .key"))
                    .get(2);
            assertThat(key.getText()).isEqualTo("Measured");
            long before = painted(browser).get(0);
            key.click();
            assertThat(key.getDomAttribute("aria-pressed")).isEqualTo("false");
            assertThat(painted(browser).get(0)).isNotEqualTo(before);
            key.click();
            assertThat(key.getDomAttribute("aria-pressed")).isEqualTo("true");
            assertThat(painted(browser).get(0)).isEqualTo(before);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void zoomsOutToAllAndShowsTheNumbersAsATable() throws IOException {
        try (Browser browser = open(SampleStories.hourly())) {
            assertThat((Long) browser.ask("window.carouselCharts[0]().scales.x.min"))
                    .isGreaterThan(1_467_331_200L);
            browser.driver().findElement(By.xpath("//button[text()='All']")).click();
            assertThat(browser.ask("window.carouselCharts[0]().scales.x.min")).isEqualTo(1_467_331_200L);
            browser.driver().findElement(By.cssSelector("figure.chart summary")).click();
            assertThat(browser.driver().findElements(By.cssSelector("figure.chart .numbers tbody tr")))
                    .hasSize(200);
            assertThat(browser.driver()
                            .findElement(By.cssSelector("figure.chart .numbers p"))
                            .getText())
                    .startsWith("The last 200 of 50,024 rows.");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void showsEachOfManySeries() throws IOException {
        try (Browser browser = open(SampleStories.many(60))) {
            List<WebElement> options = browser.driver().findElements(By.cssSelector("#group option"));
            assertThat(options).hasSize(60);
            options.get(6).click();
            assertThat(browser.ask("window.carouselCharts[0]().data[0].length")).isEqualTo(200L + 7 * 6 + 13);
            browser.driver().findElement(By.id("group-before")).click();
            assertThat(browser.ask("window.carouselCharts[0]().data[0].length")).isEqualTo(200L + 7 * 5 + 13);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void showsHostileNamesAsTextAndRunsNothingOfThem() throws IOException {
        try (Browser browser = open(SampleStories.hostile())) {
            assertThat(browser.driver().getTitle()).contains("onerror").isNotEqualTo("broken");
            assertThat(browser.ask("document.images.length")).isEqualTo(0L);
            assertThat(browser.driver().findElement(By.tagName("h1")).getText()).startsWith("</script><script>");
            assertThat(painted(browser)).hasSize(8).allMatch(pixels -> pixels > 1500);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void fitsANarrowWindowAndFollowsTheColoursOfTheSystem() throws IOException {
        try (Browser browser = open(SampleStories.monthly())) {
            browser.driver().manage().window().setSize(new Dimension(500, 900));
            assertThat((Boolean) browser.ask("document.documentElement.scrollWidth <= window.innerWidth"))
                    .isTrue();
            browser.prefers("dark");
            assertThat(browser.ask("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(20, 23, 26)");
            assertThat(painted(browser)).allMatch(pixels -> pixels > 1000);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private Browser open(ForecastStory story) throws IOException {
        return Browser.open(HtmlReport.of(ForecastReport.of(story)), folder);
    }

    private static List<Long> painted(Browser browser) {
        return ((List<?>) browser.ask(PAINTED))
                .stream().map(count -> (Long) count).toList();
    }
}
