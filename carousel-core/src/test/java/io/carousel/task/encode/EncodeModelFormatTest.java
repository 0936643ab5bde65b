package io.carousel.task.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.layer.Direction;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.task.FitOptions;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.classify.NumberScaling;
import io.carousel.text.TokenSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fourth promise: a model file whose task does not fit its network is refused. */
class EncodeModelFormatTest {
    private static final ExampleSet WAVES = Sequences.waves(12, 8, 1);
    private static final Model NUMBERS =
            fit(WAVES, Sequences.small().decoder(DecoderKind.COMPOSITE).ahead(2).build());
    private static final Model TEXTS =
            fit(Sequences.letters(12, 1), Sequences.ofLetters().build());

    private static Model fit(ExampleSet set, EncodeSpec spec) {
        return Autoencoder.fit(set, spec, Sequences.epochs(1), FitOptions.defaults())
                .autoencoder()
                .model();
    }

    private static void refused(Model model, String object, String property, String value, String message)
            throws IOException {
        ObjectNode task = model.task();
        ((ObjectNode) task.at(object)).set(property, Json.read(value, JsonNode.class, "test"));

        assertThatThrownBy(() -> Autoencoder.of(Model.of(model.network(), task, model.provenance()), "m.carousel"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``      | task     | "tag"            | task of the model must be encode, got tag
            ``      | features | ["x"]            | principal components must be of 6 time steps of 1 features, got 12 numbers
            ``      | features | []               | an autoencoder must read texts or features, got neither
            ``      | scales   | []               | task must have a scale for each feature that is scaled, got 0 for 2 features
            ``      | steps    | 3                | principal components must be of 3 time steps of 2 features, got 12 numbers
            ``      | steps    | -1               | principal components must be of -1 time steps
            ``      | training | -1               | numbers of examples and time steps must not be negative, got -1
            /chosen | size     | 5                | network must be the one that the task describes, got another
            /chosen | hidden   | 2000000000       | hidden must be from 0 to 16384, got 2000000000
            /chosen | hidden   | 0                | the file is damaged
            /chosen | size     | 2000000000       | size of the vector must be from 1 to 4096, got 2000000000
            /chosen | ahead    | 0                | time steps to predict must be from 1 to 1000000, got 0
            /chosen | decoder  | "reconstruction" | time steps to predict must be from 0 to 0, got 2
            /chosen | scaling  | "none"           | task must have a scale for each feature that is scaled, got 2 for 2 features
            /linear | axes     | [[1.0]]          | axes of principal components must have 12 finite numbers each
            """)
    void whatDoesNotFitANetworkOfNumbersIsRefused(String object, String property, String value, String message)
            throws IOException {
        refused(NUMBERS, object, property, value, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``      | features     | ["x"]                 | an autoencoder must read texts or features, got texts and 1 features
            ``      | symbolCounts | [1]                   | symbols of an autoencoder of texts must have a count each, got 1 for 6
            /side   | vocabulary   | ["<unk>","a"]         | symbol 1 of a vocabulary must be <eos>, got a
            /side   | vocabulary   | ["<unk>","<eos>","a"] | symbols of an autoencoder of texts must have a count each, got 6 for 3
            /chosen | longest      | 2000000000            | longest must be from 1 to 1000000, got 2000000000
            /chosen | embedding    | 0                     | the file is damaged
            """)
    void whatDoesNotFitANetworkOfTextsIsRefused(String object, String property, String value, String message)
            throws IOException {
        refused(TEXTS, object, property, value, message);
    }

    @Test
    void aSpecPrintsAsJsonAndReadsBackEqual() throws IOException {
        EncodeSpec spec = EncodeSpec.builder()
                .decoder(DecoderKind.COMPOSITE)
                .conditioned(false)
                .reversed(false)
                .ahead(7)
                .size(9)
                .variational(true)
                .divergence(0.25)
                .divergenceEpochs(3)
                .text(TokenSpec.learned(false))
                .embedding(5)
                .longest(77)
                .scaling(NumberScaling.SEQUENCES)
                .cell("gru")
                .hidden(11)
                .layers(2)
                .direction(Direction.BIDIRECTIONAL)
                .dropout(0.1)
                .validation(0.3)
                .build();

        assertThat(Json.read(Json.write(spec), EncodeSpec.class, "test")).isEqualTo(spec);
        assertThat(spec.with(builder -> {})).isEqualTo(spec);
        EncodeSpec plain = EncodeSpec.builder().build();
        assertThat(Json.read(Json.write(plain), EncodeSpec.class, "test")).isEqualTo(plain);
    }

    @Test
    void aSavedModelIsTheSameModel(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("m.carousel");
        Autoencoder autoencoder = Autoencoder.of(NUMBERS, "m");
        autoencoder.save(file);
        Autoencoder loaded = Autoencoder.load(file);

        assertThat(loaded.encoding()).isEqualTo(autoencoder.encoding());
        assertThat(loaded.encode(WAVES).get(3).vector())
                .containsExactly(autoencoder.encode(WAVES).get(3).vector());
        assertThat(loaded.predict(WAVES).get(3).values())
                .containsExactly(autoencoder.predict(WAVES).get(3).values());
    }

    @Test
    void aFileThatEndsTooSoonOrHasAnotherByteIsRefusedOrReadWhole(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("m.carousel");
        NUMBERS.save(file);
        byte[] sound = Files.readAllBytes(file);
        Path damaged = folder.resolve("damaged.carousel");
        for (int length = 0; length < sound.length; length += 997) {
            Files.write(damaged, Arrays.copyOf(sound, length));

            assertThatThrownBy(() -> Autoencoder.load(damaged)).isInstanceOf(FormatException.class);
        }
        for (int at = 0; at < sound.length; at += 499) {
            byte[] other = sound.clone();
            other[at] ^= 0x15;
            Files.write(damaged, other);
            try {
                Autoencoder.load(damaged).encode(WAVES);
            } catch (FormatException refused) {
                assertThat(refused).hasMessageContaining(damaged.toString());
            }
        }
    }
}
