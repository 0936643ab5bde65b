package io.carousel.task.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import io.carousel.text.TextLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairReaderTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> texts(PairSet set) {
        return set.pairs().stream()
                .map(pair -> pair.line() + ": " + pair.source() + " → " + pair.target())
                .toList();
    }

    private static PairSet read(Path path) {
        return PairReader.builder().build().read(path);
    }

    // ---------------------------------------------------------------- formats

    @Test
    void aLineIsASourceAndATargetWithATabBetweenAndMoreColumnsDoNotCount() throws IOException {
        PairSet set = read(file("fra.txt", "Go.\tVa !\tCC-BY\n\n\"Run\"\tCours\n"));

        assertThat(texts(set)).containsExactly("1: Go. → Va !", "3: \"Run\" → Cours");
        assertThat(set.name()).isEqualTo("fra.txt");
        assertThat(set.sha256()).hasSize(64);
        assertThat(set.notes()).isEmpty();
    }

    @Test
    void columnsOfTabsAreChosenByNumberOrByTheNameInTheHeader() throws IOException {
        Path path = file("a.tsv", "id\ten\tfr\n1\tGo.\tVa !\n");

        PairSet named = PairReader.builder().source("fr").target("en").build().read(path);
        PairSet numbered = PairReader.builder().source("3").target("2").build().read(path);

        assertThat(texts(named)).containsExactly("2: Va ! → Go.");
        assertThat(texts(numbered)).containsExactly("1: fr → en", "2: Va ! → Go.");
    }

    @Test
    void aTableHasAHeaderAndMayHaveQuotes() throws IOException {
        Path path = file("a.csv", "target;source\n\"Va ; vite\";Go.\n");

        assertThat(texts(read(path))).containsExactly("2: Go. → Va ; vite");
    }

    @Test
    void objectsHaveATextForEachSide() throws IOException {
        Path path =
                file("a.jsonl", "{\"source\": \"Go.\", \"target\": \"Va\\t!\"}\n\n{\"target\":\"b\",\"source\":\"a\"}");

        assertThat(texts(read(path))).containsExactly("1: Go. → Va\t!", "3: a → b");
    }

    @Test
    void theLinesOfTwoFilesAreAPair() throws IOException {
        PairSet set = PairReader.builder().build().read(file("a.en", "Go.\nRun!\n"), file("a.fr", "Va !\nCours !"));

        assertThat(texts(set)).containsExactly("1: Go. → Va !", "2: Run! → Cours !");
        assertThat(set.name()).isEqualTo("a.en and a.fr");
    }

    @Test
    void aDictionaryHasVariantsAndComments() throws IOException {
        Path path = file(
                "cmudict.dict",
                ";;; a comment\n'bout B AW1 T\naalborg AO1 L B # place, danish\ntomato T AH0\ntomato(2) T AA1\n");

        assertThat(texts(read(path)))
                .containsExactly(
                        "2: 'bout → B AW1 T", "3: aalborg → AO1 L B", "4: tomato → T AH0", "5: tomato → T AA1");
        assertThat(read(path).bySource()).containsEntry("tomato", List.of("T AH0", "T AA1"));
    }

    @Test
    void withoutStressVariantsThatAreTheSameAreOne() throws IOException {
        Path path = file("a.dict", "about AH0 B AW1 T\nabout(2) AH1 B AW0 T\n");

        PairSet set = PairReader.builder().stress(false).build().read(path);

        assertThat(texts(set)).containsExactly("1: about → AH B AW T");
        assertThat(set.notes()).containsExactly("1 pair that had been there before was left out");
    }

    @Test
    void aCompressedFileAndAnotherEncodingAreRead() throws IOException {
        Path path = folder.resolve("a.tsv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write("été\tsummer\n".getBytes(StandardCharsets.ISO_8859_1));
        }

        PairSet set = PairReader.builder()
                .encoding(StandardCharsets.ISO_8859_1)
                .build()
                .read(path);

        assertThat(texts(set)).containsExactly("1: été → summer");
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(DataException.class)
                .hasMessage("line 1 of a.tsv.gz must be UTF-8, got the byte 0xE9; save the file as UTF-8");
    }

    // ---------------------------------------------------------------- what is left out

    @Test
    void pairsThatAreEmptyTooLongOrThereTwiceAreLeftOutAndCounted() throws IOException {
        Path path = file("a.tsv", "a\tb\n \tb\na b , c\td\na\tb\nabcdefgh\tx\n");

        PairSet set =
                PairReader.builder().mostWords(2).mostCharacters(7).build().read(path);

        assertThat(texts(set)).containsExactly("1: a → b");
        assertThat(set.notes())
                .containsExactly(
                        "1 pair with an empty side was left out",
                        "1 pair with more than 7 characters on a side was left out",
                        "1 pair with more than 2 words on a side was left out",
                        "1 pair that had been there before was left out");
    }

    @Test
    void punctuationByItselfIsNoWord() {
        assertThat(PairCollector.words("Va\u202f!")).isEqualTo(1);
        assertThat(PairCollector.words(" I don't -- know, 3.5 ! ")).isEqualTo(4);
        assertThat(PairCollector.words("")).isZero();
    }

    @Test
    void noSourceIsOnBothSidesOfACut() {
        List<TextPair> pairs = new java.util.ArrayList<>();
        for (int i = 0; i < 100; i++) {
            pairs.add(TextPair.of("s" + i % 40, "t" + i));
        }

        PairSet.Parts parts = PairSet.of(pairs).holdOut(0.1, 7);

        assertThat(parts.heldOut().bySource()).hasSize(4);
        assertThat(parts.rest().bySource()).hasSize(36);
        assertThat(parts.rest().bySource())
                .doesNotContainKeys(parts.heldOut().bySource().keySet().toArray(String[]::new));
        assertThat(parts.rest().size() + parts.heldOut().size()).isEqualTo(100);
        assertThat(PairSet.of(pairs).holdOut(0.1, 7)).isEqualTo(parts);
        assertThat(PairSet.of(pairs).holdOut(0.1, 8)).isNotEqualTo(parts);
    }

    @Test
    void theOnlySourceIsNeverHeldOut() {
        PairSet one = PairSet.of(List.of(TextPair.of("a", "b")));

        assertThat(one.holdOut(0.9, 1).heldOut().size()).isZero();
        assertThatThrownBy(() -> one.holdOut(1, 1))
                .hasMessage("share of the sources to hold out must be in [0, 1), got 1.0");
    }

    // ---------------------------------------------------------------- mistakes

    @Test
    void aLineWithoutATabIsNamed() throws IOException {
        Path path = file("a.txt", "a\tb\nno tab\n");

        assertThatThrownBy(() -> read(path))
                .isInstanceOf(DataException.class)
                .hasMessage("line 2 of a.txt must have at least 2 columns with a tab between, got 1: no tab; name the "
                        + "format of the file, or correct the line");
    }

    @Test
    void aColumnThatIsNotThereIsNamed() throws IOException {
        assertThatThrownBy(() -> PairReader.builder().target("fr").build().read(file("a.tsv", "en\tde\na\tb\n")))
                .hasMessage("there is no column fr in a.tsv; it has en, de");
        assertThatThrownBy(() -> read(file("a.csv", "en,fr\na,b\n")))
                .hasMessage("there is no column source in a.csv; it has en, fr");
        assertThatThrownBy(() -> read(file("a.json", "{\"source\": 3, \"target\": \"b\"}")))
                .hasMessage(
                        "property source on line 1 of a.json must be a text, got NUMBER; name the properties of both sides");
        assertThatThrownBy(() -> read(file("b.json", "[1]")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("line 1 of b.json")
                .hasMessageEndingWith("; write one object a line");
    }

    @Test
    void filesOfDifferentNumbersOfLinesAreNoPairs() throws IOException {
        Path two = file("a.en", "a\nb\n");
        Path three = file("a.fr", "c\nd\ne");

        assertThatThrownBy(() -> PairReader.builder().build().read(two, three))
                .isInstanceOf(DataException.class)
                .hasMessage("a.en and a.fr must have as many lines, got 2 and 3; give the files that belong together");
        assertThatThrownBy(() -> PairReader.builder().build().read(three, two))
                .hasMessage("a.fr and a.en must have as many lines, got 3 and 2; give the files that belong together");
    }

    @Test
    void aWordWithoutPhonemesIsNamed() throws IOException {
        assertThatThrownBy(() -> read(file("a.dict", "a AH\nb # none\n")))
                .hasMessage("line 2 of a.dict must have a word and its phonemes, got b; correct the line");
    }

    @Test
    void aFileWithoutPairsIsRefusedWithTheReason() throws IOException {
        assertThatThrownBy(() -> read(file("a.tsv", "")))
                .isInstanceOf(DataException.class)
                .hasMessage("a.tsv must have at least one pair of two texts, got none; check the file, its format and "
                        + "its columns");
        assertThatThrownBy(() -> read(file("b.tsv", "a\t\n\tb\n")))
                .hasMessage("b.tsv must have at least one pair of two texts, got none: 2 pairs with an empty side were "
                        + "left out; check the file, its format and its columns");
    }

    @Test
    void aLineOfFiftyMegabytesIsRefusedAndNotKept() throws IOException {
        Path path = folder.resolve("a.tsv.gz");
        byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write("a\tb\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 50; i++) {
                out.write(megabyte);
            }
        }

        assertThatThrownBy(() -> read(path))
                .isInstanceOf(DataException.class)
                .hasMessage("line 2 of a.tsv.gz must have at most " + TextLines.MAX_LINE
                        + " characters, got more; break it into lines");
    }
}
