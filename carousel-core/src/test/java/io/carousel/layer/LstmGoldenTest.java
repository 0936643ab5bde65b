package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import io.carousel.autograd.Gradients;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.Cells;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.loss.Losses;
import io.carousel.loss.SquaredLoss;
import io.carousel.optim.Adam;
import io.carousel.optim.Optimizer;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A stacked LSTM on ragged batches against PyTorch in double precision: {@code tools/golden/lstm.py}. */
class LstmGoldenTest {

    private final JsonNode golden = Golden.read("lstm.json");
    private final JsonNode batchNumbers = golden.get("batch");
    private final int features = golden.get("features").intValue();
    private final int hidden = golden.get("hidden").intValue();
    private final int layers = golden.get("layers").intValue();
    private final int[] lengths = Arrays.stream(Golden.doubles(golden.get("lengths")))
            .mapToInt(n -> (int) n)
            .toArray();
    private final BatchLayout layout = BatchLayout.of(lengths);
    private final Network network = network();

    /**
     * The roundings on the longest path: forward and backward through every time step of every layer, each with the terms
     * of its products and about 40 roundings of the gates, then the sum over all rows.
     */
    private final int roundings = 2 * (layout.steps() + layers - 1) * (features + 5 * hidden + 40) + layout.rows();

    private Network network() {
        NetworkSpec spec = new NetworkSpec(
                features,
                List.of(
                        RecurrentSpec.of("encoder", "lstm", List.of(hidden, hidden)),
                        new LastStepSpec(),
                        new DenseSpec("head", 1)));
        Network made = Network.create(spec, Rng.of(1));
        for (Parameter parameter : made.parameters().list()) {
            JsonNode weight = golden.get("weights").get(parameter.name());
            float[] values = Golden.floats(weight.get("values"));
            assertThat(Shape.of(ints(weight.get("shape")))).isEqualTo(parameter.shape());
            System.arraycopy(values, 0, made.parameters().values(), parameter.offset(), values.length);
        }
        made.parameters().changed();
        assertThat(made.parameters().list()).hasSize(golden.get("weights").size());
        return made;
    }

    @Test
    void outputsFinalStatesAndEveryGradientAreThoseOfPyTorch() {
        Parameters parameters = network.parameters();
        float[] gradient = new float[parameters.size()];
        Tape tape = new Tape(Kernels.best(), new Workspace());
        tape.begin(gradient);
        Variable input = tape.variable(batch().values());
        List<Variable> initialHidden = states(tape, "initialHidden");
        List<Variable> initialCell = states(tape, "initialCell");
        List<Recurrent.Result> results = new ArrayList<>();
        Flow flow = new Flow(input, layout);
        for (int layer = 0; layer < layers; layer++) {
            int width = layer == 0 ? features : hidden;
            Recurrent.Result result = Recurrent.run(
                    Cells.create("lstm", width, hidden),
                    weights(layer),
                    tape,
                    flow,
                    List.of(initialHidden.get(layer), initialCell.get(layer)));
            results.add(result);
            flow = new Flow(result.outputs(), layout);
        }
        Variable sum = Gradients.weightedSum(tape, flow.rows(), rows("outputFactors", hidden));
        for (int layer = 0; layer < layers; layer++) {
            List<Variable> last = results.get(layer).finalState();
            sum = Operations.add(tape, sum, Gradients.weightedSum(tape, last.get(0), part("hiddenFactors", layer)));
            sum = Operations.add(tape, sum, Gradients.weightedSum(tape, last.get(1), part("cellFactors", layer)));
        }
        tape.backward(sum);

        check("outputs", flow.rows().value().toArray(), rows("outputs", hidden));
        check("value", sum.value().toArray(), new float[] {
            batchNumbers.get("value").floatValue()
        });
        for (int layer = 0; layer < layers; layer++) {
            List<Variable> last = results.get(layer).finalState();
            check("final hidden " + layer, last.get(0).value().toArray(), part("finalHidden", layer));
            check("final cell " + layer, last.get(1).value().toArray(), part("finalCell", layer));
            float[] hiddenGradient = initialHidden.get(layer).gradient().toArray();
            check("initial hidden gradient " + layer, hiddenGradient, part("initialHiddenGradient", layer));
            float[] cellGradient = initialCell.get(layer).gradient().toArray();
            check("initial cell gradient " + layer, cellGradient, part("initialCellGradient", layer));
        }
        check("input gradients", input.gradient().toArray(), rows("inputGradients", features));
        JsonNode weightGradients = batchNumbers.get("weightGradients");
        assertThat(weightGradients.size()).isEqualTo(4 * layers);
        for (String name : weightGradients.propertyNames()) {
            Parameter parameter = parameters.get(name);
            Tensor actual = new Tensor(parameter.shape(), gradient, parameter.offset());
            check("gradient of " + name, actual.toArray(), Golden.floats(weightGradients.get(name)));
        }
    }

