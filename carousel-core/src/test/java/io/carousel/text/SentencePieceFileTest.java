package io.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import io.carousel.tensor.Rng;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentencePieceFileTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    private static byte[] field(int number, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, (number << 3) | 2);
        varint(out, value.length);
        out.writeBytes(value);
        return out.toByteArray();
    }

    private static byte[] field(int number, long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, (long) number << 3);
        varint(out, value);
        return out.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long left = value;
        for (; left > 0x7f; left >>>= 7) {
            out.write((int) ((left & 0x7f) | 0x80));
        }
        out.write((int) left);
    }

    private SentencePieceFileTest piece(String text, float score, int type) {
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        piece.writeBytes(field(1, text.getBytes(StandardCharsets.UTF_8)));
        piece.write((2 << 3) | 5);
        int bits = Float.floatToIntBits(score);
        for (int i = 0; i < 4; i++) {
            piece.write(bits >>> (8 * i));
        }
        piece.writeBytes(field(3, type));
        file.writeBytes(field(1, piece.toByteArray()));
        return this;
    }

    private SentencePieceFileTest with(int part, byte[]... fields) {
        ByteArrayOutputStream spec = new ByteArrayOutputStream();
        for (byte[] each : fields) {
            spec.writeBytes(each);
        }
        file.writeBytes(field(part, spec.toByteArray()));
        return this;
    }

    private SentencePieceTokenizer read() throws IOException {
        return SentencePieceFile.read(Files.write(folder.resolve("tiny.model"), file.toByteArray()));
    }

    private SentencePieceFileTest sky() {
        return piece("<unk>", 0, 2).piece("\u2581sky", -1, 1).piece("s", -3, 1).piece("k", -3, 1);
    }

    @Test
    void aModelWrittenByHandCutsText() throws IOException {
        SentencePieceTokenizer tokenizer = sky().read();

        assertThat(tokenizer.tokens("sky sk ??  s")).containsExactly("\u2581sky", "<unk>", "s", "k", "<unk>", "s");
        assertThat(tokenizer.symbols()).containsExactly("\u2581sky", "s", "k");
        assertThat(tokenizer.text(tokenizer.tokens("sky"))).isEqualTo("sky");
    }

    @Test
    void whatIsNotSupportedIsRefused() {
        assertThatThrownBy(() -> new SentencePieceFileTest()
                        .in(folder)
                        .sky()
                        .with(2, field(3, 3))
                        .read())
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "tiny.model must have a unigram or BPE model, got words; train the model with other options");
        assertThatThrownBy(() -> new SentencePieceFileTest()
                        .in(folder)
                        .sky()
                        .with(2, field(24, 1))
                        .read())
                .hasMessage("tiny.model must have spaces before words, got spaces after them; "
                        + "train the model with other options");
        assertThatThrownBy(() -> new SentencePieceFileTest()
                        .in(folder)
                        .sky()
                        .with(3, field(5, 0))
                        .read())
                .hasMessage("tiny.model must have spaces written as \u2581, got plain spaces; "
                        + "train the model with other options");
        assertThatThrownBy(() -> new SentencePieceFileTest()
                        .in(folder)
                        .sky()
                        .with(5, field(2, new byte[3]))
                        .read())
                .hasMessage("tiny.model must have no rules for going back to text, got some; "
                        + "train the model with other options");
        assertThatThrownBy(() -> new SentencePieceFileTest()
                        .in(folder)
                        .sky()
                        .with(3, field(2, new byte[3]))
                        .read())
                .hasMessage("tiny.model: normalisation must be compiled rules of SentencePiece, got 3 bytes that are "
                        + "none; get a whole copy of it");
    }

    private SentencePieceFileTest in(Path other) {
        folder = other;
        return this;
    }

    @Test
    void piecesThatDoNotFitTogetherAreRefused() {
        assertThatThrownBy(() -> new SentencePieceFileTest().in(folder).read())
                .hasMessage("tiny.model must be a SentencePiece model, got no pieces; "
                        + "name a .model file that it has written");
        assertThatThrownBy(() -> new SentencePieceFileTest()
                        .in(folder)
                        .sky()
                        .piece("s", -1, 1)
                        .read())
                .hasMessage("tiny.model: pieces must be different and have 1 to 1024 characters, got \"s\" twice");
        assertThatThrownBy(() ->
                        new SentencePieceFileTest().in(folder).piece("s", -1, 1).read())
                .hasMessage("tiny.model: pieces must be one unknown, none or 256 bytes, and some text, "
                        + "got 0 unknown and 0 bytes of 1 pieces");
        assertThatThrownBy(() -> new SentencePieceFileTest()
                        .in(folder)
                        .sky()
                        .piece("z", Float.NaN, 1)
                        .read())
                .hasMessage("tiny.model: score of the piece \"z\" must be finite, got NaN");
    }

    @Test
    void aFileOfTextIsNoModel() throws IOException {
        Path text = Files.writeString(folder.resolve("novel.txt"), "It is a truth universally acknowledged");
        assertThatThrownBy(() -> SentencePieceFile.read(text))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(
                        "novel.txt must be a SentencePiece model, got other or damaged bytes before byte")
                .hasMessageEndingWith("; name a .model file that SentencePiece has written");
    }

    /** Whatever stands in a file: a message or a tokenizer that can cut, and never another exception. */
    @Test
    void damagedFilesAreRefusedOrStillCut() throws IOException {
        for (String name : new String[] {"unigram-bytes", "bpe"}) {
            byte[] whole;
            try (InputStream in = SentencePieceFileTest.class.getResourceAsStream(
                            "/golden/sentencepiece-" + name + ".model.gz");
                    GZIPInputStream bytes = new GZIPInputStream(in)) {
                whole = bytes.readAllBytes();
            }
            Rng rng = Rng.of(7).stream(name);
            for (int i = 0; i < 300; i++) {
                byte[] damaged = whole.clone();
                int changes = 1 + rng.nextInt(4);
                for (int c = 0; c < changes; c++) {
                    // near the start stand the pieces, near the end the normaliser
                    int at = rng.nextInt(damaged.length);
                    damaged[i % 2 == 0 ? Math.min(at, rng.nextInt(4000)) : at] = (byte) rng.nextInt(256);
                }
                Path path = Files.write(folder.resolve("damaged.model"), damaged);
                try {
                    assertThat(SentencePieceFile.read(path).tokens("The sky has turned \uff27rey \ud83d\ude00"))
                            .doesNotContain("");
                } catch (DataException e) {
                    assertThat(e).hasMessageContaining("damaged.model");
                }
            }
        }
    }
}
