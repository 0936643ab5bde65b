package io.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import io.carousel.tensor.Rng;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLinesTest {
    @TempDir
    Path folder;

    private List<String> lines(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("novel.txt"), bytes);
        List<String> lines = new ArrayList<>();
        TextLines.read(file, (text, number) -> lines.add(number + " " + text));
        return lines;
    }

    private List<String> lines(String text) throws IOException {
        return lines(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void linesEndInAnyOfTheThreeWays() throws IOException {
        assertThat(lines("a\nb\r\nc\rd")).containsExactly("1 a", "2 b", "3 c", "4 d");
        assertThat(lines("a\n\n\r\n\rb\n")).containsExactly("1 a", "2 ", "3 ", "4 ", "5 b");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void aByteOrderMarkAndCompressionDoNotShow() throws IOException {
        assertThat(lines("\ufeffsky")).containsExactly("1 sky");
        Path file = folder.resolve("novel.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("grey\nsky".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(lines(Files.readAllBytes(file))).containsExactly("1 grey", "2 sky");
    }

    @Test
    void aFileThatIsNoTextIsRefusedWithItsLine() {
        assertThatThrownBy(() -> lines(new byte[] {'a', '\n', (byte) 0xf6}))
                .hasMessage("line 2 of novel.txt must be UTF-8, got the byte 0xF6; save the file as UTF-8");
        assertThatThrownBy(() -> TextLines.read(folder, (text, number) -> {}))
                .hasMessage(folder + " is a folder; name a text file");
        assertThatThrownBy(() -> TextLines.read(folder.resolve("none"), (text, number) -> {}))
                .hasMessageEndingWith("none does not exist; check the name and the folder");
    }

    @Test
    void aLineWithoutAnEndIsRefusedBeforeItFillsTheMemory() {
        byte[] endless = new byte[50 << 20];
        Arrays.fill(endless, (byte) 'a');
        assertThatThrownBy(() -> lines(endless))
                .hasMessage("line 1 of novel.txt must have at most 4194304 characters, got more; break it into lines");
    }

    @Test
    void aLineOfAStreamIsHandedOnBeforeTheNextHasCome() {
        Deque<String> coming = new ArrayDeque<>(List.of("grey\n", "sky\n", "blue"));
        List<String> seen = new ArrayList<>();
        List<Integer> seenBefore = new ArrayList<>();
        InputStream stream = new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] to, int from, int most) {
                seenBefore.add(seen.size());
                if (coming.isEmpty()) {
                    return -1;
                }
                byte[] next = coming.remove().getBytes(StandardCharsets.UTF_8);
                System.arraycopy(next, 0, to, from, next.length);
                return next.length;
            }
        };

        TextLines.read(stream, "standard input", (text, number) -> seen.add(number + " " + text));

        assertThat(seen).containsExactly("1 grey", "2 sky", "3 blue");
        assertThat(seenBefore).startsWith(0, 1, 2);
    }

    @Test
    void aStreamThatIsNoTextIsRefused() {
        InputStream stream = new ByteArrayInputStream(new byte[] {'a', '\n', (byte) 0xf6, '\n'});
        assertThatThrownBy(() -> TextLines.read(stream, "standard input", (text, number) -> {}))
                .isInstanceOf(DataException.class)
                .hasMessage("standard input must be UTF-8, got bytes that are none; convert it");
    }

    private List<String> parts(String text, int most) throws IOException {
        List<String> parts = new ArrayList<>();
        Path file = Files.writeString(folder.resolve("parts.txt"), text);
        TextLines.readParts(file, most, (part, ended) -> parts.add(part + (ended ? "|" : "")));
        return parts;
    }

    @Test
    void longLinesComeInPartsThatBeginWithTheirSpace() throws IOException {
        assertThat(parts("one two three\nfour\r\n\nfive", 8))
                .containsExactly("one two", " three|", "four|", "|", "five|");
        assertThat(parts("12345678\n", 8)).containsExactly("12345678|");
        assertThat(parts("123456789", 8)).containsExactly("12345678", "9|");
        assertThat(parts("1\ud83d\ude002", 2)).containsExactly("1", "\ud83d\ude00", "2|");
        assertThat(parts("", 8)).isEmpty();
        assertThat(parts("\r\r\n\n", 8)).containsExactly("|", "|", "|");
    }

    @Test
    void partsOfALinePutTogetherAreTheLine() throws IOException {
        Rng rng = Rng.of(4);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.appendCodePoint("ab \n\ud83d\ude00é".codePoints().toArray()[rng.nextInt(6)]);
        }
        text.append('.');

        assertThat(String.join("", parts(text.toString(), 5)))
                .isEqualTo(text.toString().replace("\n", "|") + "|");
    }
}
