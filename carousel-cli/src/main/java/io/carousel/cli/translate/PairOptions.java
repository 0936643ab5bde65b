package io.carousel.cli.translate;

import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.UserMistake;
import io.carousel.task.translate.PairFormat;
import io.carousel.task.translate.PairReader;
import io.carousel.task.translate.PairSet;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how pairs stand in a file. */
final class PairOptions {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "tsv: a source, a tab and a target a line; csv: with a header; json_lines: an object a line; "
                    + "dictionary: as CMUdict. Default: by the name, *.csv, *.jsonl, *.dict, else tsv.",
            order = 1)
    private @Nullable PairFormat format;

    @Option(
            names = "--source",
            paramLabel = "COLUMN",
            description = "Column or property of the sources: a name or, in tsv, a number. Default: source, in tsv 1.",
            order = 2)
    private @Nullable String source;

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            description = "The same of the targets. Default: target, in tsv 2.",
            order = 3)
    private @Nullable String target;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "Encoding of the text, such as windows-1252. Default: UTF-8.",
            order = 4)
    private @Nullable Charset encoding;

    @Option(
            names = "--most-words",
            paramLabel = "N",
            description = "Leave out pairs with more words on a side. Default: none.",
            order = 5)
    private @Nullable Integer mostWords;

    @Option(
            names = "--most-characters",
            paramLabel = "N",
            description = "Leave out pairs with more characters on a side. Default: none.",
            order = 6)
    private @Nullable Integer mostCharacters;

    @Option(
            names = "--no-stress",
            description = "Of a dictionary: leave away the digits that say which vowels are stressed.",
            order = 7)
    private boolean withoutStress;

    /** Reads the pairs of a file, or of two whose lines belong together. */
    PairSet read(List<Path> files) {
        files.forEach(file -> Inputs.check("data", file));
        PairReader reader = reader();
        return files.size() == 1 ? reader.read(files.get(0)) : reader.read(files.get(0), files.get(1));
    }

    /** Whether a file is a dictionary, whose sides have other defaults. */
    boolean dictionary(Path file) {
        return reader().format(file) == PairFormat.DICTIONARY;
    }

    private PairReader reader() {
        PairReader.Builder reader = PairReader.builder()
                .format(format)
                .source(source)
                .target(target)
                .stress(!withoutStress);
        try {
            if (encoding != null) {
                reader.encoding(encoding);
            }
            if (mostWords != null) {
                reader.mostWords(mostWords);
            }
            if (mostCharacters != null) {
                reader.mostCharacters(mostCharacters);
            }
            return reader.build();
        } catch (IllegalArgumentException mistake) {
            throw UserMistake.of(mistake, "carousel translate fit");
        }
    }
}
