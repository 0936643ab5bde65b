package io.carousel.benchmarks.peer;

import io.carousel.benchmarks.side.Numbers;
import io.carousel.benchmarks.side.Side;
import io.carousel.benchmarks.side.SideLoop;
import io.carousel.benchmarks.side.Work;
import io.carousel.benchmarks.side.Workload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Deeplearning4j as a side of the ledger; its argument is the number of threads. */
final class Dl4jSide implements Side {
    private static final int EVENTS = 64;

    /** DL4J's gates in its order candidate, forget, output, input, as places in i, f, g, o. */
    private static final int[] GATES = {2, 1, 3, 0};

    private final int threads;

    private Dl4jSide(int threads) {
        this.threads = threads;
    }

    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[0]);
        Nd4j.getExecutioner();
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        SideLoop.serve(new Dl4jSide(threads));
    }

    @Override
    public Map<String, String> about() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", String.valueOf(MultiLayerNetwork.class.getPackage().getImplementationVersion()));
        facts.put("backend", Nd4j.getBackend().getClass().getSimpleName());
        facts.put("threads", String.valueOf(threads));
        return facts;
    }

    @Override
    public Work prepare(Workload workload) {
        if (!workload.subject().equals("lstm")) {
            throw new UnsupportedOperationException("has no cell " + workload.subject());
        }
        return switch (workload.kind()) {
            case "train" -> new Training(workload);
            case "step" -> new Stepping(workload);
            default -> throw new UnsupportedOperationException("has no " + workload.kind());
        };
    }

    private static MultiLayerNetwork network(Workload workload) {
        int features = workload.size("F");
        int hiddenSize = workload.size("H");
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .list()
                .layer(new LSTM.Builder()
                        .nIn(features)
                        .nOut(hiddenSize)
                        .activation(Activation.TANH)
                        .gateActivationFunction(Activation.SIGMOID)
                        .build())
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        network.setParam("0_W", transposed("weight_ih_l0", features, hiddenSize));
        network.setParam("0_RW", transposed("weight_hh_l0", hiddenSize, hiddenSize));
        float[] input = gates("bias_ih_l0", 1, hiddenSize);
        float[] recurrent = gates("bias_hh_l0", 1, hiddenSize);
        for (int i = 0; i < input.length; i++) {
            input[i] += recurrent[i];
        }
        network.setParam("0_b", Nd4j.create(input, new int[] {1, input.length}));
        return network;
    }

    private static float[] gates(String name, int columns, int hiddenSize) {
        int block = columns * hiddenSize;
        float[] ours = Numbers.weight(name, 4 * block, hiddenSize);
        float[] theirs = new float[4 * block];
        for (int gate = 0; gate < 4; gate++) {
            System.arraycopy(ours, GATES[gate] * block, theirs, gate * block, block);
        }
        return theirs;
    }

    private static INDArray transposed(String name, int columns, int hiddenSize) {
        return Nd4j.create(gates(name, columns, hiddenSize), new int[] {4 * hiddenSize, columns})
                .transpose();
    }

    /** {@code rnnTimeStep}. */
    private static final class Stepping implements Work {
        private final MultiLayerNetwork network;
        private final INDArray[] events = new INDArray[EVENTS];
        private final int hiddenSize;
        private int next;

        Stepping(Workload workload) {
            network = network(workload);
            int features = workload.size("F");
            hiddenSize = workload.size("H");
            float[] inputs = Numbers.uniform("input", EVENTS * features, 1);
            for (int i = 0; i < EVENTS; i++) {
                float[] event = new float[features];
                System.arraycopy(inputs, i * features, event, 0, features);
                events[i] = Nd4j.create(event, new int[] {1, features});
            }
        }

        private float[] step() {
            INDArray output = network.rnnTimeStep(events[next]);
            next = (next + 1) % EVENTS;
            return output.toFloatVector();
        }

        @Override
        public void run() {
            step();
        }

        @Override
        public Map<String, float[]> results() {
            float[] outputs = new float[EVENTS * hiddenSize];
            for (int i = 0; i < EVENTS; i++) {
                System.arraycopy(step(), 0, outputs, i * hiddenSize, hiddenSize);
            }
            return Map.of("output", outputs);
        }
    }

    /** The layer forward and backward, with the gradients of weights and inputs. */
    private static final class Training implements Work {
        private final MultiLayerNetwork network;
        private final int features;
        private final int hiddenSize;
        private final INDArray input;
        private final INDArray slope;

        Training(Workload workload) {
            network = network(workload);
            features = workload.size("F");
            hiddenSize = workload.size("H");
            int steps = workload.size("T");
            int batch = workload.size("B");
            input = batchFirst(Numbers.uniform("input", steps * batch * features, 1), steps, batch, features);
            slope = batchFirst(Numbers.uniform("slope", steps * batch * hiddenSize, 0.5), steps, batch, hiddenSize);
        }

        /** From {@code [T, B, width]} to {@code [B, width, T]}. */
        private static INDArray batchFirst(float[] values, int steps, int batch, int width) {
            return Nd4j.create(values, new int[] {steps, batch, width})
                    .permute(1, 2, 0)
                    .dup('f');
        }

        private static float[] timeFirst(INDArray array) {
            return array.permute(2, 0, 1).dup('c').reshape(array.length()).toFloatVector();
        }

        private INDArray forward() {
            network.setInput(input);
            return network.feedForward(true, false).get(1);
        }

        private Pair<Gradient, INDArray> backward() {
            return network.backpropGradient(slope, null);
        }

        @Override
        public void run() {
            forward();
            backward();
        }

        @Override
        public Map<String, float[]> results() {
            Map<String, float[]> results = new LinkedHashMap<>();
            results.put("output", timeFirst(forward()));
            Pair<Gradient, INDArray> gradients = backward();
            results.put("gradient of input", timeFirst(gradients.getSecond()));
            Map<String, INDArray> weights = gradients.getFirst().gradientForVariable();
            results.put("gradient of weight_ih_l0", ours(weights.get("0_W"), features));
            results.put("gradient of weight_hh_l0", ours(weights.get("0_RW"), hiddenSize));
            results.put("gradient of bias_ih_l0", ours(weights.get("0_b"), 1));
            results.put("gradient of bias_hh_l0", ours(weights.get("0_b"), 1));
            return results;
        }

        private float[] ours(INDArray gradient, int columns) {
            float[] theirs = gradient.reshape(columns, 4L * hiddenSize)
                    .transpose()
                    .dup('c')
                    .reshape(gradient.length())
                    .toFloatVector();
            float[] ours = new float[theirs.length];
            int block = columns * hiddenSize;
            for (int gate = 0; gate < 4; gate++) {
                System.arraycopy(theirs, gate * block, ours, GATES[gate] * block, block);
            }
            return ours;
        }
    }
}
