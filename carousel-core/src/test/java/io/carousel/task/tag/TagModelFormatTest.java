package io.carousel.task.tag;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.model.Model;
import io.carousel.task.FitOptions;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fourth promise: a model file whose task does not fit its network is refused, and takes no memory. */
class TagModelFormatTest {
    private static final Model MODEL = SequenceTagger.fit(
                    TagExamples.data(),
                    TagExamples.spec().suffixes(List.of(2)).build(),
                    TagExamples.plan().withEpochs(1),
                    FitOptions.defaults())
            .tagger()
            .model();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''    | task           | "forecast"            | task of the model must be tag, got forecast
                    ''    | wordSize       | 0                     | word size must be positive, got 0
                    ''    | wordSize       | 9                     | network must be the one that the task describes
                    ''    | words          | ["<unk>"]             | usual tags must be one for each of 1 words
                    ''    | words          | ["a"]                 | first symbol of a vocabulary must be <unk>, got a
                    ''    | words          | ["<unk>","a","a"]     | must be different and not empty
                    ''    | characters     | ["<unk>"]             | network must be the one that the task describes
                    ''    | features       | []                    | task must have a vocabulary for each of 1 features, got 0
                    ''    | features       | [["<unk>"],["<unk>"]] | network must be the one that the task describes
                    ''    | features       | [["<unk>"]]           | network must be the one that the task describes
                    ''    | format         | {"type":"columns","word":1,"tag":0,"features":[2],"comment":""} | task must have a vocabulary for each of 2 features, got 1
                    ''    | tags           | []                    | tags must be from 1 to 4096 different ones, got 0
                    ''    | tags           | ["O","O"]             | tags must be from 1 to 4096 different ones, got 2
                    ''    | tags           | ["B-PER","I-PER"]     | tags of scheme BIOES must have the tag O, got none
                    ''    | tags           | ["O","NOUN"]          | tags must be of scheme BIOES, got NOUN
                    ''    | tags           | ["O","B-A","I-A","B-B","I-B","B-C","B-D"] | network must be the one that the task describes
                    ''    | scheme         | "NONE"                | tags that are given must have spans where those of the network have
                    ''    | scheme         | "OTHER"               | must be as described
                    ''    | writtenTags    | ["O"]                 | usual tag must be from 0 to 0
                    ''    | usualTags      | [0]                   | usual tags must be one for each of
                    /spec | output         | "softmax"             | network must be the one that the task describes
                    /spec | mostCharacters | 2000000000            | most characters must be from 1 to 1000
                    /spec | hidden         | 2000000000            | hidden must be from 1 to 16384
                    /spec | hidden         | 9                     | network must be the one that the task describes
                    /spec | suffixes       | [2,3]                 | task must have a vocabulary for each of 2 features, got 1
                    /spec | cell           | "no-such-cell"        | must be as described
                    /spec | dropout        | 1                     | dropout must be in [0, 1), got 1.0
                    /spec | validation     | 0.75                  | validation part must be in [0, 0.5], got 0.75
                    """)
    void whatDoesNotFitTheNetworkIsRefused(String object, String property, String value, String message)
            throws IOException {
        ObjectNode task = MODEL.task();
        ((ObjectNode) task.at(object)).set(property, Json.read(value, JsonNode.class, "test"));

        assertThatThrownBy(() -> SequenceTagger.of(Model.of(MODEL.network(), task, MODEL.provenance()), "m.carousel"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }
}
