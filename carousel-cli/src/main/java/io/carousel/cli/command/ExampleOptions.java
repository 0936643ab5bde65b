package io.carousel.cli.command;

import io.carousel.task.classify.ExampleFormat;
import io.carousel.task.classify.ExampleReader;
import io.carousel.task.classify.ExampleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how to read examples, of every task that has some. */
public final class ExampleOptions {
    /** What stands for standard input. */
    private static final Path STANDARD_INPUT = Path.of("-");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: by the name of the file.",
            converter = Choices.Format.class,
            completionCandidates = Choices.Formats.class,
            order = 1)
    private @Nullable ExampleFormat format;

    @Option(names = "--text", paramLabel = "COL", description = "The column of the texts. Default: text.", order = 2)
    private String text = "text";

    @Option(names = "--label", paramLabel = "COL", description = "The column of the labels. Default: label.", order = 3)
    private String label = "label";

    @Option(
            names = "--label-separator",
            paramLabel = "TEXT",
            description = "What stands between several labels of one example, such as |. Default: each has one.",
            order = 4)
    private @Nullable String labelSeparator;

    @Option(
            names = "--id",
            paramLabel = "COL",
            description = "The column that names the examples. Default: they are numbered from 1.",
            order = 5)
    private @Nullable String id;

    @Option(
            names = "--key",
            paramLabel = "COL",
            description =
                    "Of a CSV file with a row for each time step: the column that tells sequences of numbers apart.",
            order = 6)
    private @Nullable String key;

    @Option(
            names = "--features",
            paramLabel = "A,B",
            split = ",",
            description = "The columns of numbers. Default: all but key and label.",
            order = 7)
    private List<String> features = List.of();

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "A file with the labels, one a line, or IDX.",
            order = 8)
    private @Nullable Path labels;

    @Option(
            names = "--label-counts",
            paramLabel = "N,M",
            split = ",",
            description = "Of blocks: how many in a row have the labels 1, 2, and so on.",
            order = 8)
    private List<Integer> labelCounts = List.of();

    @Option(names = "--pixels", description = "Of images: read them pixel by pixel, and not row by row.", order = 8)
    private boolean pixels;

    /** Whether an example may have several labels. */
    public boolean several() {
        return labelSeparator != null;
    }

    /** The reader; for labelled examples, or for those whose labels nobody looks at. */
    private ExampleReader reader(boolean labelled, @Nullable ExampleFormat chosen) {
        try {
            return ExampleReader.builder()
                    .format(chosen)
                    .id(id)
                    .text(text)
                    .label(label)
                    .labelSeparator(labelSeparator)
                    .key(key)
                    .features(features)
                    .labelFile(labels)
                    .labelCounts(labelCounts)
                    .pixels(pixels)
                    .labelled(labelled)
                    .build();
        } catch (IllegalArgumentException mistake) {
            throw new UserMistake(String.valueOf(mistake.getMessage()));
        }
    }

    /** Reads a file or a folder, and says what the reader had to do. */
    public ExampleSet read(Path path, boolean labelled, Console console) {
        ExampleSet set = reader(labelled, format).read(Files.isDirectory(path) ? path : Inputs.check("data", path));
        console.say(set.notes());
        return set;
    }

    /**
     * Reads examples without looking for labels, also from standard input, where a text a line is expected unless a format is
     * named.
     *
     * @param texts whether the model reads texts
     */
    public ExampleSet readUnlabelled(Path path, boolean texts, Console console) throws IOException {
        if (!path.equals(STANDARD_INPUT)) {
            return read(path, false, console);
        }
        ExampleFormat chosen = format == null && key == null && texts ? ExampleFormat.LINES : format;
        if (chosen == null) {
            chosen = key == null ? null : ExampleFormat.SERIES_CSV;
        }
        if (chosen == null) {
            throw new UserMistake("--format must say how standard input holds sequences of numbers, got none; give it, "
                    + "or --key for a table with a row for each time step");
        }
        Path folder = Files.createTempDirectory("carousel");
        Path copy = folder.resolve("standard input");
        try {
            Files.copy(System.in, copy);
            ExampleSet set = reader(false, chosen).read(copy);
            console.say(set.notes());
            return set;
        } finally {
            Files.deleteIfExists(copy);
            Files.delete(folder);
        }
    }
}
