package io.carousel.task.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleReaderTest {
    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> texts(ExampleSet set) {
        return set.examples().stream()
                .map(example -> ((ExampleInput.Text) example.input()).text() + " " + example.labels())
                .toList();
    }

    private static float[] values(ExampleSet set, int example) {
        return ((ExampleInput.Numbers) set.examples().get(example).input()).values();
    }

    @Test
    void readsTextsAndLabelsOfCsv() throws IOException {
        Path file = file("a.csv", "id,label,text\nx,pos,\"good, very\"\ny,neg,bad\n");

        ExampleSet set = ExampleReader.builder().id("id").build().read(file);

        assertThat(texts(set)).containsExactly("good, very [pos]", "bad [neg]");
        assertThat(set.examples()).extracting(Example::id).containsExactly("x", "y");
        assertThat(set.isText()).isTrue();
    }

    @Test
    void readsTsvWithoutMindingQuotes() throws IOException {
        Path file = file("a.tsv", "sentence\tmood\nhe said \"no\tneg\n");

        assertThat(texts(ExampleReader.builder()
                        .text("sentence")
                        .label("mood")
                        .build()
                        .read(file)))
                .containsExactly("he said \"no [neg]");
    }

    @Test
    void readsJsonLinesWithOneLabelOrAList() throws IOException {
        Path file = file("a.jsonl", "{\"text\":\"a\",\"label\":[\"x\",\"y\"]}\n\n{\"text\":\"b\",\"label\":7}\n");

        assertThat(texts(ExampleReader.builder().build().read(file))).containsExactly("a [x, y]", "b [7]");
    }

    @Test
    void readsLabelsBeforeTextsAndTextsAlone() throws IOException {
        Path file = file("a.txt", "1 so good\n0\tso bad\n");

        assertThat(texts(ExampleReader.builder().build().read(file))).containsExactly("so good [1]", "so bad [0]");
        assertThat(texts(ExampleReader.builder().labelled(false).build().read(file)))
                .containsExactly("1 so good []", "0\tso bad []");
    }

    @Test
    void readsAFolderOfFilesThatAreNamedByTheirLabel() throws IOException {
        file("Greek.txt", "Adamou\nXenakis\n");
        file("Czech.txt", "Abl\n");

        assertThat(texts(ExampleReader.builder().build().read(folder)))
                .containsExactly("Abl [Czech]", "Adamou [Greek]", "Xenakis [Greek]");
    }

    @Test
    void readsSequencesOfNumbersWhoseRowsAreMixed() throws IOException {
        Path file = file("a.csv", "who,x,label,y\na,1,u,2\nb,5,v,6\na,3,u,4\n");

        ExampleSet set = ExampleReader.builder().key("who").build().read(file);

        assertThat(set.features()).containsExactly("x", "y");
        assertThat(values(set, 0)).containsExactly(1, 2, 3, 4);
        assertThat(values(set, 1)).containsExactly(5, 6);
        assertThat(set.examples().get(1).labels()).containsExactly("v");
    }

    @Test
    void readsTheArchivesRowsAndLeavesOutWhatFillsThemUp() throws IOException {
        Path file = file("A_TRAIN.tsv", "1\t0.5\t0.25\tNaN\n-1.0\t1\t2\t3\n");

        ExampleSet set = ExampleReader.builder().build().read(file);

        assertThat(values(set, 0)).containsExactly(0.5f, 0.25f);
        assertThat(set.examples().get(1).labels()).containsExactly("-1");
    }

    @Test
    void readsTsFilesOfSeveralDimensions() throws IOException {
        Path file = file(
                "a.ts", "# about\n@problemName a\n@timeStamps false\n@classLabel true u v\n@data\n1,2:3,4:u\n5:6:v\n");

        ExampleSet set = ExampleReader.builder().build().read(file);

        assertThat(values(set, 0)).containsExactly(1, 3, 2, 4);
        assertThat(set.features()).hasSize(2);
        assertThat(set.examples().get(1).labels()).containsExactly("v");
    }

    @Test
    void readsBlocksWhoseLabelsAreCounted() throws IOException {
        Path file = file("a.data", "1 2\n3 4\n\n5 6\n\n\n7 8\n");

        ExampleSet set = ExampleReader.builder()
                .format(ExampleFormat.BLOCKS)
                .labelCounts(List.of(2, 1))
                .build()
                .read(file);

        assertThat(set.examples())
                .extracting(Example::labels)
                .containsExactly(List.of("1"), List.of("1"), List.of("2"));
        assertThat(values(set, 0)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void readsImagesRowByRowOrPixelByPixel() throws IOException {
        Path images = folder.resolve("a-images-idx3-ubyte");
        Files.write(images, new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 0, (byte) 255, 51, 0});
        Files.write(folder.resolve("a-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 7});

        ExampleSet rows = ExampleReader.builder().build().read(images);
        ExampleSet pixels = ExampleReader.builder().pixels(true).build().read(images);

        assertThat(rows.features()).hasSize(2);
        assertThat(rows.commonScale()).isTrue();
        assertThat(values(rows, 0)).containsExactly(0, 1, 0.2f, 0);
        assertThat(rows.examples().get(0).labels()).containsExactly("7");
        assertThat(pixels.features()).hasSize(1);
    }

    @Test
    void readsAnotherEncodingOnlyWhenItIsNamed() throws IOException {
        Path file = folder.resolve("a.txt");
        Files.write(file, "1 caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> ExampleReader.builder().build().read(file))
                .isInstanceOf(DataException.class)
                .hasMessage("line 1 of a.txt must be UTF-8, got the byte 0xE9; save the file as UTF-8");
        assertThat(texts(ExampleReader.builder()
                        .encoding(StandardCharsets.ISO_8859_1)
                        .build()
                        .read(file)))
                .containsExactly("caf\u00e9 [1]");
    }

    @Test
    void aLineOfFiftyMegabytesIsRefusedInLittleMemory() throws IOException {
        Path file = folder.resolve("long.txt");
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write("1 ");
            for (int i = 0; i < 50_000; i++) {
                out.write("a".repeat(1000));
            }
        }

        assertThatThrownBy(() -> ExampleReader.builder().build().read(file))
                .hasMessage("line 1 of long.txt must have at most 4194304 characters, got more; break it into lines");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a.csv   | id,text,label\\nx,a,p\\nx,b,q | line 3 of a.csv must have an id of its own, got x as on line 2; rename one, or leave the ids out
            a.csv   | id,text,label\\nx,a,          | line 2 of a.csv must have a label, got none; add it, or leave the line out
            a.csv   | id,text,label\\nx, ,p         | line 2 of a.csv must have a text, got none; leave the line out
            a.csv   | id,words,label\\nx,a,p        | there is no column text in a.csv; it has id, words, label
            a.csv   | id,text,label                 | a.csv must have examples, got none; check the file and its format
            a.tsv   | id\\ttext\\tlabel\\nx\\ta     | line 2 of a.tsv has 2 columns, the header has 3
            a.jsonl | {"id":"x","label":"p"}        | property text on line 1 of a.jsonl must be a text, got none; name the property of the texts
            a.jsonl | {"id":"x","text":"a","label":{}} | property label on line 1 of a.jsonl must be a label or a list of labels, got OBJECT
            a.ts    | @data\\n1,b                   | number 2 on line 2 of a.ts must be a finite number, got b; fill what is missing, or leave the sequence out
            a.ts    | @classLabel true\\n@data\\n1,2:u\\n1,2:3,4:u | line 4 of a.ts must have 1 dimensions and a label between colons, got 3 parts
            """)
    void mistakesAreNamedWithTheirLine(String name, String text, String message) throws IOException {
        Path file = file(name, text.replace("\\n", "\n").replace("\\t", "\t"));

        assertThatThrownBy(() -> ExampleReader.builder().id("id").build().read(file))
                .isInstanceOf(DataException.class)
                .hasMessage(message);
    }

    @Test
    void rowsOfASequenceMustAgreeOnTheirLabel() throws IOException {
        Path file = file("a.csv", "who,x,label\na,1,u\na,2,v\n");

        assertThatThrownBy(() -> ExampleReader.builder().key("who").build().read(file))
                .hasMessage("line 3 of a.csv must have the label of its sequence a, u as on line 2, got v; "
                        + "give all rows of a sequence the same");
    }

    @Test
    void labelsApartMustBeAsManyAsTheExamples() throws IOException {
        Path file = file("a.data", "1\n\n2\n");
        ExampleReader.Builder blocks = ExampleReader.builder().format(ExampleFormat.BLOCKS);

        assertThatThrownBy(() -> blocks.labelCounts(List.of(1)).build().read(file))
                .hasMessage("the example on line 3 of a.data must be one of 1 that have labels, got one more; "
                        + "check labels and counts");
        assertThatThrownBy(() -> blocks.labelCounts(List.of(3)).build().read(file))
                .hasMessage("labels of a.data must be as many as the 2 examples, got 3; check labels and counts");
    }

    @Test
    void imagesThatAreCutAreRefused() throws IOException {
        Path images = folder.resolve("a-images-idx3-ubyte");
        Files.write(images, new byte[] {0, 0, 8, 3, 0x7f, -1, -1, -1, 0, 0, 0, 2, 0, 0, 0, 2, 0});

        assertThatThrownBy(() -> ExampleReader.builder().labelled(false).build().read(images))
                .hasMessage("a-images-idx3-ubyte ends too early; get a whole copy of it");
    }
}
