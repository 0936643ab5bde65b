package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake of the user's ends with exit code 2 and one line that says what, where and what to do. */
class MistakesTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void writeFiles() throws IOException {
        SampleFiles.monthly(folder, 120);
        String header = "month,sold\n";
        Files.writeString(folder.resolve("words.csv"), header + "2000-01,1\n2000-02,many\n2000-03,3\n");
        Files.writeString(folder.resolve("short.csv"), header + "2000-01,1\n2000-02,2\n2000-03,3\n");
        Files.writeString(folder.resolve("hole.csv"), header + "2000-01,1\n2000-02,\n2000-03,3\n");
        Files.writeString(folder.resolve("gap.csv"), header + "2000-01,1\n2000-02,2\n2000-05,3\n2000-06,4\n");
        Files.writeString(folder.resolve("ragged.csv"), header + "2000-01,1\n2000-02\n");
        Files.writeString(folder.resolve("empty.csv"), "");
        Files.writeString(folder.resolve("no.carousel"), "this is a poem, not a model");
    }

    // In each line the words of the call, with @ for the folder, and what the message must say.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "foo                                                      | 'foo'; did you mean forecast? see carousel --help",
                "--nope                                                   | Unknown option: '--nope'; see carousel --help",
                "forecast fit                                             | '--target=COL'",
                "forecast fit @/monthly.csv --target sold                 | '--out=MODEL'; see carousel forecast fit --help",
                "FIT @/monthly.csv --target sold --horizn 3               | did you mean --horizon",
                "FIT @/monthly.csv --target sold --horizon x              | '--horizon': 'x' is not an int; see",
                "FIT @/monthly.csv --target sold --horizon 0              | horizon must be at least 1, got 0; see",
                "FIT @/monthly.csv --target sold --hidden 2000000000     | hidden must be at most 16384, got 2000000000; see",
                "FIT @/monthly.csv --target sold --members 2000000000    | members must be at most 1000, got 2000000000; see",
                "FIT @/monthly.csv --target sold --harmonics 7           | harmonics must be at most 6, half of season 12, got 7;",
                "FIT @/monthly.csv --target sold --harmonics -1          | harmonics must not be negative, got -1; see",
                "FIT @/monthly.csv --target sold --horizon 500            | series 'monthly' has 120 rows; window",
                "FIT @/monthly.csv --target sold --horizon 3 --test-rows 2 | test rows must be 0 or at least the horizon, 3, got 2;",
                "FIT @/monthly.csv --target sold --learning-rate 1e38      | ; lower the learning rate",
                "FIT @/monthly.csv --target sold --threads 0              | threads must be at least 1, got 0;",
                "FIT @/monthly.csv --target sold --epochs 0               | epochs must be positive, got 0; see",
                "FIT @/monthly.csv --target sold --mode sideways          | '--mode': expected one of",
                "FIT @/monthly.csv --target sold --quantiles 0.5,1.5      | 1.5;",
                "FIT @/monthly.csv --target sold --fill never             | fill must be none, previous, linear, zero or a number",
                "FIT @/monthly.csv --target sold --inputs sold            | name each once",
                "FIT @/monthly.csv --target profit                        | there is no column profit in monthly.csv; it has",
                "FIT @/monthly.csv --target month                         | must be a number;",
                "FIT @/nowhere.csv --target sold                          | nowhere.csv; check the path",
                "FIT @ --target sold                                      | data must be a file, got the folder",
                "FIT @/words.csv --target sold                            | line 3 of words.csv has \"many\" in column sold",
                "FIT @/short.csv --target sold                            | series 'short' has 3 rows; window",
                "FIT @/hole.csv --target sold                             | column sold, on line 3; ask for a fill",
                "FIT @/gap.csv --target sold                              | line 4 of gap.csv",
                "FIT @/ragged.csv --target sold                           | line 3 of ragged.csv has 1 column",
                "FIT @/empty.csv --target sold                            | empty.csv",
                "forecast fit @/monthly.csv --target sold --out @         | --out must be a file, got the folder",
                "forecast fit @/monthly.csv --target sold --out @/a/b     | --out must be in a folder that exists",
                "FIT @/monthly.csv --target sold --checkpoint @/words.csv | words.csv is in the way; remove it or choose",
                "FIT @/monthly.csv --target sold --report @               | --report must be a file, got the folder",
                "forecast evaluate @/no.carousel @/monthly.csv            | no.carousel: header length must be",
                "forecast evaluate @/nowhere @/monthly.csv                | there is no model file",
                "forecast predict @/no.carousel @/monthly.csv             | no.carousel: header length must be",
                "forecast predict @ @/monthly.csv                         | model must be a file, got the folder",
                "forecast predict @/no.carousel @/monthly.csv --out @     | --out must be a file, got the folder",
                "lags --task subtracting                                  | task must be one of reber,",
                "lags --task adding --lag 3                               | lag must be from 20 to 100000, got 3; see carousel lags",
                "lags --task adding --cell lstn                           | , got lstn; name one of them, or put the cell of that name on the class path",
                "lags --task adding --hidden 0                            | hidden size must be positive, got 0; see",
                "lags --task adding --threads 0                           | threads must be positive, got 0; see",
                "lags --task adding --sequences 0                         | training sequences must be positive, got 0; see",
                "lags --gradients                                         | --gradients must come with --task, which names the problem; add --task",
                "lags --task adding --report @                            | --report must be a file, got the folder",
                "inspect                                                  | 'MODEL'; see carousel inspect --help",
                "inspect @/nowhere                                        | there is no model file",
                "inspect @/monthly.csv                                    | monthly.csv: header length must be",
                "inspect @                                                | model must be a file, got the folder",
                "inspect @/no.carousel @/monthly.csv                      | DATA.csv must come with --gates, which runs the model on a series; add --gates, or leave DATA.csv out",
                "inspect @/no.carousel --at 3                             | --at must come with --gates,",
                "inspect @/no.carousel --series a                         | --series must come with --gates,",
                "inspect @/no.carousel --report @/r.html                  | --report must come with --gates,",
                "inspect @/no.carousel --gates                            | --gates must have a series to run the model on, got none; name its file",
                "inspect @/no.carousel @/monthly.csv --gates              | no.carousel: header length must be",
                "inspect @/no.carousel @/monthly.csv --gates --report @   | --report must be a file, got the folder",
                "demo --report @/a/b.html                                 | --report must be in a folder that exists",
            })
    void endsWithTwoAndOneLine(String words, String expected) {
        String call = words.replace("FIT", "forecast fit --out @/out.carousel").replace("@", folder.toString());
        assertIsAMistake(Call.carousel(Arrays.stream(call.split(" +")).toArray()), expected);
    }

    @Test
    void refusesAPlaceThatCannotBeWritten() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        assumeFalse(!locked.toFile().setWritable(false) || Files.isWritable(locked), "this user may write everywhere");
        assertIsAMistake(
                Call.carousel(
                        "forecast",
                        "fit",
                        folder.resolve("monthly.csv"),
                        "--target",
                        "sold",
                        "--out",
                        locked.resolve("m")),
                "--out must be writable");
    }

    @Test
    void refusesAModelOfOtherColumns() throws IOException {
        Path model = folder.resolve("m.carousel");
        Path data = folder.resolve("monthly.csv");
        Call fit = Call.carousel(
                "forecast", "fit", data, "--target", "price", "--epochs", 1, "--members", 1, "--out", model);
        assertThat(fit.exitCode()).as(fit.err()).isZero();
        assertIsAMistake(
                Call.carousel("forecast", "predict", model, folder.resolve("words.csv")),
                "there is no column price in words.csv");
    }

    @Test
    void writesNothingWhenItFails() {
        assertThat(folder.resolve("out.carousel")).doesNotExist();
    }

    private static void assertIsAMistake(Call call, String expected) {
        assertThat(call.exitCode()).as(call.err()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err().lines()).as(call.err()).hasSize(1);
        assertThat(call.err()).startsWith("carousel: ").contains(expected).doesNotContain("Exception", "\tat ");
    }
}
