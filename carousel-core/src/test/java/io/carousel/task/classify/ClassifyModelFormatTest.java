package io.carousel.task.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.task.FitOptions;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fourth promise: a model file whose task does not fit its network is refused. */
class ClassifyModelFormatTest {
    private static final Model TEXTS = fit(Samples.moods(40, 1));
    private static final Model NUMBERS = fit(Samples.waves(40, 1));

    private static Model fit(ExampleSet set) {
        return SequenceClassifier.fit(
                        set, Samples.small().build(), Samples.quick().withEpochs(1), FitOptions.defaults())
                .classifier()
                .model();
    }

    private static void refused(Model model, String object, String property, String value, String message)
            throws IOException {
        ObjectNode task = model.task();
        ((ObjectNode) task.at(object)).set(property, Json.read(value, JsonNode.class, "test"));

        assertThatThrownBy(
                        () -> SequenceClassifier.of(Model.of(model.network(), task, model.provenance()), "m.carousel"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``      | task        | "tag"         | task of the model must be classify, got tag
            ``      | labels      | ["bad"]       | labels must be 1 to 10000 different ones with a count each, got 1 and 2 counts
            ``      | labels      | ["bad","bad"] | labels must be 1 to 10000 different ones with a count each
            ``      | temperature | 0             | temperature must be from 0.1 to 10.0, got 0.0
            ``      | vocabulary  | ["<unk>","a"] | symbols of the embedding must be
            ``      | vocabulary  | null          | a classifier must read texts or features, got neither
            ``      | features    | ["x"]         | a classifier must read texts or features, got a vocabulary and 1 features
            /chosen | tokenizer   | null          | a classifier of texts must have a tokenizer and an embedding
            /chosen | hidden      | 2000000000    | hidden must be from 0 to 16384, got 2000000000
            /chosen | longest     | 2000000000    | longest must be from 1 to 1000000, got 2000000000
            """)
    void whatDoesNotFitANetworkOfTextsIsRefused(String object, String property, String value, String message)
            throws IOException {
        refused(TEXTS, object, property, value, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``      | features | ["x"]   | task must have a scale for each feature that is scaled, got 2 for 1 features
            ``      | scales   | []      | task must have a scale for each feature that is scaled, got 0 for 2 features
            /chosen | scaling  | "none"  | task must have a scale for each feature that is scaled, got 2 for 2 features
            /chosen | scaling  | "other" | "other"
            """)
    void whatDoesNotFitANetworkOfNumbersIsRefused(String object, String property, String value, String message)
            throws IOException {
        refused(NUMBERS, object, property, value, message);
    }

    @Test
    void aSpecPrintsAsJsonAndReadsBackEqual() throws IOException {
        ClassifySpec spec = Samples.small()
                .several(true)
                .weighting(LabelWeighting.BALANCED)
                .labelWeights(java.util.Map.of("good", 2.5))
                .tokenizer(new io.carousel.text.CharacterTokenizer(true))
                .scaling(NumberScaling.SEQUENCES)
                .build();

        assertThat(Json.read(Json.write(spec), ClassifySpec.class, "test")).isEqualTo(spec);
        ClassifySpec plain = ClassifySpec.builder().build();
        assertThat(Json.read(Json.write(plain), ClassifySpec.class, "test")).isEqualTo(plain);
    }
}
