package io.carousel.task.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.layer.Pooling;
import io.carousel.task.FitOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The second promise: the same bits, for whole fits and for predictions. */
class ClassifySameBitsTest {
    private static final ExampleSet MOODS = Samples.moods(60, 1);

    private static SequenceClassifier fit(ClassifySpec spec, int threads) {
        return SequenceClassifier.fit(
                        MOODS,
                        spec,
                        Samples.quick().withEpochs(3),
                        FitOptions.defaults().withThreads(threads))
                .classifier();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aFitGivesTheSameBitsOnAnyNumberOfThreads(int threads) {
        ClassifySpec spec = Samples.small().pooling(Pooling.ATTENTION).build();
        SequenceClassifier one = fit(spec, 1);

        SequenceClassifier many = fit(spec, threads);

        assertThat(many.model().network().parameters().values())
                .isEqualTo(one.model().network().parameters().values());
        assertThat(many.encoding()).isEqualTo(one.encoding());
        assertThat(many.predict(MOODS)).isEqualTo(one.predict(MOODS));
    }

    @ParameterizedTest
    @EnumSource(Pooling.class)
    void anExampleIsTakenForTheSameAloneInAnyOrderAndByAnyKernels(Pooling pooling) {
        SequenceClassifier classifier = fit(Samples.small().pooling(pooling).build(), 1);
        List<Classification> together = classifier.predict(MOODS);

        List<Classification> alone = new ArrayList<>();
        for (Example example : MOODS.examples()) {
            alone.addAll(classifier.predict(MOODS.with(List.of(example))));
        }
        List<Example> backwards = new ArrayList<>(MOODS.examples());
        Collections.reverse(backwards);
        List<Classification> reversed = new ArrayList<>(classifier.predict(MOODS.with(backwards)));
        Collections.reverse(reversed);
        Kernels scalar = new ScalarKernels();

        assertThat(alone).isEqualTo(together);
        assertThat(reversed).isEqualTo(together);
        assertThat(classifier.predict(MOODS, scalar)).isEqualTo(together);
    }
}
