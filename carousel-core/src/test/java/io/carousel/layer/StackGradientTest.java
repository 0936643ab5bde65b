package io.carousel.layer;

import static io.carousel.autograd.Gradients.bound;
import static io.carousel.autograd.Gradients.centralDifferences;
import static io.carousel.autograd.Gradients.differencesError;
import static io.carousel.autograd.Gradients.largest;
import static io.carousel.autograd.Gradients.normal;
import static io.carousel.autograd.Gradients.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Gradients;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every weight and input of recurrent stacks over ragged sequences, against a {@code double} reference. */
class StackGradientTest {
    private static final int FEATURES = 3;
    private static final int[] LENGTHS = {4, 0, 1, 5};

    static Stream<RecurrentSpec> specs() {
        RecurrentSpec stack = RecurrentSpec.of("encoder", "lstm", List.of(4, 3));
        RecurrentSpec even = RecurrentSpec.of("encoder", "gru", List.of(3, 3, 3));
        RecurrentSpec both = stack.withDirection(Direction.BIDIRECTIONAL);
        return Stream.of(
                stack,
                stack.withDirection(Direction.BACKWARD),
                both,
                both.withMerge(Merge.SUM),
                both.withMerge(Merge.AVERAGE),
                both.withMerge(Merge.MULTIPLY),
                even.withConnection(Connection.RESIDUAL),
                even.withConnection(Connection.HIGHWAY),
                even.withConnection(Connection.HIGHWAY).withDirection(Direction.BIDIRECTIONAL),
                both.withClip(Clip.ofCell(0.25)),
                RecurrentSpec.of("encoder", "peephole", List.of(4)).withClip(new Clip(0.3, 0.5)),
                RecurrentSpec.of("encoder", "coupled", List.of(4)).withClip(new Clip(0.3, 0.5)),
                RecurrentSpec.of("encoder", "lstm", List.of(4))
                        .withClip(Clip.ofActivations(0.5))
                        .withDirection(Direction.BIDIRECTIONAL),
                RecurrentSpec.of("encoder", "elman", List.of(4)).withClip(Clip.ofActivations(0.5)),
                RecurrentSpec.of("encoder", "elman-relu", List.of(4)).withClip(Clip.ofActivations(0.5)),
                RecurrentSpec.of("encoder", "gru", List.of(4)).withClip(Clip.ofActivations(0.5)),
                RecurrentSpec.of("encoder", "gru-reset-before", List.of(4)).withClip(Clip.ofActivations(0.5)),
                stack.withInitialState(InitialState.LEARNED),
                both.withInitialState(InitialState.LEARNED));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void everyWeightAndInputHasTheDerivativeOfTheReference(RecurrentSpec spec) {
        new Case(spec).check();
    }

    /** One stack; the loss is a random mix of all outputs and of all parts of the final state. */
    private static final class Case {
        private final RecurrentSpec spec;
        private final Network network;
        private final BatchLayout layout = BatchLayout.of(LENGTHS);
        private final Rng rng = Rng.of(6);
        private final float[] x = normal(rng, layout.rows() * FEATURES, 1);
        private final float[] outputMix;
        private final @Nullable State initial;
        private final Map<String, float[]> finalMix = new LinkedHashMap<>();

        Case(RecurrentSpec spec) {
            this.spec = spec;
            network = Network.create(new NetworkSpec(FEATURES, List.of(spec)), Rng.of(1));
            float[] values = network.parameters().values();
            System.arraycopy(normal(rng, values.length, 0.5), 0, values, 0, values.length);
            network.parameters().changed();
            outputMix = normal(rng, layout.rows() * network.outputSize(), 1);
            initial = spec.initialState() == InitialState.LEARNED ? null : network.initialState(LENGTHS.length);
            for (StatePart part : network.stateParts()) {
                if (initial != null) {
                    float[] first = initial.values(part.name());
                    System.arraycopy(normal(rng, first.length, 0.5), 0, first, 0, first.length);
                }
                finalMix.put(part.name(), normal(rng, LENGTHS.length * part.size(), 1));
            }
        }

        void check() {
            float[] gradient = new float[network.parameters().size()];
            Tape tape = new Tape(Kernels.best(), new Workspace());
            tape.begin(gradient);
            Variable input = tape.variable(Tensor.of(Shape.of(layout.rows(), FEATURES), x));
            Map<String, Variable> last = new LinkedHashMap<>();
            Flow output = spec.layer(FEATURES)
                    .forward(
                            new Flow(input, layout), new LayerContext(tape, network.parameters(), initial, last, null));
            Variable loss = Gradients.weightedSum(tape, output.rows(), outputMix);
            for (StatePart part : network.stateParts()) {
                Variable term = Gradients.weightedSum(tape, last.get(part.name()), finalMix.get(part.name()));
                loss = Operations.add(tape, loss, term);
            }
            tape.backward(loss);

            double[] point = join(toDouble(network.parameters().values()), toDouble(x));
            double[] actual = join(toDouble(gradient), toDouble(input.gradient().toArray()));
            double[] expected = centralDifferences(this::reference, point);
            // The longest path: every time step of every level forward and backward, each with its products (of the
            // layer
            // below, of at most 8 numbers, and of the time step before, of at most 4, each of 4 gates) and about 60
            // roundings of the gates (its own and that of a highway), then the sum over all rows.
            int roundings = 2 * (layout.steps() + 3) * (8 + 5 * 4 + 60) + layout.rows();
            double bound = bound(roundings, largest(expected))
                    + differencesError(this::reference, point, expected, roundings, size(point));
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).as("element %d of %d", i, expected.length).isCloseTo(expected[i], within(bound));
            }
            assertThat((double) loss.value().at(0)).isCloseTo(reference(point), within(bound));
        }

