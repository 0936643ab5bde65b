package io.carousel.task.language;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.layer.DenseSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.tensor.Rng;
import io.carousel.text.SpaceTokenizer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fourth promise: a model file whose task does not fit its network is refused. */
class LanguageModelFormatTest {
    private static final Model MODEL = LanguageTexts.random(
                    LanguageTexts.tiny(new SpaceTokenizer(false)).build(), "<unk>", "<eos>", "a", "b")
            .model();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''    | task       | "forecast"                      | task of the model must be language, got forecast
                    ''    | vocabulary | ["<unk>","<eos>","a"]           | tokens of embedding must be 3 as the task says, got 4; the file is damaged
                    ''    | vocabulary | ["<unk>","<eos>","a","a"]       | symbols of a vocabulary must be different and not empty, got "a" twice
                    ''    | vocabulary | ["<unk>","<eos>","a",""]        | symbols of a vocabulary must be different and not empty, got an empty one
                    ''    | vocabulary | ["<eos>","<unk>","a","b"]       | first symbol of a vocabulary must be <unk>, got <eos>
                    ''    | vocabulary | ["<unk>","c","a","b"]           | vocabulary must have "<eos>", the symbol that ends a line, got a vocabulary of 4 symbols without; the file is damaged
                    ''    | vocabulary | []                              | first symbol of a vocabulary must be <unk>, got no symbols
                    ''    | tokens     | -1                              | tokens that were learnt from must not be negative, got -1
                    /spec | tokenizer  | {"type":"characters","lowerCase":false} | vocabulary must have "\\n", the symbol that ends a line
                    /spec | tokenizer  | {"type":"javax.script"}         | JSON
                    /spec | vocabulary | 2000000000                      | symbols of the vocabulary must be from 2 to 262144, got 2000000000
                    /spec | hidden     | 2000000000                      | hidden must be from 1 to 16384, got 2000000000
                    /spec | layers     | 2000000000                      | layers must be from 1 to 64, got 2000000000
                    /spec | embedding  | -1                              | embedding must be from 0 to 16384, got -1
                    /spec | output     | {"type":"adaptive"}             | tied must be false where the output is adaptive, got true; its clusters have
                    /spec | output     | {"type":"sampled","samples":0}  | samples of the output must be at least 1, got 0; a thousand suits most texts
                    /spec | output     | {"type":"java.lang.Object"}     | JSON
                    /spec | output     | null                            | JSON
                    /spec | steps      | 0                               | steps must be from 1 to 100000, got 0
                    /spec | initialRange | -1                            | initial range of weights must be positive and finite, got -1.0
                    """)
    void whatDoesNotFitTheNetworkIsRefused(String object, String property, String value, String message)
            throws IOException {
        ObjectNode task = MODEL.task();
        ((ObjectNode) task.at(object)).set(property, Json.read(value, JsonNode.class, "test"));

        assertThatThrownBy(() -> LanguageModel.of(Model.of(MODEL.network(), task, MODEL.provenance()), "m.carousel"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aNetworkThatEndsOtherwiseThanItsOutputSaysIsRefused() {
        LanguageSpec.Builder spec =
                LanguageTexts.tiny(new SpaceTokenizer(false)).tied(false);
        String[] symbols = {"<unk>", "<eos>", "a", "b"};
        Model dense = LanguageTexts.random(spec.build(), symbols).model();
        Model adaptive = LanguageTexts.random(
                        spec.output(new LanguageOutput.Adaptive()).build(), symbols)
                .model();

        assertThatThrownBy(() -> LanguageModel.of(Model.of(dense.network(), adaptive.task(), dense.provenance()), "m"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("must be an adaptive softmax as its output says, got another; the file is");
        assertThatThrownBy(() -> LanguageModel.of(Model.of(adaptive.network(), dense.task(), dense.provenance()), "m"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("must be dense as its output says, got another; the file is damaged");
    }

    @Test
    void aNetworkThatReadsNoTokensIsRefused() {
        Network network = Network.create(new NetworkSpec(1, List.of(new DenseSpec("decoder", 4))), Rng.of(1));

        assertThatThrownBy(() -> LanguageModel.of(Model.of(network, MODEL.task(), MODEL.provenance()), "m.carousel"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("first layer of a language model must be an embedding; the file is damaged");
    }
}
