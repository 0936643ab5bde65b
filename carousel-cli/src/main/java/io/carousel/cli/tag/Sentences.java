package io.carousel.cli.tag;

import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.UserMistake;
import io.carousel.task.tag.Sentence;
import io.carousel.task.tag.SentenceFormat;
import io.carousel.task.tag.SentenceSet;
import io.carousel.text.SpaceTokenizer;
import io.carousel.text.TextLines;
import io.carousel.text.Tokenizer;
import io.carousel.text.WordTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads sentences to be tagged.
 *
 * @param input how they stand in the file
 * @param format of columns
 */
record Sentences(Input input, SentenceFormat format) {
    private static final Path STANDARD_INPUT = Path.of("-");

    /** How sentences to be tagged stand in a file. */
    enum Input {
        /** A sentence a line, cut into words, numbers and symbols. */
        TEXT,
        /** A sentence a line, cut at spaces alone. */
        TOKENS,
        /** A word a line. */
        COLUMNS
    }

    /** Reads a file, or standard input for {@code -}. */
    SentenceSet read(Path data) throws IOException {
        if (!data.equals(STANDARD_INPUT)) {
            return readFile(Inputs.check("data", data));
        }
        // A file, so that whatever is wrong is found and named as in any other.
        Path folder = Files.createTempDirectory("carousel");
        Path file = folder.resolve("standard input");
        try {
            Files.copy(System.in, file, StandardCopyOption.REPLACE_EXISTING);
            return readFile(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private SentenceSet readFile(Path file) {
        if (input == Input.COLUMNS) {
            return format.readWords(file);
        }
        Tokenizer tokenizer = input == Input.TEXT ? new WordTokenizer(false) : new SpaceTokenizer(false);
        List<Sentence> sentences = new ArrayList<>();
        String name = String.valueOf(file.getFileName());
        String sha256 = TextLines.read(file, (line, number) -> {
            List<String> words = tokenizer.tokens(line);
            if (words.size() > SentenceFormat.MOST_WORDS) {
                throw new UserMistake("line " + number + " of " + name + " must have at most "
                        + SentenceFormat.MOST_WORDS + " words, got " + words.size() + "; write a sentence a line");
            }
            if (!words.isEmpty()) {
                sentences.add(new Sentence(
                        words, words.stream().map(word -> List.<String>of()).toList(), List.of(), number));
            }
        });
        if (sentences.isEmpty()) {
            throw new UserMistake(name + " must have at least one sentence, got none; write a sentence a line");
        }
        return new SentenceSet(sentences, null, name, sha256, List.of());
    }
}
