package io.carousel.task.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.model.Model;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fourth promise: a model file or a file of states that cannot be is refused, and takes no memory. */
class AnomalyFormatTest {
    private static final AnomalyDetector DETECTOR =
            AnomalyExamples.detector(AnomalyExamples.spec().build());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``            | task       | "tag"        | task of the model must be detect, got tag
        ``            | channels   | []           | channels must be from 1 to 256, got 0
        ``            | moments    | [1,0]        | moments must be those of 2 channels, got 2 numbers
        ``            | moments    | [1,2,1]      | moments of the residuals must be positive definite
        ``            | quiet      | -1           | quiet events must be from 0
        /spec         | hidden     | 2000000000   | hidden must be from 1 to 16384
        /spec         | hidden     | 9            | network must be the one that the task describes
        /spec         | source     | "RECONSTRUCTION" | network must be the one that the task describes
        /spec         | threshold  | 1            | threshold must be a probability above 0 and below 1
        /spec         | cell       | "none"       | must be as described
        /spec/scorer  | memory     | 2000000000   | memory of the scorer must be from 2 to 16777216
        /spec/scorer  | recent     | 2000000000   | recent events of the scorer must be from 1 to 10000
        /spec/scorer  | type       | "other"      | must be as described
        /usual        | count      | 0            | usual distances must be of at least one event
        /usual        | tailScale  | 0            | tail scale of usual distances must be positive
        /usual        | quantiles  | [0,1]        | quantiles of usual distances must be 201, got 2
        /usual        | logMean    | -1           | mean of the logarithm of usual distances must be finite and not negative
        ``            | steps      | {"step":0,"longest":5} | usual step of a history must be positive
        ``            | steps      | {"step":6,"longest":5} | must be positive and at most the longest that is no gap, got 6 and 5
        /spec         | gap        | -1           | gap must be from 0 to 16777216
        /channels/0   | deviation  | 0            | must have a finite mean and positive deviations
        /channels/0   | name       | "heat"       | channels must have different names
        """)
    void aTaskThatCannotBeIsRefused(String object, String property, String value, String message) throws IOException {
        ObjectNode task = DETECTOR.model().task();
        ((ObjectNode) task.at(object)).set(property, Json.read(value, JsonNode.class, "test"));
        Model model =
                Model.of(DETECTOR.model().network(), task, DETECTOR.model().provenance());

        assertThatThrownBy(() -> AnomalyDetector.of(model, "m.carousel"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aModelOfBeforeThatSaysNothingOfGapsHasNone() throws IOException {
        AnomalyDetector timed =
                AnomalyExamples.timed(AnomalyExamples.spec().gap(4).build());
        ObjectNode task = timed.model().task();
        AnomalyDetector read = AnomalyDetector.of(timed.model(), "m.carousel");
        task.remove("steps");
        ((ObjectNode) task.get("spec")).remove("gap");
        AnomalyDetector before = AnomalyDetector.of(
                Model.of(timed.model().network(), task, timed.model().provenance()), "m.carousel");

        assertThat(read.encoding()).isEqualTo(timed.encoding());
        assertThat(read.encoding().steps()).isEqualTo(new UsualSteps(1000, 4000));
        assertThat(before.encoding().steps()).isNull();
        assertThat(before.spec().gap()).isNull();
        assertThat(before.model().task()).isEqualTo(AnomalyDetector.task(before.encoding()));
    }

    @Test
    void statesReadBackEqualAndAnyDamageIsFound() {
        DetectorSession session = DETECTOR.session();
        session.step(1, new double[] {100, 40});
        byte[] bytes = DetectorStates.of(DETECTOR, Map.of("n\u00f6rd", session)).toBytes();

        assertThat(DetectorStates.fromBytes(bytes)
                        .sessions(DETECTOR)
                        .get("n\u00f6rd")
                        .state())
                .isEqualTo(session.state());
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 4;
            byte[] cut = Arrays.copyOf(bytes, i);
            assertThatThrownBy(() -> DetectorStates.fromBytes(damaged))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("bytes of a detector's states must");
            assertThatThrownBy(() -> DetectorStates.fromBytes(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
