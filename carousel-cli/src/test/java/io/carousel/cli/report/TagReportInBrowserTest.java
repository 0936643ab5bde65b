package io.carousel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Dimension;

/** Looks at a report about tags in a real browser. */
@Tag("slow")
class TagReportInBrowserTest {
    @TempDir
    private Path folder;

    @Test
    void aLongSentenceStaysWithinTheWindowAndNothingIsAskedOfTheNetwork() throws IOException {
        List<String> words = Collections.nCopies(400, "Donaudampfschifffahrtsgesellschaft");
        List<String> tags = Collections.nCopies(400, "O");
        TagStory.TaggedSentence sentence = new TagStory.TaggedSentence(
                words,
                tags,
                tags,
                Collections.nCopies(400, 0.5),
                List.of(),
                List.of(new TagStory.Other(tags, 0.1)),
                0.2);
        try (Browser browser = Browser.open(HtmlReport.of(TagReport.of(TagReportTest.story(true, sentence))), folder)) {
            browser.driver().manage().window().setSize(new Dimension(500, 900));
            assertThat((Boolean) browser.ask("document.documentElement.scrollWidth <= window.innerWidth"))
                    .isTrue();
            assertThat((Long) browser.ask("document.querySelectorAll('figure.chart').length"))
                    .isEqualTo(2);
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests()).isEmpty();
        }
    }
}
