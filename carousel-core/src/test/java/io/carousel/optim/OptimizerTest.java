package io.carousel.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.tensor.Rng;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {
    private static final Kernels KERNELS = Kernels.best();

    static List<OptimizerSpec> specs() {
        return List.of(
                new Sgd(),
                new Sgd(0, false),
                new Sgd(0.9, true),
                new RmsProp(),
                new Adam(),
                new AdamW(),
                new Adagrad());
    }

    static List<Schedule> schedules() {
        return List.of(
                new Schedule.Constant(),
                new Schedule.Step(2, 0.5),
                new Schedule.StepAfter(4, 0.5),
                new Schedule.CosineWithWarmUp(10, 0.01),
                new Schedule.ReduceOnPlateau());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aSpecReadsBackEqual(OptimizerSpec spec) throws FormatException {
        assertThat(Json.read(Json.write(spec), OptimizerSpec.class, "test")).isEqualTo(spec);
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void aScheduleReadsBackEqual(Schedule schedule) throws FormatException {
        assertThat(Json.read(Json.write(schedule), Schedule.class, "test")).isEqualTo(schedule);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void promiseTwoAnUpdateInRangesGivesTheSameBits(OptimizerSpec spec) {
        float[] whole = new float[1000];
        float[] cut = new float[1000];
        for (float[] result : List.of(whole, cut)) {
            Rng rng = Rng.of(8);
            float[] start = normal(rng, 1000);
            Parameters parameters = OptimizerGoldenTest.parameters(start, 777);
            Optimizer optimizer = Optimizer.create(spec, 0.01, parameters);
            for (int step = 0; step < 3; step++) {
                float[] gradient = normal(rng, 1000);
                if (result == whole) {
                    KERNELS.scale(1000, 0.3f, gradient, 0);
                    optimizer.update(KERNELS, gradient, 0.1);
                } else {
                    optimizer.begin();
                    for (int[] range : new int[][] {{901, 1000}, {0, 13}, {13, 900}, {900, 901}}) {
                        optimizer.update(KERNELS, gradient, 0.3, 0.1, range[0], range[1]);
                    }
                }
            }
            System.arraycopy(parameters.values(), 0, result, 0, 1000);
        }
        assertThat(cut).isEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void weightsWithoutAGradientMayBeLeftOutWhereTheRuleSaysSo(OptimizerSpec spec) {
        float[] start = normal(Rng.of(1), 300);
        Parameters parameters = OptimizerGoldenTest.parameters(start, 250);
        Optimizer optimizer = Optimizer.create(spec, 0, parameters);
        float[] first = normal(Rng.of(2), 300);
        optimizer.update(KERNELS, first.clone(), 0.1);
        float[] weights = parameters.values().clone();
        List<float[]> slots =
                optimizer.slots().values().stream().map(float[]::clone).toList();

        optimizer.update(KERNELS, new float[300], 0.1);

        List<float[]> after = List.copyOf(optimizer.slots().values());
        boolean left = Arrays.equals(parameters.values(), weights);
        for (int i = 0; i < slots.size(); i++) {
            left &= Arrays.equals(after.get(i), slots.get(i));
        }
        assertThat(left).isEqualTo(optimizer.leavesWeightsWithoutGradient());
        assertThat(Optimizer.create(spec, 0.1, parameters).leavesWeightsWithoutGradient())
                .as("with weight decay")
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aRestoredOptimizerGoesOnWithTheSameBits(OptimizerSpec spec) {
        Parameters parameters = OptimizerGoldenTest.parameters(normal(Rng.of(1), 50), 40);
        Optimizer optimizer = Optimizer.create(spec, 0, parameters);
        optimizer.update(KERNELS, normal(Rng.of(2), 50), 0.1);
        Parameters copy = OptimizerGoldenTest.parameters(parameters.values(), 40);
        Optimizer restored = Optimizer.create(spec, 0, copy);
        restored.restore(optimizer.steps());
        optimizer
                .slots()
                .forEach((name, slot) ->
                        System.arraycopy(slot, 0, restored.slots().get(name), 0, slot.length));

        optimizer.update(KERNELS, normal(Rng.of(3), 50), 0.1);
        restored.update(KERNELS, normal(Rng.of(3), 50), 0.1);

        assertThat(copy.values()).isEqualTo(parameters.values());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void weightDecayShrinksWeightsAndLeavesBiasesAlone(OptimizerSpec spec) {
        float[] start = new float[20];
        Arrays.fill(start, 1);
        Parameters parameters = OptimizerGoldenTest.parameters(start, 12);

        Optimizer.create(spec, 0.1, parameters).update(KERNELS, new float[20], 0.01);

        for (int i = 0; i < 20; i++) {
            if (i < 12) {
                assertThat(parameters.values()[i]).isLessThan(1);
            } else {
                assertThat(parameters.values()[i]).isEqualTo(1);
            }
        }
    }

    @Test
    void defaultsAreThoseOfTheirPapers() {
        assertThat(new Sgd()).isEqualTo(new Sgd(0.9, false));
        assertThat(new RmsProp()).isEqualTo(new RmsProp(0.99, 1e-8));
        assertThat(new Adam()).isEqualTo(new Adam(0.9, 0.999, 1e-8));
        assertThat(new AdamW()).isEqualTo(new AdamW(0.9, 0.999, 1e-8));
        assertThat(new Adagrad()).isEqualTo(new Adagrad(1e-10));
        assertThat(new Schedule.ReduceOnPlateau()).isEqualTo(new Schedule.ReduceOnPlateau(0.1, 10, 1e-4, 0));
    }

    @Test
    void aWarmUpRisesInALineAndTheCosineFallsToItsLastFactor() {
        Schedule schedule = new Schedule.CosineWithWarmUp(4, 0.2);
        assertThat(schedule.factor(0, 10, 104, Plateau.START)).isEqualTo(0.25);
        assertThat(schedule.factor(3, 10, 104, Plateau.START)).isEqualTo(1);
        assertThat(schedule.factor(4, 10, 104, Plateau.START)).isEqualTo(1);
        assertThat(schedule.factor(54, 10, 104, Plateau.START)).isCloseTo(0.6, within(1e-15));
        assertThat(schedule.factor(104, 10, 104, Plateau.START)).isCloseTo(0.2, within(1e-15));
    }

    @Test
    void theNormOfAnExplodedGradientIsStillANumber() {
        float[] gradient = new float[10_000];
        gradient[9_999] = 8.1e19f;
        assertThat(Math.sqrt(Clipping.squares(KERNELS, gradient, 0, 10_000))).isEqualTo(8.1e19f);
        gradient[0] = Float.NaN;
        assertThat(Clipping.squares(KERNELS, gradient, 0, 10_000)).isNaN();
        gradient[0] = Float.NEGATIVE_INFINITY;
        assertThat(Clipping.squares(KERNELS, gradient, 0, 10_000)).isInfinite();
    }

    @Test
    void errorsSayWhatToDo() {
        assertThatThrownBy(() -> new Sgd(1, false)).hasMessage("momentum must be at least 0 and less than 1, got 1.0");
        assertThatThrownBy(() -> new Sgd(0, true))
                .hasMessage("momentum must be positive for Nesterov's, got 0.0; give a momentum such as 0.9");
        assertThatThrownBy(() -> new Adam(0.9, 0.999, 0)).hasMessage("epsilon must be positive and finite, got 0.0");
        assertThatThrownBy(
                        () -> Optimizer.create(new Adam(), Double.NaN, OptimizerGoldenTest.parameters(new float[2], 1)))
                .hasMessage("weight decay must be finite and not negative, got NaN; 0 is none");
    }

    private static float[] normal(Rng rng, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) rng.nextGaussian();
        }
        return numbers;
    }
}