        private double reference(double[] point) {
            return terms(point).sum();
        }

        private double size(double[] point) {
            return terms(point).map(Math::abs).sum();
        }

        /** What the loss adds up. */
        private DoubleStream terms(double[] point) {
            DoubleStream.Builder terms = DoubleStream.builder();
            int inputs = network.parameters().size();
            for (int index = 0; index < LENGTHS.length; index++) {
                double[][] sequence = new double[LENGTHS[index]][];
                for (int t = 0; t < sequence.length; t++) {
                    int from = inputs + layout.row(index, t) * FEATURES;
                    sequence[t] = Arrays.copyOfRange(point, from, from + FEATURES);
                }
                ReferenceStack stack = new ReferenceStack(spec, network.parameters(), point);
                double[][] outputs = stack.run(sequence, FEATURES, initial == null ? null : initial(initial, index));
                for (int t = 0; t < sequence.length; t++) {
                    mix(terms, outputs[t], outputMix, layout.row(index, t));
                }
                for (StatePart part : network.stateParts()) {
                    mix(terms, stack.finalState().get(part.name()), finalMix.get(part.name()), index);
                }
            }
            return terms.build();
        }

        private Map<String, double[]> initial(State given, int index) {
            Map<String, double[]> parts = new LinkedHashMap<>();
            for (StatePart part : network.stateParts()) {
                double[] all = toDouble(given.values(part.name()));
                parts.put(part.name(), Arrays.copyOfRange(all, index * part.size(), (index + 1) * part.size()));
            }
            return parts;
        }

        private static void mix(DoubleStream.Builder terms, double[] values, float[] mix, int row) {
            for (int k = 0; k < values.length; k++) {
                terms.add(values[k] * mix[row * values.length + k]);
            }
        }

        private static double[] join(double[] a, double[] b) {
            double[] all = Arrays.copyOf(a, a.length + b.length);
            System.arraycopy(b, 0, all, a.length, b.length);
            return all;
        }
    }
}
