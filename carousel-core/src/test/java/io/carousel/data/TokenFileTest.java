package io.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.tensor.Rng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {
    private static int[] random(int count, int vocabulary) {
        Rng rng = Rng.of(5);
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = rng.nextInt(vocabulary);
        }
        tokens[count / 2] = vocabulary - 1;
        return tokens;
    }

    private static TokenFile file(int vocabulary, int[] tokens) {
        return TokenFile.write(vocabulary, sink -> {
            for (int token : tokens) {
                sink.token(token);
            }
        });
    }

    private static Set<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".tokens"))
                    .collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 256, 257, 65_536, 65_537, 1 << 24})
    void givesBackWhatWasWrittenHoweverManyBytesATokenTakes(int vocabulary) {
        int[] tokens = random(50_000, vocabulary);

        try (TokenFile file = file(vocabulary, tokens)) {
            int[] read = new int[tokens.length];
            file.read(0, read.length, read);

            assertThat(file.size()).isEqualTo(tokens.length);
            assertThat(read).isEqualTo(tokens);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void itsStreamsAreThoseOfAnArray(int count) {
        int[] tokens = random(20_001, 300);
        int from = 123;
        int to = 19_876;
        int[] part = java.util.Arrays.copyOfRange(tokens, from, to);
        TokenStreams wanted = TokenStreams.of(part, count);
        try (TokenFile file = file(300, tokens)) {
            Streams streams = file.streams(from, to, count);

            assertThat(streams.count()).isEqualTo(count);
            float[] got = new float[2];
            float[] expected = new float[2];
            for (int stream = 0; stream < count; stream++) {
                assertThat(streams.length(stream)).isEqualTo(wanted.length(stream));
                for (int t = 0; t < streams.length(stream); t++) {
                    streams.input(stream, t, got, 0);
                    streams.target(stream, t, got, 1);
                    wanted.input(stream, t, expected, 0);
                    wanted.target(stream, t, expected, 1);
                    assertThat(got).isEqualTo(expected);
                    assertThat(streams.starts(stream, t)).isEqualTo(t == 0);
                }
            }
        }
    }

    @Test
    void nothingStaysWhenItIsClosedOrItsContentFails() throws IOException {
        Set<Path> before = temporaryFiles();

        file(10, random(100, 10)).close();
        assertThatThrownBy(() -> TokenFile.write(10, sink -> {
                    sink.token(3);
                    throw new DataException("a line is broken");
                }))
                .hasMessage("a line is broken");

        assertThat(temporaryFiles()).isEqualTo(before);
    }

    @Test
    void promiseFiveWhatIsNotInItIsRefused() {
        try (TokenFile file = file(10, random(100, 10))) {
            assertThatThrownBy(() -> file.read(95, 6, new int[6]))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("tokens must lie in the text of 100, got 6 from 95 on");
            assertThatThrownBy(() -> file.streams(0, 101, 2))
                    .hasMessage("part of a text must lie in its 100 tokens, got 0 to before 101");
            assertThatThrownBy(() -> file.streams(98, 100, 2))
                    .hasMessage(
                            "tokens must be more than the streams, of which there is at least one, got 2 tokens for 2"
                                    + " streams; use a longer text or fewer streams");
        }
        assertThatThrownBy(() -> TokenFile.write(10, sink -> sink.token(10)))
                .hasMessage("token 0 must be from 0 to 9, got 10");
    }
}
