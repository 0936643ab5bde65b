package io.carousel.benchmarks.peer;

import io.carousel.benchmarks.side.Numbers;
import io.carousel.benchmarks.side.Work;
import io.carousel.benchmarks.side.Workload;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** One event at a time in inference mode: {@code torch.nn.LSTM} of one time step, or {@code LSTMCell} where that is faster. */
final class LibtorchStepping implements Work {
    private static final int EVENTS = 64;

    private final InferenceMode mode = new InferenceMode(true);
    private final float[][] events = new float[EVENTS][];
    private final float[] output;
    private final Tensor input;
    private final FloatPointer inputValues;
    private final TensorVector parameters;
    private final Tensor[] weights;
    private final TensorOptional inputBias;
    private final TensorOptional recurrentBias;
    private final int hiddenSize;
    private Tensor hidden;
    private Tensor cell;
    private boolean asCell;
    private int next;

    LibtorchStepping(Workload workload) {
        if (!workload.subject().equals("lstm")) {
            throw new UnsupportedOperationException("steps no cell " + workload.subject());
        }
        int features = workload.size("F");
        hiddenSize = workload.size("H");
        Map<String, Tensor> named = new LinkedHashMap<>();
        LibtorchSide.addWeights(workload, "_l0", named);
        named.values().forEach(weight -> weight.set_requires_grad(false));
        weights = named.values().toArray(Tensor[]::new);
        parameters = LibtorchSide.vector(named.values());
        inputBias = new TensorOptional(weights[2]);
        recurrentBias = new TensorOptional(weights[3]);
        input = torch.zeros(1, 1, features);
        inputValues = input.data_ptr_float();
        float[] inputs = Numbers.uniform("input", EVENTS * features, 1);
        for (int i = 0; i < EVENTS; i++) {
            events[i] = Arrays.copyOfRange(inputs, i * features, (i + 1) * features);
        }
        output = new float[hiddenSize];
        reset();
        chooseFaster();
    }

    private void reset() {
        hidden = asCell ? torch.zeros(1, hiddenSize) : torch.zeros(1, 1, hiddenSize);
        cell = asCell ? torch.zeros(1, hiddenSize) : torch.zeros(1, 1, hiddenSize);
        next = 0;
    }

    private void chooseFaster() {
        double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
        for (int attempt = 0; attempt < 6; attempt++) {
            asCell = attempt % 2 == 1;
            reset();
            long start = System.nanoTime();
            int calls = 0;
            do {
                run();
                calls++;
            } while (System.nanoTime() - start < 100_000_000);
            double nanos = (double) (System.nanoTime() - start) / calls;
            best[attempt % 2] = Math.min(best[attempt % 2], nanos);
        }
        asCell = best[1] < best[0];
        System.err.printf("LSTM %.1f us, LSTMCell %.1f us%n", best[0] / 1e3, best[1] / 1e3);
        reset();
    }

    @Override
    public void run() {
        Tensor oldHidden = hidden;
        Tensor oldCell = cell;
        inputValues.put(events[next]);
        next = (next + 1) % EVENTS;
        try (PointerScope scope = new PointerScope()) {
            TensorVector state = LibtorchSide.vector(List.of(hidden, cell));
            if (asCell) {
                T_TensorTensor_T made = torch.lstm_cell(
                        input.view(1, -1), state, weights[0], weights[1], inputBias, recurrentBias);
                hidden = made.get0().detach();
                cell = made.get1().detach();
            } else {
                T_TensorTensorTensor_T made = torch.lstm(input, state, parameters, true, 1, 0, false, false, false);
                hidden = made.get1().detach();
                cell = made.get2().detach();
            }
            hidden.retainReference(); // outlives the scope
            cell.retainReference(); // outlives the scope
            hidden.data_ptr_float().get(output);
        }
        oldHidden.close();
        oldCell.close();
    }

    @Override
    public Map<String, float[]> results() {
        float[] outputs = new float[EVENTS * hiddenSize];
        for (int i = 0; i < EVENTS; i++) {
            run();
            System.arraycopy(output, 0, outputs, i * hiddenSize, hiddenSize);
        }
        return Map.of("output", outputs);
    }

    @Override
    public void close() {
        mode.deallocate();
    }
}
