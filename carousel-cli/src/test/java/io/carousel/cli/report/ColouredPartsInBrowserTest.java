package io.carousel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Dimension;

/** Looks at matrices and marked texts in a real browser. */
@Tag("slow")
class ColouredPartsInBrowserTest {
    /** The least contrast, as WCAG 2 defines it, of a coloured element's text with what is behind it. */
    private static final String CONTRAST = "(() => { const c = document.createElement('canvas').getContext('2d');"
            + " const light = colours => { c.clearRect(0, 0, 1, 1);"
            + " for (const one of colours) { c.fillStyle = one; c.fillRect(0, 0, 1, 1); }"
            + " const [r, g, b] = [...c.getImageData(0, 0, 1, 1).data].slice(0, 3).map(v => v / 255)"
            + " .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);"
            + " return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05; };"
            + " const page = getComputedStyle(document.body).backgroundColor;"
            + " return Math.min(...[...document.querySelectorAll('.matrix td, .mark')].map(e => {"
            + " const s = getComputedStyle(e); const [a, b] = [light([page, s.backgroundColor]), light([s.color])];"
            + " return Math.max(a, b) / Math.min(a, b); })); })()";

    /** How many different colours stand behind elements. */
    private static final String COLOURS =
            "new Set([...document.querySelectorAll('%s')]" + ".map(e => getComputedStyle(e).backgroundColor)).size";

    @TempDir
    private Path folder;

    @Test
    void textStaysLegibleUponEveryColourInLightAndInDark() throws IOException {
        try (Browser browser = Browser.open(HtmlReport.of(ColouredPartsTest.sample(12)), folder)) {
            for (String scheme : new String[] {"light", "dark"}) {
                browser.prefers(scheme);
                assertThat(((Number) browser.ask(CONTRAST)).doubleValue())
                        .as(scheme)
                        .isGreaterThan(4.5);
                assertThat((Long) browser.ask(String.format(COLOURS, ".matrix td")))
                        .isGreaterThan(6);
                assertThat((Long) browser.ask(String.format(COLOURS, ".words .mark")))
                        .isGreaterThan(6);
            }
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests()).isEmpty();
        }
    }

    @Test
    void manyClassesStayWithinTheWindow() throws IOException {
        try (Browser browser = Browser.open(HtmlReport.of(ColouredPartsTest.sample(60)), folder)) {
            browser.driver().manage().window().setSize(new Dimension(500, 900));
            assertThat((Boolean) browser.ask("document.documentElement.scrollWidth <= window.innerWidth"))
                    .isTrue();
        }
    }

    @Test
    void hostileNamesStayText() throws IOException {
        try (Browser browser = Browser.open(HtmlReport.of(ColouredPartsTest.hostile()), folder)) {
            assertThat(browser.driver().getTitle()).isNotEqualTo("broken");
            assertThat(browser.ask("document.images.length")).isEqualTo(0L);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** Writes the samples into a folder, for looking at them in a browser. */
    public static void main(String... folder) throws IOException {
        for (int classes : new int[] {3, 12}) {
            java.nio.file.Files.writeString(
                    Path.of(folder[0], "coloured" + classes + ".html"),
                    HtmlReport.of(ColouredPartsTest.sample(classes)));
        }
    }
}
