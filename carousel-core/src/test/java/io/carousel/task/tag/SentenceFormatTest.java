package io.carousel.task.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentenceFormatTest {
    private static final SentenceFormat UPOS = new ConlluFormat(ConlluFormat.Tag.UPOS);

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void columnsAreCutAtSpacesAndSentencesEndWithBlankLines() throws IOException {
        SentenceSet set = new ColumnFormat()
                .read(file("a.txt", "\n-DOCSTART- -X- O\n\nHe  PRP B-NP\nleft VBD B-VP \r\n \n\n# # B-NP\n"));

        assertThat(set.sentences()).hasSize(2);
        assertThat(set.sentences().get(0).words()).containsExactly("He", "left");
        assertThat(set.sentences().get(0).tags()).containsExactly("B-NP", "B-VP");
        assertThat(set.sentences().get(0).line()).isEqualTo(4);
        assertThat(set.sentences().get(1).words()).as("# is a word").containsExactly("#");
        assertThat(set.words()).isEqualTo(3);
        assertThat(set.source()).isEqualTo("a.txt");
        assertThat(set.sha256()).hasSize(64);
    }

    @Test
    void columnsAreChosenAndCutAtTabsWhereThereIsOne() throws IOException {
        ColumnFormat format = new ColumnFormat(2, 1, List.of(3), "#");
        SentenceSet set = format.read(file("a.tsv", "# id 1\nO\tNew York\tx y\n#\tno\tcomment\n\n# id 2\nO\ta\tb\n"));

        assertThat(set.sentences().get(0).words()).containsExactly("New York", "no");
        assertThat(set.sentences().get(0).tags()).containsExactly("O", "#");
        assertThat(set.sentences().get(0).features()).containsExactly(List.of("x y"), List.of("comment"));
        assertThat(set.format()).isEqualTo(format);
    }

    @Test
    void wordsAreReadWithoutTheirTags() throws IOException {
        SentenceSet set = new ColumnFormat().readWords(file("a.txt", "He\nleft\n"));

        assertThat(set.sentences().get(0).words()).containsExactly("He", "left");
        assertThat(set.sentences().get(0).tagged()).isFalse();
    }

    @Test
    void mistakesInColumnsAreNamedWithFileAndLine() throws IOException {
        refused(
                new ColumnFormat(),
                "a PRP O\nb O\n",
                "line 2 of bad.txt has 2 columns, line 1 has 3; mend it, end "
                        + "sentences with a blank line, or say how comments start");
        refused(
                new ColumnFormat(),
                "word\n",
                "line 1 of bad.txt has 1 columns, needed are a word and a tag; " + "name the columns of the file");
        refused(
                new ColumnFormat(1, 4, List.of(), ""),
                "a b c\n",
                "line 1 of bad.txt has 3 columns, needed are at " + "least 4; name the columns of the file");
        refused(new ColumnFormat(), "a\t\n", "tag in column 2 of line 1 of bad.txt must not be empty; fill it in");
        refused(
                new ColumnFormat(),
                "\n\n",
                "bad.txt must have at least one sentence, got none; name a file with a " + "word a line");
        Files.write(folder.resolve("latin.txt"), new byte[] {(byte) 0xe4, ' ', 'O', '\n'});
        assertThatThrownBy(() -> new ColumnFormat().read(folder.resolve("latin.txt")))
                .hasMessage("line 1 of latin.txt must be UTF-8, got the byte 0xE4; save the file as UTF-8");
    }

    private void refused(SentenceFormat format, String text, String message) throws IOException {
        Path file = file("bad.txt", text);
        assertThatThrownBy(() -> format.read(file))
                .isInstanceOf(DataException.class)
                .hasMessage(message);
    }

    @Test
    void aHugeLineAndASentenceThatNeverEndsAreRefused() throws IOException {
        Path line = folder.resolve("line.txt");
        try (Writer out = Files.newBufferedWriter(line)) {
            for (int i = 0; i < 5_000; i++) {
                out.write("x".repeat(1000));
            }
        }
        assertThatThrownBy(() -> new ColumnFormat().read(line))
                .hasMessage("line 1 of line.txt must have at most 4194304 characters, got more; break it into lines");
        Path endless = folder.resolve("endless.txt");
        Files.writeString(endless, "word O\n".repeat(SentenceFormat.MOST_WORDS + 1));
        assertThatThrownBy(() -> new ColumnFormat().read(endless))
                .hasMessage("sentence at line 1 of endless.txt must have at most 100000 words, got more; "
                        + "end sentences with a blank line");
    }

    @Test
    void conlluLeavesOutRangesAndWordsThatAreNotInTheText() throws IOException {
        String text = """
                # text = I don't
                1\tI\tI\tPRON\tPRP\t_\t2\tnsubj\t_\t_
                2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
                2\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_
                3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_
                3.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_

                1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_
                """;
        SentenceSet set = UPOS.read(file("a.conllu", text));

        assertThat(set.sentences().get(0).words()).containsExactly("I", "do", "n't");
        assertThat(set.sentences().get(0).tags()).containsExactly("PRON", "AUX", "PART");
        assertThat(set.sentences().get(1).line()).isEqualTo(8);
        SentenceSet other = new ConlluFormat(ConlluFormat.Tag.XPOS).read(file("a.conllu", text));
        assertThat(other.sentences().get(1).tags()).containsExactly("UH");
    }

    @Test
    void mistakesInConlluAreNamedWithFileAndLine() throws IOException {
        refused(
                UPOS,
                "1 a\n",
                "line 1 of bad.txt has 1 columns, CoNLL-U has 10 with tabs between them; "
                        + "read files of other columns as columns");
        refused(
                UPOS,
                "2\ta\ta\tX\tX\t_\t_\t_\t_\t_\n",
                "number of the word in line 1 of bad.txt must be 1, got 2; " + "end sentences with a blank line");
        refused(
                UPOS,
                "1\ta\ta\t_\tX\t_\t_\t_\t_\t_\n",
                "UPOS in line 1 of bad.txt must be given, got none; " + "read a file that has it");
        assertThat(UPOS.readWords(folder.resolve("bad.txt")).sentences()).hasSize(1);
    }

    @Test
    void formatsPrintAsJsonAndReadBackEqual() throws FormatException {
        for (SentenceFormat format : List.of(UPOS, new ColumnFormat(2, 3, List.of(1), "#"))) {
            assertThat(Json.read(Json.write(format), SentenceFormat.class, "format"))
                    .isEqualTo(format);
        }
    }

    @Test
    void columnsThatDoNotFitTogetherAreNamed() {
        assertThatThrownBy(() -> new ColumnFormat(0, 1, List.of(), ""))
                .hasMessage("word column must be from 1 to 4096, got 0");
        assertThatThrownBy(() -> new ColumnFormat(1, 1, List.of(), ""))
                .hasMessage("tag column must be another than the word's, got 1");
        assertThatThrownBy(() -> new ColumnFormat(1, 3, List.of(3), ""))
                .hasMessage("feature column must be another than those of word and tag, got 3; leave it out");
        assertThatThrownBy(() -> new ColumnFormat(1, 2, List.of(), " #"))
                .hasMessage("comment must have no spaces around it, got \" #\"");
    }
}
