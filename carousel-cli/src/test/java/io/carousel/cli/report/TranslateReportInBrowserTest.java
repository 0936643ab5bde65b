package io.carousel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Dimension;

/** Looks at a report about translations in a real browser. */
@Tag("slow")
class TranslateReportInBrowserTest {
    @TempDir
    private Path folder;

    @Test
    void aLargeMatrixStaysWithinTheWindowAndDeepCellsAreDeep() throws IOException {
        TranslateStory story =
                TranslateReportTest.story(true, TranslateReportTest.sentence(60, "Donaudampfschifffahrtsgesellschaft"));
        try (Browser browser = Browser.open(HtmlReport.of(TranslateReport.of(story)), folder)) {
            browser.driver().manage().window().setSize(new Dimension(500, 900));
            assertThat((Boolean) browser.ask("document.documentElement.scrollWidth <= window.innerWidth"))
                    .isTrue();
            assertThat((Long) browser.ask("document.querySelectorAll('td.share').length"))
                    .isEqualTo(3600);
            assertThat((Boolean) browser.ask(
                            "(cells => getComputedStyle(cells[0]).backgroundColor !== getComputedStyle(cells[1])"
                                    + ".backgroundColor)(document.querySelectorAll('td.share'))"))
                    .isTrue();
            assertThat((Long) browser.ask("document.querySelectorAll('figure.chart').length"))
                    .isEqualTo(2);
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests()).isEmpty();
        }
    }
}
