package io.carousel.task.classify;

import io.carousel.data.DataException;
import io.carousel.data.Sha256;
import io.carousel.task.classify.ExampleReader.Options;
import io.carousel.text.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A text a line, its label before it or in the name of the file. */
final class LineExamples {
    private LineExamples() {}

    /** Lines such as {@code pos a film to see twice}; without labels where none are needed. */
    static ExampleSet lines(Path path, Options options) {
        Reading reading = new Reading(TextTableExamples.name(path), options);
        String sha256 = TextLines.read(path, options.encoding(), (line, number) -> {
            if (line.isBlank()) {
                return;
            }
            String text = line.strip();
            if (!options.labelled()) {
                reading.addText(reading.nextId(), text, List.of(), number);
                return;
            }
            int end = 0;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            List<String> labels = reading.labels(text.substring(0, end), number);
            reading.addText(reading.nextId(), text.substring(end).strip(), labels, number);
        });
        return reading.texts(sha256);
    }

    /** A folder of files such as {@code Greek.txt}: the label is the name, each line an example of it. */
    static ExampleSet folder(Path path, Options options) {
        Sha256 digest = new Sha256();
        String name = TextTableExamples.name(path);
        Reading all = new Reading(name, options);
        for (Path file : files(path)) {
            String fileName = TextTableExamples.name(file);
            String label = fileName.replaceFirst("(\\.gz)?$", "").replaceFirst("\\.[^.]*$", "");
            String sha256 = TextLines.read(file, options.encoding(), (line, number) -> {
                if (!line.isBlank()) {
                    all.addText(all.nextId(), line.strip(), List.of(all.label(label, number)), number);
                }
            });
            digest.add(fileName).add(sha256);
        }
        return all.texts(digest.hex());
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file -> !TextTableExamples.name(file).startsWith("."))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new DataException(
                        folder + " must have a text file for each label, got none; name another folder");
            }
            return files;
        } catch (IOException e) {
            throw new DataException(folder + " cannot be read: " + e.getMessage() + "; check its permissions", e);
        }
    }
}
