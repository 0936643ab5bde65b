package io.carousel.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.task.FitOptions;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedFitTest {
    private static final String CLEARED = "\r\u001b[K";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(
            new PrintStream(new BufferedOutputStream(out), false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            80,
            false);

    @Test
    void progressIsTakenAwayBeforeTheModelIsToldAndAllIsSent() throws IOException {
        WatchedFit.run(
                console,
                FitOptions.defaults().withThreads(3),
                options -> {
                    options.listener().stage("training", 1, 1);
                    assertThat(err.toString(StandardCharsets.UTF_8)).contains("training");
                    assertThat(options.stop().stopped()).isFalse();
                    return options.threads() + " threads";
                },
                fit -> {
                    assertThat(err.toString(StandardCharsets.UTF_8)).endsWith(CLEARED);
                    console.out().print(fit);
                });

        assertThat(out).hasToString("3 threads");
    }

    @Test
    void whatFailsIsNotKept() {
        List<String> kept = new ArrayList<>();

        assertThatThrownBy(() -> WatchedFit.<String>run(
                        console,
                        FitOptions.defaults(),
                        options -> {
                            options.listener().stage("training", 1, 1);
                            throw new IOException("the disk is full");
                        },
                        kept::add))
                .hasMessage("the disk is full");

        assertThat(kept).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).endsWith(CLEARED);
    }
}
