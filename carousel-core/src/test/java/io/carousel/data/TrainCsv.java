package io.carousel.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file {@code train.csv} of a test, and what a reader says of it. */
final class TrainCsv {
    private TrainCsv() {}

    static Path write(Path folder, String text) {
        return write(folder, text.getBytes(UTF_8));
    }

    static Path write(Path folder, byte[] bytes) {
        try {
            return Files.write(folder.resolve("train.csv"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void refuses(Path folder, CsvSeriesReader.Builder reader, String text, String message) {
        assertThatThrownBy(() -> reader.build().read(write(folder, text)))
                .isInstanceOf(DataException.class)
                .hasMessage(message);
    }
}
