package io.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordVectorsTest {
    @TempDir
    private Path folder;

    /** Keeps everything, or the words that are asked for. */
    private static final class Kept implements WordVectors.Sink {
        private final Map<String, float[]> vectors = new LinkedHashMap<>();
        private final String prefix;

        Kept(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public boolean wants(String word) {
            return word.startsWith(prefix);
        }

        @Override
        public void take(String word, float[] vector) {
            vectors.putIfAbsent(word, vector);
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void gloveHasNoFirstLineAndMayHaveWordsWithSpaces() throws IOException {
        Kept kept = new Kept("");
        WordVectors.Summary summary = WordVectors.of(file("glove.txt", "the 0.5 -1 2e-3\n. . . 1 2 3\n"))
                .read(kept);

        assertThat(summary.size()).isEqualTo(3);
        assertThat(summary.words()).isEqualTo(2);
        assertThat(summary.sha256()).hasSize(64);
        assertThat(kept.vectors.get("the")).containsExactly(0.5f, -1, 2e-3f);
        assertThat(kept.vectors.get(". . .")).containsExactly(1, 2, 3);
    }

    @Test
    void word2vecAndFastTextSayTheirSizeFirstAndMayEndLinesWithASpace() throws IOException {
        Kept kept = new Kept("");
        WordVectors.Summary summary = WordVectors.of(file("wiki.vec", "2 3\nthe 1 2 3 \nÜber 4 5 6 \n"))
                .read(kept);

        assertThat(summary.size()).isEqualTo(3);
        assertThat(kept.vectors.keySet()).containsExactly("the", "Über");
        assertThat(kept.vectors.get("Über")).containsExactly(4, 5, 6);
    }

    private static byte[] binary(String header, boolean lineEnds, Object... wordsAndVectors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(header.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < wordsAndVectors.length; i += 2) {
            out.write((byte[]) wordsAndVectors[i]);
            out.write(' ');
            float[] vector = (float[]) wordsAndVectors[i + 1];
            ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : vector) {
                bytes.putFloat(value);
            }
            out.write(bytes.array());
            if (lineEnds) {
                out.write('\n');
            }
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void binaryFilesAreReadWithLineEndsAndWithoutAlsoCompressed() throws IOException {
        byte[] noUtf8 = {(byte) 0xff, 'x'};
        for (boolean lineEnds : new boolean[] {false, true}) {
            byte[] bytes = binary(
                    "3 2\n",
                    lineEnds,
                    utf8("the"),
                    new float[] {1.5f, -2},
                    noUtf8,
                    new float[] {9, 9},
                    utf8("naïve"),
                    new float[] {0, 3});
            Path plain = Files.write(folder.resolve("v" + lineEnds + ".bin"), bytes);
            Path gzip = folder.resolve("v" + lineEnds + ".bin.gz");
            try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
                out.write(bytes);
            }
            for (Path file : new Path[] {plain, gzip}) {
                Kept kept = new Kept("");
                WordVectors.Summary summary = WordVectors.of(file).read(kept);
                assertThat(summary.words()).isEqualTo(3);
                assertThat(kept.vectors.keySet()).containsExactly("the", "naïve");
                assertThat(kept.vectors.get("the")).containsExactly(1.5f, -2);
                assertThat(kept.vectors.get("naïve")).containsExactly(0, 3);
            }
        }
    }

    @Test
    void whatIsNotWantedIsNotRead() throws IOException {
        Kept kept = new Kept("b");
        WordVectors.of(file("v.txt", "a x y\nb 1 2\n")).read(kept);

        assertThat(kept.vectors.keySet()).containsExactly("b");
    }

    @Test
    void damageIsNamedWithItsPlace() throws IOException {
        refused(
                "short.txt",
                "a 1 2\nb 1\n",
                "line 2 of short.txt must have a word and 2 numbers, got 2 fields; "
                        + "name a binary file .bin, or get a whole copy of it");
        refused(
                "nan.txt",
                "a 1 NaN\n",
                "line 1 of nan.txt must have finite numbers, got NaN; "
                        + "name a binary file .bin, or get a whole copy of it");
        refused(
                "word.txt",
                "a 1 two\n",
                "line 1 of word.txt must have finite numbers, got two; "
                        + "name a binary file .bin, or get a whole copy of it");
        refused(
                "cut.vec",
                "3 2\na 1 2\n",
                "cut.vec must have 3 vectors as its first line says, got 1; " + "get a whole copy of it");
        refused("empty.txt", "", "empty.txt must have at least one vector, got none; name a file of vectors");
        refused(
                "none.txt",
                "word\n",
                "line 1 of none.txt must give vectors of 1 to 16384 numbers, got 0; "
                        + "name a file of word2vec, GloVe or fastText vectors");
        refused(
                "wide.vec",
                "2 99999\n",
                "line 1 of wide.vec must give vectors of 1 to 16384 numbers, got 99999; "
                        + "name a file of word2vec, GloVe or fastText vectors");
        refused(
                "text.bin",
                "the 1 2 3\n",
                "line 1 of text.bin must be the number of words and the size of their "
                        + "vectors, got the 1 2 3; name a text file other than .bin");
        refused(
                "cut.bin",
                "2 2\na 1234",
                "cut.bin must have 2 vectors as its first line says, but ends in vector 1; "
                        + "get a whole copy of it");
        refused(
                "long.bin",
                "1 2\n" + "a".repeat(5000),
                "word 1 of long.bin must have at most 4096 bytes, got more; " + "name a text file other than .bin");
        Files.write(folder.resolve("latin.txt"), new byte[] {'a', (byte) 0xe4, ' ', '1', '\n'});
        assertThatThrownBy(() -> WordVectors.of(folder.resolve("latin.txt")).read(new Kept("")))
                .hasMessage("line 1 of latin.txt must be UTF-8, got the byte 0xE4; save the file as UTF-8");
        assertThatThrownBy(() -> WordVectors.of(folder.resolve("absent.bin")).read(new Kept("")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("does not exist");
    }

    private void refused(String name, String text, String message) throws IOException {
        Path file = file(name, text);
        assertThatThrownBy(() -> WordVectors.of(file).read(new Kept("")))
                .as(name)
                .isInstanceOf(DataException.class)
                .hasMessage(message);
    }
}
