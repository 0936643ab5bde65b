package io.carousel.task.tag;

import io.carousel.text.TextLines;
import java.nio.file.Path;

/** One reading of a file of sentences, line by line. */
abstract class SentenceReading {
    private final SentenceFormat format;
    private final Path file;
    /** What errors call the file. */
    final String name;
    /** Whether tags are read. */
    final boolean tagged;
    /** The sentences so far. */
    final SentenceCollector sentences;

    SentenceReading(SentenceFormat format, Path file, boolean tagged) {
        this.format = format;
        this.file = file;
        this.tagged = tagged;
        name = String.valueOf(file.getFileName());
        sentences = new SentenceCollector(name);
    }

    final SentenceSet read() {
        String sha256 = TextLines.read(file, this::line);
        return sentences.set(format, sha256);
    }

    /** Takes the next line. */
    abstract void line(String text, long number);
}
