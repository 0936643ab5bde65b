package io.carousel.benchmarks.peer;

import io.carousel.benchmarks.side.Numbers;
import io.carousel.benchmarks.side.Work;
import io.carousel.benchmarks.side.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * {@code torch.nn.LSTM} or {@code GRU} forward and backward, with the gradients of weights and inputs; ragged batches are
 * packed sequences, packed beforehand.
 */
final class LibtorchTraining implements Work {
    private final boolean lstm;
    private final boolean ragged;
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final TensorVector parameters;
    private final TensorVector state;
    private final Tensor initial;
    private final Tensor input;
    private final TensorVector wanted;
    private final TensorVector slopes;
    private Tensor batchSizes;

    LibtorchTraining(Workload workload) {
        int features = workload.size("F");
        int hiddenSize = workload.size("H");
        int batch = workload.size("B");
        int steps = workload.size("T");
        lstm = workload.subject().equals("lstm");
        ragged = workload.kind().equals("ragged");
        if (!lstm && !workload.subject().equals("gru")) {
            throw new UnsupportedOperationException("has no cell " + workload.subject());
        }
        int directions = ragged ? 2 : 1;
        LibtorchSide.addWeights(workload, "_l0", weights);
        if (ragged) {
            LibtorchSide.addWeights(workload, "_l0_reverse", weights);
        }
        parameters = LibtorchSide.vector(weights.values());
        initial = torch.zeros(directions, batch, hiddenSize);
        state = LibtorchSide.vector(List.of(initial, torch.zeros(directions, batch, hiddenSize)));
        if (ragged) {
            long[] alive = alive(Numbers.lengths(batch, workload.size("S"), steps), steps);
            long rows = 0;
            for (long each : alive) {
                rows += each;
            }
            batchSizes = LibtorchSide.tensor(alive, steps);
            input = LibtorchSide.tensor(Numbers.uniform("input", (int) rows * features, 1), rows, features);
            slopes = slopes(rows, 2L * hiddenSize);
        } else {
            input = LibtorchSide.tensor(
                    Numbers.uniform("input", steps * batch * features, 1), steps, batch, features);
            slopes = slopes(steps, batch, hiddenSize);
        }
        input.set_requires_grad(true);
        List<Tensor> leaves = new ArrayList<>(weights.values());
        leaves.add(input);
        wanted = LibtorchSide.vector(leaves);
    }

    /** The number of sequences that have each time step. */
    private static long[] alive(int[] lengths, int steps) {
        int longest = 0;
        for (int length : lengths) {
            longest = Math.max(longest, length);
        }
        long[] alive = new long[Math.min(steps, longest)];
        for (int length : lengths) {
            for (int t = 0; t < length; t++) {
                alive[t]++;
            }
        }
        return alive;
    }

    private static TensorVector slopes(long... shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        return LibtorchSide.vector(
                List.of(LibtorchSide.tensor(Numbers.uniform("slope", (int) count, 0.5), shape)));
    }

    private Tensor forward() {
        if (ragged) {
            return lstm
                    ? torch.lstm(input, batchSizes, state, parameters, true, 1, 0, true, true).get0()
                    : torch.gru(input, batchSizes, initial, parameters, true, 1, 0, true, true).get0();
        }
        return lstm
                ? torch.lstm(input, state, parameters, true, 1, 0, true, false, false).get0()
                : torch.gru(input, initial, parameters, true, 1, 0, true, false, false).get0();
    }

    private TensorVector backward(Tensor output) {
        TensorVector outputs = new TensorVector();
        outputs.push_back(output);
        return torch.grad(outputs, wanted, slopes, new org.bytedeco.pytorch.BoolOptional(), false, false);
    }

    @Override
    public void run() {
        try (PointerScope scope = new PointerScope()) {
            backward(forward());
        }
    }

    @Override
    public Map<String, float[]> results() {
        try (PointerScope scope = new PointerScope()) {
            Map<String, float[]> results = new LinkedHashMap<>();
            Tensor output = forward();
            results.put("output", LibtorchSide.floats(output));
            TensorVector gradients = backward(output);
            int index = 0;
            for (String name : weights.keySet()) {
                results.put("gradient of " + name, LibtorchSide.floats(gradients.get(index++)));
            }
            results.put("gradient of input", LibtorchSide.floats(gradients.get(index)));
            return results;
        }
    }
}
