package io.carousel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.cli.classify.ClassifyCommand;
import io.carousel.cli.command.Console;
import io.carousel.cli.generate.GenerateCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Dimension;
import picocli.CommandLine;

/** Looks at the reports about language models and classifiers, as their commands write them, in a real browser. */
@Tag("slow")
class TextReportsInBrowserTest {
    private static final String HOSTILE = "</script><img src=x onerror=document.title='broken'>";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private Console console() {
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new Console(stream, stream, 0, false);
    }

    private void run(CommandLine command, String words) {
        int exitCode = command.execute(words.replace("@", folder.toString()).split(" "));
        assertThat(exitCode).as(printed.toString(StandardCharsets.UTF_8)).isZero();
    }

    private Browser open(String report) throws IOException {
        return Browser.open(Files.readString(folder.resolve(report)), folder);
    }

    private static void assertSound(Browser browser) {
        assertThat(browser.driver().getTitle()).isNotEqualTo("broken");
        assertThat(browser.ask("document.images.length")).isEqualTo(0L);
        browser.driver().manage().window().setSize(new Dimension(500, 900));
        assertThat((Boolean) browser.ask("document.documentElement.scrollWidth <= window.innerWidth"))
                .isTrue();
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).isEmpty();
    }

    @Test
    void aLanguageModelsReportShowsItsCourseWhatItWritesAndWhereItIsSurprised() throws IOException {
        Files.writeString(
                folder.resolve("text.txt"),
                "when it rains i stay home\nwhen it snows i stay in\nmark " + HOSTILE + "\n" + "so ".repeat(60) + "\n"
                        + "Donaudampfschifffahrtsgesellschaft".repeat(5) + "\n",
                StandardCharsets.UTF_8);
        String text = Files.readString(folder.resolve("text.txt")).repeat(30);
        Files.writeString(folder.resolve("text.txt"), text);
        run(
                GenerateCommand.of(console()),
                "fit @/text.txt --tokens spaces --hidden 8 --layers 1 --epochs 2 --out @/m --report @/fit.html");
        run(GenerateCommand.of(console()), "evaluate @/m @/text.txt --report @/evaluate.html");

        try (Browser browser = open("fit.html")) {
            assertThat((Long) browser.ask("document.querySelectorAll('figure.chart').length"))
                    .isEqualTo(1);
            assertThat((Long) browser.ask("document.querySelectorAll('.words .mark').length"))
                    .isGreaterThan(20);
            assertThat(browser.ask("document.body.innerText").toString())
                    .contains("Where it is surprised", "Samples", "onerror");
            assertSound(browser);
        }
        try (Browser browser = open("evaluate.html")) {
            assertThat(browser.ask("document.body.innerText").toString()).contains("Bits per character");
            assertSound(browser);
        }
    }

    @Test
    void aClassifiersReportShowsWhatItTakesForWhatAndWhatMovedIt() throws IOException {
        StringBuilder examples = new StringBuilder("text,label\n");
        for (int i = 0; i < 40; i++) {
            examples.append("where is my parcel ").append(HOSTILE).append(",delivery\n");
            examples.append("the invoice is wrong ")
                    .append("verylong".repeat(30))
                    .append(",<b>billing</b>\n");
        }
        Files.writeString(folder.resolve("examples.csv"), examples);
        run(
                ClassifyCommand.of(console()),
                "fit @/examples.csv --hidden 8 --embedding 8 --epochs 2 --members 1 --out @/m --report @/fit.html");
        run(ClassifyCommand.of(console()), "evaluate @/m @/examples.csv --report @/evaluate.html");

        try (Browser browser = open("fit.html")) {
            assertThat((Long) browser.ask("document.querySelectorAll('figure.chart').length"))
                    .isPositive();
            assertSound(browser);
        }
        try (Browser browser = open("evaluate.html")) {
            assertThat((Long) browser.ask("document.querySelectorAll('.matrix td').length"))
                    .isGreaterThanOrEqualTo(4);
            assertThat(browser.ask("document.body.innerText").toString()).contains("<b>billing</b>");
            assertSound(browser);
        }
    }
}
