package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.TextTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTest {
    private static final String CLEARS_THE_SCREEN = "\u001b[2J";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final Console console = new Console(stream, stream, 0, false);

    @Test
    void namesInATableCannotSteerTheTerminal() {
        TextTable table = new TextTable(List.of("series", "value"));
        table.row(false, List.of("shop" + CLEARS_THE_SCREEN, "1\u009b5m"));
        table.print(console);

        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("shop?[2J").doesNotContain("\u001b", "\u009b");
    }

    @Test
    void namesInAMistakeCannotSteerTheTerminal(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data.csv");
        String shop = "shop" + CLEARS_THE_SCREEN;
        Files.writeString(data, "shop,month,sold\n" + shop + ",2000-01,1\n" + shop + ",2000-02,\n");

        Call call = Call.carousel(
                "forecast", "fit", data, "--target", "sold", "--series", "shop", "--out", folder.resolve("m"));

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("series shop?[2J").doesNotContain("\u001b");
    }

    @Test
    void tooLittleMemoryIsOneLineWithARemedy() {
        int exitCode = new Failures(console).outOfMemory();

        assertThat(exitCode).isEqualTo(1);
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("carousel: there is not enough memory, the JVM may use ")
                .contains("; allow more with CAROUSEL_JAVA_OPTS=-Xmx8g");
    }
}
