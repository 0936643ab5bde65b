package io.carousel.benchmarks.peer;

import io.carousel.benchmarks.side.Numbers;
import io.carousel.benchmarks.side.Work;
import io.carousel.benchmarks.side.Workload;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A word model at its training, as in PyTorch's example: embedding, stacked LSTMs, output layer with cross-entropy, clipping by
 * norm, gradient descent; the state is carried on.
 */
final class LibtorchWords implements Work {
    private static final double RATE = 0.5;
    private static final double CLIP_NORM = 5;

    private final int layers;
    private final int vocabulary;
    private final int hiddenSize;
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final TensorVector all;
    private final TensorVector recurrent;
    private final SGD optimizer;
    private final Tensor[] inputs;
    private final Tensor[] targets;
    private final TensorOptional bias;
    private final int batch;
    private Tensor hidden;
    private Tensor cell;
    private int next;

    LibtorchWords(Workload workload) {
        layers = workload.size("L");
        vocabulary = workload.size("V");
        hiddenSize = workload.size("H");
        batch = workload.size("B");
        int steps = workload.size("T");
        add("embedding.weight", vocabulary, hiddenSize);
        for (int layer = 0; layer < layers; layer++) {
            add("lstm.weight_ih_l" + layer, 4L * hiddenSize, hiddenSize);
            add("lstm.weight_hh_l" + layer, 4L * hiddenSize, hiddenSize);
            add("lstm.bias_ih_l" + layer, 4L * hiddenSize);
            add("lstm.bias_hh_l" + layer, 4L * hiddenSize);
        }
        recurrent = LibtorchSide.vector(List.copyOf(weights.values()).subList(1, weights.size()));
        add("decoder.weight", vocabulary, hiddenSize);
        add("decoder.bias", vocabulary);
        all = LibtorchSide.vector(weights.values());
        optimizer = new SGD(all, new SGDOptions(RATE));
        bias = new TensorOptional(weights.get("decoder.bias"));
        int[] tokens = Numbers.tokens(batch, steps, vocabulary);
        int length = (tokens.length - 1) / batch;
        inputs = new Tensor[Numbers.UPDATES];
        targets = new Tensor[Numbers.UPDATES];
        for (int update = 0; update < Numbers.UPDATES; update++) {
            long[] input = new long[steps * batch];
            long[] target = new long[steps * batch];
            for (int t = 0; t < steps; t++) {
                for (int b = 0; b < batch; b++) {
                    int place = b * length + update * steps + t;
                    input[t * batch + b] = tokens[place];
                    target[t * batch + b] = tokens[place + 1];
                }
            }
            inputs[update] = LibtorchSide.tensor(input, steps, batch);
            targets[update] = LibtorchSide.tensor(target, (long) steps * batch);
        }
        hidden = torch.zeros(layers, batch, hiddenSize);
        cell = torch.zeros(layers, batch, hiddenSize);
    }

    private void add(String name, long... shape) {
        long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        Tensor weight = LibtorchSide.tensor(Numbers.uniform(name, (int) count, Numbers.WORD_SCALE), shape);
        weight.set_requires_grad(true);
        weights.put(name, weight);
    }

    private double step() {
        try (PointerScope scope = new PointerScope()) {
            TensorVector state = LibtorchSide.vector(List.of(hidden, cell));
            Tensor embedded = torch.embedding(weights.get("embedding.weight"), inputs[next]);
            T_TensorTensorTensor_T made =
                    torch.lstm(embedded, state, recurrent, true, layers, 0, true, false, false);
            Tensor rows = made.get0().view(-1, hiddenSize);
            Tensor logits = torch.linear(rows, weights.get("decoder.weight"), bias);
            Tensor loss = torch.cross_entropy_loss(logits, targets[next]);
            optimizer.zero_grad();
            loss.backward();
            torch.clip_grad_norm_(all, CLIP_NORM);
            optimizer.step();
            Tensor oldHidden = hidden;
            Tensor oldCell = cell;
            hidden = made.get1().detach();
            cell = made.get2().detach();
            hidden.retainReference(); // outlives the scope
            cell.retainReference(); // outlives the scope
            oldHidden.close();
            oldCell.close();
            next++;
            double value = loss.item_float();
            if (next == Numbers.UPDATES) {
                hidden.zero_();
                cell.zero_();
                next = 0;
            }
            return value;
        }
    }

    @Override
    public void run() {
        step();
    }

    @Override
    public Map<String, float[]> results() {
        Map<String, float[]> before = new LinkedHashMap<>();
        weights.forEach((name, weight) -> before.put(name, LibtorchSide.floats(weight)));
        Map<String, float[]> results = new LinkedHashMap<>();
        float[] losses = new float[Numbers.COMPARED_UPDATES];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = (float) step();
        }
        results.put("losses", losses);
        weights.forEach((name, weight) -> {
            float[] change = LibtorchSide.floats(weight);
            float[] first = before.get(name);
            for (int i = 0; i < change.length; i++) {
                change[i] -= first[i];
            }
            results.put("change of " + name, change);
        });
        return results;
    }
}
