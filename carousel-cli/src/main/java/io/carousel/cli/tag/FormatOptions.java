package io.carousel.cli.tag;

import io.carousel.cli.command.UserMistake;
import io.carousel.task.tag.ColumnFormat;
import io.carousel.task.tag.ConlluFormat;
import io.carousel.task.tag.SentenceFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how sentences stand in a file. */
final class FormatOptions {
    /** What a CoNLL-U file's tags are. */
    enum ConlluTag {
        UPOS,
        XPOS
    }

    @Option(
            names = "--word-column",
            paramLabel = "N",
            description = "Column of the words, from 1. Default: 1.",
            order = 1)
    private @Nullable Integer word;

    @Option(
            names = "--tag-column",
            paramLabel = "N",
            description = "Column of the tags, from 1. Default: the last.",
            order = 2)
    private @Nullable Integer tag;

    @Option(
            names = "--features",
            paramLabel = "N,M",
            split = ",",
            description = "Columns that are read beside the word, such as that of a part of speech.",
            order = 3)
    private List<Integer> features = List.of();

    @Option(
            names = "--comment",
            paramLabel = "TEXT",
            description = "What lines start with that are left out before a sentence, such as #. Default: none.",
            order = 4)
    private @Nullable String comment;

    @Option(
            names = "--conllu",
            paramLabel = "TAG",
            description = "The file is CoNLL-U, and the tags are upos or xpos. Default: upos for files named "
                    + "*.conllu, columns for all others.",
            order = 5)
    private @Nullable ConlluTag conllu;

    /** The format that was asked for, or that of a file's name; null when neither says anything. */
    private @Nullable SentenceFormat asked(Path file) {
        boolean columns = word != null || tag != null || !features.isEmpty() || comment != null;
        if (columns && conllu != null) {
            throw new UserMistake("--conllu must stand without options for columns, got both; leave out one of them");
        }
        if (columns) {
            try {
                return new ColumnFormat(
                        word == null ? 1 : word, tag == null ? 0 : tag, features, comment == null ? "" : comment);
            } catch (IllegalArgumentException mistake) {
                throw new UserMistake(String.valueOf(mistake.getMessage()));
            }
        }
        if (conllu != null) {
            return new ConlluFormat(conllu == ConlluTag.XPOS ? ConlluFormat.Tag.XPOS : ConlluFormat.Tag.UPOS);
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".conllu") || name.endsWith(".conllu.gz") ? new ConlluFormat(ConlluFormat.Tag.UPOS) : null;
    }

    /** The format of a file to learn from. */
    SentenceFormat format(Path file) {
        SentenceFormat asked = asked(file);
        return asked == null ? new ColumnFormat() : asked;
    }

    /**
     * The format of a file for a model.
     *
     * @param learnt the format of the model's training sentences; null where it is not known
     */
    SentenceFormat format(Path file, @Nullable SentenceFormat learnt) {
        SentenceFormat asked = asked(file);
        if (asked != null && !(asked instanceof ConlluFormat && learnt instanceof ConlluFormat && conllu == null)) {
            return asked;
        }
        return learnt == null ? new ColumnFormat() : learnt;
    }
}
