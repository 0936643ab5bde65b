package io.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenStreamsTest {
    @Test
    void aTextIsCutIntoPiecesWhoseTargetsAreTheNextTokens() {
        TokenStreams streams = TokenStreams.of(new int[] {5, 6, 7, 8, 9, 1, 2, 3}, 3);
        float[] seen = {-1, -1};

        assertThat(streams.count()).isEqualTo(3);
        assertThat(streams.length(2)).isEqualTo(2);
        streams.input(1, 1, seen, 0);
        assertThat(streams.target(1, 1, seen, 1)).isTrue();
        assertThat(seen).containsExactly(8, 9);
        assertThat(streams.starts(1, 0)).isTrue();
        assertThat(streams.starts(1, 1)).isFalse();
    }

    @Test
    void textsThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> TokenStreams.of(new int[] {1, 2}, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "tokens must be more than the streams, of which there is at least one, got 2 tokens for 2 streams; "
                                + "use a longer text or fewer streams");
        assertThatThrownBy(() -> TokenStreams.of(new int[] {1, -2}, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("token 1 must be from 0 to before 2^24, got -2");
    }
}
