package io.carousel.benchmarks.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolTest {
    @Test
    void aWorkloadReadsBackAsItWasWritten() {
        Workload workload = new Workload("train", "lstm", Map.of("T", 64, "B", 32, "F", 256, "H", 128));

        assertThat(workload).hasToString("train lstm B=32 F=256 H=128 T=64");
        assertThat(Workload.parse(workload.toString())).isEqualTo(workload);
        assertThat(workload.size("T")).isEqualTo(64);
        assertThat(workload.gates()).isEqualTo(4);
    }

    @Test
    void aSizeThatIsMissingOrUnreadableIsNamed() {
        assertThatThrownBy(() -> Workload.parse("train lstm B=1").size("T"))
                .hasMessage("workload must have a size T, got train lstm B=1");
        assertThatThrownBy(() -> Workload.parse("train lstm 7")).hasMessage("size must read NAME=NUMBER, got 7");
        assertThatThrownBy(() -> Workload.parse("train"))
                .hasMessage("workload must read KIND SUBJECT NAME=NUMBER…, got train");
    }

    @Test
    void aTimingHasTheMiddleAndTheSlowestInAHundred() {
        long[] nanos = new long[200];
        for (int i = 0; i < 100; i++) {
            nanos[i] = 100L - i;
        }

        Timing timing = Timing.of(nanos, 100, 8);

        assertThat(timing).isEqualTo(new Timing(100, 50.5, 51, 100, 8));
        assertThat(Timing.parse(timing.words())).isEqualTo(timing);
    }

    @Test
    void aTimingThatIsCutShortIsRefused() {
        assertThatThrownBy(() -> Timing.parse("calls=1 mean=2"))
                .hasMessage("timing must read calls=… mean=… p50=… p99=… allocated=…, got calls=1 mean=2");
    }

    @Test
    void arraysGoThroughAFileUnchanged(@TempDir Path folder) throws IOException {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        arrays.put("output", new float[] {1, -0f, Float.NaN});
        arrays.put("gradient of weight", new float[0]);
        Path file = folder.resolve("results");

        ResultFile.write(file, arrays);

        assertThat(ResultFile.read(file)).containsOnlyKeys("output", "gradient of weight");
        assertThat(ResultFile.read(file).get("output")).containsExactly(1, -0f, Float.NaN);
    }

    @Test
    void numbersDependOnTheNameAndStayWithinTheirBound() {
        float[] first = Numbers.uniform("weight", 1000, 0.5);

        assertThat(Numbers.uniform("weight", 1000, 0.5)).containsExactly(first);
        assertThat(Numbers.uniform("input", 1000, 0.5)).isNotEqualTo(first);
        for (float value : first) {
            assertThat(Math.abs(value)).isLessThan(0.5f).isPositive();
        }
        assertThat(Numbers.lengths(50, 10, 12)).contains(10, 11, 12).doesNotContain(9, 13);
        assertThat(Numbers.tokens(2, 3, 5))
                .hasSize(2 * 3 * Numbers.UPDATES + 1)
                .contains(0, 4)
                .doesNotContain(5, -1);
    }
}
