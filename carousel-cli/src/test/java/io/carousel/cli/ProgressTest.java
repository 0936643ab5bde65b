package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void showsPartLossSpeedAndTimeLeft() {
        run(100);
        assertThat(lastLine()).contains("2/3", " 50 %", "loss 0.5000", "  1000 sequences/s", "at most  0:10 left");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 60, 80, 100, 200})
    void neverFillsALineOfTheTerminal(int columns) {
        run(columns);
        assertThat(err.toString(StandardCharsets.UTF_8).split("\r"))
                .allMatch(line -> line.replace("\u001b[K", "").length() < columns);
    }

    @Test
    void isQuietWhenNobodyWatches() {
        run(0);
        assertThat(err.size()).isZero();
    }

    @Test
    void drawsAtMostTenTimesASecond() {
        try (Progress progress = progress(100)) {
            progress.stage("training", 1, 1);
            for (int step = 1; step <= 1000; step++) {
                nanos.addAndGet(1_000_000);
                progress.step(1, step, 1000, 0.5, 100);
            }
        }
        assertThat(err.toString(StandardCharsets.UTF_8).split("\r")).hasSizeLessThan(15);
    }

    @Test
    void writesTimesAsPeopleDo() {
        assertThat(Progress.time(7_000_000_000L)).isEqualTo("0:07");
        assertThat(Progress.time(3_723_000_000_000L)).isEqualTo("1:02:03");
    }

    private void run(int columns) {
        try (Progress progress = progress(columns)) {
            progress.stage("training member 1 of 3", 2, 3);
            progress.validation(0.25);
            nanos.addAndGet(10_000_000_000L);
            progress.step(3, 500, 1000, 0.5, 1000);
        }
    }

    private Progress progress(int columns) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Progress(new Console(stream, stream, columns, false), nanos::get);
    }

    private String lastLine() {
        List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
        return lines.get(lines.size() - 2);
    }
}
