package io.carousel.benchmarks.ledger;

import io.carousel.autograd.GradientSum;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.ShardGradient;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.benchmarks.side.Numbers;
import io.carousel.benchmarks.side.Work;
import io.carousel.benchmarks.side.Workload;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Direction;
import io.carousel.layer.Flow;
import io.carousel.layer.Layer;
import io.carousel.layer.LayerContext;
import io.carousel.layer.RecurrentSpec;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A recurrent layer forward and backward, with the gradients of weights and inputs, its weights packed anew in every step as
 * after an update.
 *
 * <p>With several threads the batch is cut into as many shards, one for each worker, and their gradients are added. {@code
 * train} has sequences of one length T; {@code ragged} is bidirectional with lengths uniform in S to T.
 */
final class TrainWork implements Work {
    private static final String NAME = "encoder";

    private final Layer layer;
    private final Parameters parameters;
    private final BatchLayout layout;
    private final float[] input;
    private final float[] slope;
    private final Kernels kernels = Kernels.best();
    private final Crew crew;
    private final List<Shard> shards = new ArrayList<>();
    private final GradientSum sum;
    private final ShardGradient[] gradients;

    TrainWork(Workload workload, int threads) {
        int features = workload.size("F");
        int hiddenSize = workload.size("H");
        int batch = workload.size("B");
        boolean ragged = workload.kind().equals("ragged");
        int[] lengths = ragged
                ? Numbers.lengths(batch, workload.size("S"), workload.size("T"))
                : Numbers.lengths(batch, workload.size("T"), workload.size("T"));
        layer = RecurrentSpec.of(NAME, workload.subject(), List.of(hiddenSize))
                .withDirection(ragged ? Direction.BIDIRECTIONAL : Direction.FORWARD)
                .layer(features);
        parameters = Parameters.of(layer.parameters());
        for (Parameter parameter : parameters.list()) {
            int size = parameter.shape().size();
            float[] values = Numbers.weight(local(parameter), size, hiddenSize);
            System.arraycopy(values, 0, parameters.values(), parameter.offset(), size);
        }
        layout = BatchLayout.of(lengths);
        input = Numbers.uniform("input", layout.rows() * features, 1);
        slope = Numbers.uniform("slope", layout.rows() * layer.outputSize(), 0.5);
        crew = new Crew(threads);
        sum = new GradientSum(parameters, kernels);
        for (int s = 0; s < threads; s++) {
            int first = s;
            shards.add(new Shard(IntStream.range(0, batch)
                    .filter(index -> index % threads == first)
                    .toArray()));
        }
        gradients = shards.stream().map(shard -> shard.gradient).toArray(ShardGradient[]::new);
    }

    /** The name that PyTorch has for it. */
    private static String local(Parameter parameter) {
        return parameter.name().substring(NAME.length() + 1);
    }

    /** What {@code train.Trainer} does in a step, but for the loss and the update. */
    @Override
    public void run() {
        parameters.changed();
        crew.forEach(parameters.packedForms(), form -> parameters.pack(form, kernels));
        crew.forEach(shards.size(), shard -> shards.get(shard).run());
        crew.forEach(sum.blocks(), block -> sum.block(block).add(gradients, gradients.length, true, true));
    }

    @Override
    public Map<String, float[]> results() {
        run();
        float[] output = new float[slope.length];
        float[] inputGradient = new float[input.length];
        for (Shard shard : shards) {
            shard.scatter(shard.outputs.value(), output);
            shard.scatter(shard.inputs.gradient(), inputGradient);
        }
        Map<String, float[]> results = new LinkedHashMap<>();
        results.put("output", output);
        results.put("gradient of input", inputGradient);
        for (Parameter parameter : parameters.list()) {
            int from = parameter.offset();
            results.put(
                    "gradient of " + local(parameter),
                    Arrays.copyOfRange(
                            sum.total(), from, from + parameter.shape().size()));
        }
        return results;
    }

    @Override
    public void close() {
        crew.close();
    }

    /** Some of the sequences, and the worker's tape and gradient. */
    private final class Shard {
        private final int[] rows;
        private final BatchLayout own;
        private final Tensor x;
        private final Tensor dy;
        private final Tape tape = new Tape(kernels, new Workspace());
        private final ShardGradient gradient = sum.shard();
        private Variable inputs;
        private Variable outputs;

        /** Of the sequences with these indices, the longest first. */
        Shard(int[] indices) {
            int[] lengths = new int[indices.length];
            for (int i = 0; i < lengths.length; i++) {
                lengths[i] = layout.length(layout.position(indices[i]));
            }
            own = BatchLayout.of(lengths);
            rows = new int[own.rows()];
            for (int i = 0; i < indices.length; i++) {
                for (int t = 0; t < lengths[i]; t++) {
                    rows[own.row(i, t)] = layout.row(indices[i], t);
                }
            }
            x = gather(input);
            dy = gather(slope);
            inputs = tape.constant(x);
            outputs = inputs;
        }

        void run() {
            tape.begin(gradient);
            inputs = tape.variable(x);
            LayerContext context = new LayerContext(tape, parameters, null, new HashMap<>(), null);
            Variable rowsOut = layer.forward(new Flow(inputs, own), context).rows();
            outputs = rowsOut;
            Variable loss = tape.record(
                    tape.workspace().zeros(1),
                    one -> {
                        Tensor target = rowsOut.gradient();
                        kernels.add(dy.size(), dy.data(), dy.offset(), target.data(), target.offset());
                    },
                    rowsOut);
            tape.backward(loss);
        }

        private Tensor gather(float[] all) {
            int width = all.length / layout.rows();
            float[] gathered = new float[rows.length * width];
            for (int row = 0; row < rows.length; row++) {
                System.arraycopy(all, rows[row] * width, gathered, row * width, width);
            }
            return Tensor.of(Shape.of(rows.length, width), gathered);
        }

        void scatter(Tensor from, float[] all) {
            int width = all.length / layout.rows();
            for (int row = 0; row < rows.length; row++) {
                System.arraycopy(from.data(), from.offset() + row * width, all, rows[row] * width, width);
            }
        }
    }
}
