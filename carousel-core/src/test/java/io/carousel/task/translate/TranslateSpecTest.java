package io.carousel.task.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.layer.DecoderSpec;
import io.carousel.layer.Direction;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.TokenSpec;
import io.carousel.text.WordTokenizer;
import io.carousel.train.ScheduledSampling;
import org.junit.jupiter.api.Test;

class TranslateSpecTest {
    @Test
    void theDefaultsAreThoseThatTheBuilderSays() {
        TranslateSpec spec = TranslateSpec.builder().build();

        assertThat(spec.source())
                .isEqualTo(TokenSpec.of(new WordTokenizer(false)))
                .isEqualTo(spec.target());
        assertThat(spec.longest()).isEqualTo(100);
        assertThat(spec.cell()).hasToString("lstm");
        assertThat(spec.hidden()).isEqualTo(256).isEqualTo(spec.embedding());
        assertThat(spec.layers()).isEqualTo(1);
        assertThat(spec.direction()).isEqualTo(Direction.BIDIRECTIONAL);
        assertThat(spec.bridge()).isEqualTo(BridgeKind.DENSE);
        assertThat(spec.attention()).isEqualTo(AttentionKind.ADDITIVE);
        assertThat(spec.heads()).isEqualTo(1);
        assertThat(spec.window()).isZero();
        assertThat(spec.feeding()).isEqualTo(DecoderSpec.Feeding.CONTEXT);
        assertThat(spec.coverage()).isFalse();
        assertThat(spec.coverageLoss()).isZero();
        assertThat(spec.copying()).isFalse();
        assertThat(spec.dropout()).isEqualTo(0.3);
        assertThat(spec.smoothing()).isZero();
        assertThat(spec.sampling()).isNull();
        assertThat(spec.validation()).isEqualTo(0.05);
    }

    @Test
    void feedingAndHeadsFollowTheAttention() {
        assertThat(TranslateSpec.builder().attention(AttentionKind.NONE).build().feeding())
                .isEqualTo(DecoderSpec.Feeding.NOTHING);
        assertThat(TranslateSpec.builder()
                        .attention(AttentionKind.GENERAL)
                        .build()
                        .feeding())
                .isEqualTo(DecoderSpec.Feeding.OUTPUT);
        assertThat(TranslateSpec.builder()
                        .attention(AttentionKind.HEADS)
                        .build()
                        .heads())
                .isEqualTo(4);
    }

    @Test
    void aSpecReadsBackEqual() throws FormatException {
        TranslateSpec spec = TranslateSpec.builder()
                .source(TokenSpec.of(new CharacterTokenizer(true)))
                .target(TokenSpec.learned(false).withVocabulary(700))
                .cell("gru")
                .layers(2)
                .direction(Direction.FORWARD)
                .bridge(BridgeKind.COPY)
                .window(3)
                .coverage(true, 0.25)
                .smoothing(0.1)
                .sampling(new ScheduledSampling(ScheduledSampling.Decay.LINEAR, 1000, 0.25))
                .build();

        assertThat(Json.read(Json.write(spec), TranslateSpec.class, "spec")).isEqualTo(spec);
        TranslateSpec usual = TranslateSpec.builder().build();
        assertThat(Json.read(Json.write(usual), TranslateSpec.class, "spec")).isEqualTo(usual);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> TranslateSpec.builder().hidden(0).build())
                .hasMessage("hidden must be from 1 to 16384, got 0");
        assertThatThrownBy(() -> TranslateSpec.builder().longest(0).build())
                .hasMessage("longest must be from 1 to 100000, got 0");
        assertThatThrownBy(() -> TranslateSpec.builder().dropout(1).build())
                .hasMessage("dropout must be in [0, 1), got 1.0");
        assertThatThrownBy(() -> TranslateSpec.builder().smoothing(-0.1).build())
                .hasMessage("label smoothing must be in [0, 1), got -0.1");
        assertThatThrownBy(() -> TranslateSpec.builder().validation(0.6).build())
                .hasMessage("validation part must be in [0, 0.5], got 0.6");
        assertThatThrownBy(() -> TranslateSpec.builder()
                        .attention(AttentionKind.NONE)
                        .window(2)
                        .build())
                .hasMessage(
                        "heads, window, feeding, coverage and copying must be left away without attention, got some; choose an "
                                + "attention");
        assertThatThrownBy(() -> TranslateSpec.builder()
                        .attention(AttentionKind.NONE)
                        .bridge(BridgeKind.NONE)
                        .build())
                .hasMessage("bridge must not be none without attention, got both none; nothing would lead from the "
                        + "source to the target");
        assertThatThrownBy(() -> TranslateSpec.builder()
                        .attention(AttentionKind.HEADS)
                        .heads(7)
                        .build())
                .hasMessage(
                        "heads of an attention must divide its size of 256 for a scaled score, and be 1 for others, "
                                + "got 7");
        assertThatThrownBy(() -> TranslateSpec.builder()
                        .attention(AttentionKind.DOT)
                        .coverage(true, 1)
                        .build())
                .hasMessage("score of an attention with coverage must be additive, got DOT");
        assertThatThrownBy(() -> TranslateSpec.builder()
                        .copying(true)
                        .sampling(new ScheduledSampling(ScheduledSampling.Decay.LINEAR, 9, 0))
                        .build())
                .hasMessageStartingWith("scheduled sampling must be left away with copying, got ScheduledSampling[")
                .hasMessageEndingWith("; leave one of them away");
        assertThatThrownBy(() -> TranslateSpec.builder().cell("time-lstm").build())
                .hasMessage("cell of a translator must not need the time since the last step, got time-lstm; tokens "
                        + "have no times: use lstm");
    }
}
