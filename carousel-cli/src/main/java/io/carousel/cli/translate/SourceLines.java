package io.carousel.cli.translate;

import io.carousel.cli.command.Inputs;
import io.carousel.text.TextLines;
import java.nio.file.Path;

/** The sources to translate: lines of a file, or of standard input, where each is handed on as soon as it has come. */
final class SourceLines {
    private static final Path STANDARD_INPUT = Path.of("-");

    private SourceLines() {}

    /** Whether sources come one after the other, and each is waited for. */
    static boolean live(Path data) {
        return data.equals(STANDARD_INPUT);
    }

    /** Reads a file, or standard input for {@code -}. */
    static void read(Path data, TextLines.Sink sink) {
        if (live(data)) {
            TextLines.read(System.in, "standard input", sink);
        } else {
            TextLines.read(Inputs.check("data", data), sink);
        }
    }
}
