package io.carousel.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.task.FitRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FitOutputsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            0,
            false);

    @Test
    void aNoteIsToldOnceAndAnInterruptionOnce() {
        FitOutputs outputs = of("--out", "m.carousel");

        outputs.tell(
                console,
                true,
                List.of("a gap was filled", FitRun.STOPPED, "a word is new"),
                List.of("a gap was filled"));

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "carousel: interrupted; the best model so far is kept in m.carousel",
                        "carousel: a word is new");
    }

    @Test
    void theFilesThatWereWrittenAreNamed() {
        of("--out", "m.carousel").print(console);
        of("--out", "m.carousel", "--report", "r.html").print(console);

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("", "Model:  m.carousel", "", "Model:  m.carousel", "Report: r.html");
        assertThat(of("--out", "m", "--report", "r").json(false, Duration.ofMillis(1500)))
                .hasToString("{\"model\":\"m\",\"report\":\"r\",\"stopped\":false,\"seconds\":1.5}");
        assertThat(of("--out", "m").json(true, Duration.ZERO).has("report")).isFalse();
    }

    private static FitOutputs of(String... options) {
        return CommandLine.populateCommand(new FitOutputs(), options);
    }
}