    /**
     * Losses and weights of ten steps of Adam. A gradient is off by at most {@code bound}; the script gives by how much a
     * weight, and a loss, can move when all gradients before are off by one. The factor 2 is for what moved weights change
     * in later gradients.
     */
    @Test
    void tenTrainingStepsAreThoseOfPyTorch() {
        JsonNode training = golden.get("training");
        double bound =
                2 * Gradients.bound(roundings, training.get("largestGradient").doubleValue());
        Parameters parameters = network.parameters();
        Optimizer optimizer =
                Optimizer.create(new Adam(0.9, 0.999, training.get("epsilon").doubleValue()), 0, parameters);
        Tensor targets = Tensor.of(Shape.of(lengths.length, 1), Golden.floats(training.get("targets")));
        double[] losses = Golden.doubles(training.get("losses"));
        double[] lossSensitivity = Golden.doubles(training.get("lossSensitivity"));
        Tape tape = new Tape(Kernels.best(), new Workspace());
        float[] gradient = new float[parameters.size()];
        for (int step = 0; step < training.get("steps").intValue(); step++) {
            Arrays.fill(gradient, 0);
            tape.begin(gradient);
            NetworkOutput output = network.forward(tape, batch(), null, null);
            Variable sum = Losses.apply(tape, new SquaredLoss(), output.rows(), targets);
            tape.backward(sum);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] /= lengths.length;
            }
            assertThat((double) sum.value().at() / lengths.length)
                    .as("loss of step %d", step)
                    .isCloseTo(losses[step], within(bound + bound * lossSensitivity[step]));
            optimizer.update(
                    Kernels.best(), gradient, training.get("learningRate").doubleValue());
        }
        double sumOfBounds = 0;
        double moved = 0;
        for (Parameter parameter : parameters.list()) {
            float[] actual = parameter.tensor().toArray();
            double[] expected =
                    Golden.doubles(training.get("weights").get(parameter.name()).get("values"));
            double[] sensitivity = Golden.doubles(training.get("sensitivity").get(parameter.name()));
            double[] before =
                    Golden.doubles(golden.get("weights").get(parameter.name()).get("values"));
            // Each step rounds the update, about ten times, and the weight.
            for (int i = 0; i < expected.length; i++) {
                double own = Gradients.bound(10 * losses.length, expected[i]);
                double allowed = bound * sensitivity[i] + own;
                assertThat((double) actual[i])
                        .as("weight %d of %s", i, parameter.name())
                        .isCloseTo(expected[i], within(allowed));
                sumOfBounds += allowed;
                moved += Math.abs(expected[i] - before[i]);
            }
        }
        assertThat(sumOfBounds).as("bounds that would notice a step left out").isLessThan(moved / losses.length);
    }

    private List<Parameter> weights(int layer) {
        List<Parameter> weights = new ArrayList<>();
        for (String name : List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh")) {
            weights.add(network.parameters().get("encoder." + name + "_l" + layer));
        }
        return weights;
    }

    private SequenceBatch batch() {
        return new SequenceBatch(
                layout, Tensor.of(Shape.of(layout.rows(), features), rowsOf(golden.get("inputs"), features)));
    }

    /** One variable {@code [B, H]} for each layer. */
    private List<Variable> states(Tape tape, String name) {
        List<Variable> states = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            states.add(tape.variable(Tensor.of(Shape.of(lengths.length, hidden), part(name, layer))));
        }
        return states;
    }

    /** The numbers of one layer from {@code [layers, B, H]}. */
    private float[] part(String name, int layer) {
        int size = lengths.length * hidden;
        return Arrays.copyOfRange(Golden.floats(batchNumbers.get(name)), layer * size, (layer + 1) * size);
    }

    private float[] rows(String name, int width) {
        return rowsOf(batchNumbers.get(name), width);
    }

    /** Sequences {@code [T, width]} in the caller's order, as the rows of the layout. */
    private float[] rowsOf(JsonNode sequences, int width) {
        float[] rows = new float[layout.rows() * width];
        for (int index = 0; index < lengths.length; index++) {
            float[] sequence = Golden.floats(sequences.get(index));
            for (int t = 0; t < lengths[index]; t++) {
                System.arraycopy(sequence, t * width, rows, layout.row(index, t) * width, width);
            }
        }
        return rows;
    }

    private void check(String what, float[] actual, float[] expected) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        double bound = Gradients.bound(roundings, Gradients.largest(Gradients.toDouble(expected)));
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).as("%s, element %d", what, i).isCloseTo(expected[i], within(bound));
        }
    }

    private static int[] ints(JsonNode array) {
        return Arrays.stream(Golden.doubles(array)).mapToInt(n -> (int) n).toArray();
    }
}
