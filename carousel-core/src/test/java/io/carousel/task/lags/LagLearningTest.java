package io.carousel.task.lags;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cheapest of the problems are solved in no more sequences than the LSTM of 1997 needed; all of them: docs/lags.md. */
class LagLearningTest {
    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(new EmbeddedReberTask(), 5),
                Arguments.of(new SecondSymbolTask(50, 50), 5),
                Arguments.of(new TwoSequenceTask(TwoSequenceTask.Variant.NOISE, 100, 3), 26),
                Arguments.of(new TemporalOrderTask(2), 26));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void anLstmSolvesItInNoMoreSequencesThanIn1997(LagTask task, int errors) {
        LagResult result = new LagTraining(task, "lstm", LagSettings.of(task), 1, 1).run();

        assertThat(result.solved()).as("%s", result).isTrue();
        assertThat(result.sequences()).isLessThanOrEqualTo(result.paperSequences());
        assertThat(result.errors()).isLessThanOrEqualTo(errors);
    }
}
