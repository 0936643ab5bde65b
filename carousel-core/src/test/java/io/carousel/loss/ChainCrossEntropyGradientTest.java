package io.carousel.loss;

import static io.carousel.autograd.Gradients.centralDifferences;
import static io.carousel.autograd.Gradients.differencesError;
import static io.carousel.autograd.Gradients.largest;
import static io.carousel.autograd.Gradients.normal;
import static io.carousel.autograd.Gradients.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import io.carousel.text.TagScheme;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every transition, start, end and emission, against a {@code double} reference that looks at every path. */
class ChainCrossEntropyGradientTest {
    private static final BatchLayout LAYOUT = BatchLayout.of(2, 0, 4, 1);

    @ParameterizedTest
    @CsvSource({"3, 1, NONE", "4, 3, NONE", "3, 1, IOB2", "3, 2, IOB1", "1, 1, NONE"})
    void everyDerivativeIsThatOfTheReference(int tags, double scale, TagScheme scheme) {
        Rng rng = Rng.of(5);
        Parameters parameters = Chains.parameters(tags, scale, rng);
        float[] x = normal(rng, LAYOUT.rows() * tags, scale);
        ChainRules rules = scheme == TagScheme.NONE ? null : ChainRules.of(scheme, List.of("O", "B-A", "I-A"));
        int[] path = path(tags, rules, rng);
        float[] gradient = new float[parameters.size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        Variable emissions = tape.variable(Tensor.of(Shape.of(LAYOUT.rows(), tags), x));
        Variable loss = ChainCrossEntropy.apply(tape, emissions, LAYOUT, Chains.weights(parameters), path, rules);
        tape.backward(Operations.scale(tape, loss, 3));

        double[] point = join(toDouble(parameters.values()), toDouble(x));
        double[] expected = centralDifferences(p -> 3 * reference(p, tags, path, rules), point);
        double[] actual = join(toDouble(gradient), toDouble(emissions.gradient().toArray()));
        int rows = LAYOUT.rows();
        double forward = Chains.bound(rows, tags, largest(point));
        double bound = 3 * (forward + rows * rows * 0x1p-24)
                + differencesError(
                        p -> 3 * reference(p, tags, path, rules),
                        point,
                        expected,
                        rows * 3 + 100,
                        3 * 2 * rows * 3 * Math.max(1, largest(point)));
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("element %d of %d", i, expected.length).isCloseTo(expected[i], within(bound));
        }
        double value = reference(point, tags, path, rules);
        assertThat((double) loss.value().at()).isCloseTo(value, within(forward + value * 0x1p-24));
    }

    /** Tags that the rules allow, in the rows of the batch. */
    private static int[] path(int tags, @Nullable ChainRules rules, Rng rng) {
        int[] path = new int[LAYOUT.rows()];
        for (int index = 0; index < LAYOUT.sequences(); index++) {
            List<int[]> all = Chains.paths(LAYOUT.length(LAYOUT.position(index)), tags, rules);
            int[] one = all.get(rng.nextInt(all.size()));
            for (int t = 0; t < one.length; t++) {
                path[LAYOUT.row(index, t)] = one[t];
            }
        }
        return path;
    }

    private static double reference(double[] p, int tags, int[] path, @Nullable ChainRules rules) {
        double loss = 0;
        for (int index = 0; index < LAYOUT.sequences(); index++) {
            int[] wanted = new int[LAYOUT.length(LAYOUT.position(index))];
            for (int t = 0; t < wanted.length; t++) {
                wanted[t] = path[LAYOUT.row(index, t)];
            }
            double sum = 0;
            for (int[] each : Chains.paths(wanted.length, tags, rules)) {
                sum += StrictMath.exp(score(p, tags, index, each));
            }
            loss += StrictMath.log(sum) - score(p, tags, index, wanted);
        }
        return loss;
    }

    private static double score(double[] p, int tags, int index, int[] path) {
        double score = 0;
        for (int t = 0; t < path.length; t++) {
            score += t == 0 ? p[tags * tags + path[0]] : p[path[t - 1] * tags + path[t]];
            score += p[tags * (tags + 2) + LAYOUT.row(index, t) * tags + path[t]];
            score += t == path.length - 1 ? p[tags * (tags + 1) + path[t]] : 0;
        }
        return score;
    }

    private static double[] join(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
