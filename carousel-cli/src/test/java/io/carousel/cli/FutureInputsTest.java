package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FutureInputsTest {
    @TempDir
    private Path folder;

    @Test
    void readsTheFutureOfAnInputFromRowsWithoutATarget() throws IOException {
        Call fit = fit(data(4), "--report", folder.resolve("r.html"));
        assertThat(fit.exitCode()).as(fit.err()).isZero();
        Call predict = Call.carousel("forecast", "predict", folder.resolve("m"), folder.resolve("d.csv"));
        assertThat(predict.exitCode()).as(predict.err()).isZero();
        assertThat(predict.out().lines()).hasSize(5);
    }

    @Test
    void keepsTheModelWhenTheFileHasNoFutureToForecast() throws IOException {
        Call fit = fit(data(0), "--report", folder.resolve("r.html"));
        assertThat(fit.exitCode()).as(fit.err()).isZero();
        assertThat(fit.err()).contains("carousel: the report shows no forecast, because ");
        assertThat(folder.resolve("m")).exists();
        assertThat(Files.readString(folder.resolve("r.html"))).contains("How good it is");
        Call predict = Call.carousel("forecast", "predict", folder.resolve("m"), folder.resolve("d.csv"));
        assertThat(predict.exitCode()).isEqualTo(2);
        assertThat(predict.err().lines()).hasSize(1);
    }

    private Call fit(Path data, Object... more) {
        Object[] words = {
            "forecast",
            "fit",
            data,
            "--target",
            "y",
            "--future-inputs",
            "sale",
            "--horizon",
            4,
            "--epochs",
            1,
            "--members",
            1,
            "--out",
            folder.resolve("m")
        };
        Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return Call.carousel(all);
    }

    private Path data(int future) throws IOException {
        StringBuilder csv = new StringBuilder("y,sale\n");
        for (int i = 0; i < 150 + future; i++) {
            int sale = i % 7 == 3 ? 1 : 0;
            csv.append(i < 150 ? String.format(Locale.ROOT, "%.2f", 10 + 3 * sale + Math.sin(i)) : "")
                    .append(",")
                    .append(sale)
                    .append("\n");
        }
        return Files.writeString(folder.resolve("d.csv"), csv);
    }
}
