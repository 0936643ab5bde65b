package io.carousel.task.translate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.model.Model;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fourth promise: a model file whose task does not fit its network is refused, and takes no memory. */
class TranslateModelFormatTest {
    private static final Model MODEL =
            Pairs.fit(Pairs.tiny().build(), 1).translator().model();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''           | task            | "forecast"            | task of the model must be translate, got forecast
                    ''           | trainingPairs   | -1                    | pairs that were learnt from must not be negative, got -1 and 11
                    ''           | usualTarget     | []                    | must be as described
                    /source      | vocabulary      | ["<unk>"]             | symbol 1 of a vocabulary must be <eos>, got none
                    /source      | vocabulary      | ["<unk>","a","<eos>"] | symbol 1 of a vocabulary must be <eos>, got a
                    /source      | vocabulary      | ["<unk>","<eos>"]     | network must be the one that the task describes
                    /target      | vocabulary      | ["<unk>","<eos>","a"] | network must be the one that the task describes
                    /target      | vocabulary      | ["a","<eos>"]         | first symbol of a vocabulary must be <unk>, got a
                    /target      | tokenizer       | {"type":"magic"}      | must be as described
                    /spec        | hidden          | 2000000000            | hidden must be from 1 to 16384
                    /spec        | hidden          | 9                     | network must be the one that the task describes
                    /spec        | layers          | 2                     | network must be the one that the task describes
                    /spec        | bridge          | "copy"                | network must be the one that the task describes
                    /spec        | direction       | "forward"             | network must be the one that the task describes
                    /spec        | attention       | "none"                | must be left away without attention
                    /spec        | attention       | "general"             | network must be the one that the task describes
                    /spec        | window          | -1                    | window must be from 0 to 100000, got -1
                    /spec        | coverageLoss    | 2                     | loss of coverage must be finite, not negative, and 0 without coverage
                    /spec        | cell            | "no-such-cell"        | must be as described
                    /spec        | smoothing       | 1                     | label smoothing must be in [0, 1), got 1.0
                    /spec        | validation      | 0.75                  | validation part must be in [0, 0.5], got 0.75
                    /spec/source | vocabulary      | 2                     | symbols of a vocabulary must be from 3 to 100000
                    """)
    void whatDoesNotFitTheNetworkIsRefused(String object, String property, String value, String message)
            throws IOException {
        ObjectNode task = MODEL.task();
        ((ObjectNode) task.at(object)).set(property, Json.read(value, JsonNode.class, "test"));

        assertThatThrownBy(() -> Translator.of(Model.of(MODEL.network(), task, MODEL.provenance()), "m.carousel"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }
}
