package io.carousel.benchmarks.peer;

import io.carousel.benchmarks.side.Numbers;
import io.carousel.benchmarks.side.Side;
import io.carousel.benchmarks.side.SideLoop;
import io.carousel.benchmarks.side.Work;
import io.carousel.benchmarks.side.Workload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's C++ library as a side of the ledger; its argument is the number of threads. */
final class LibtorchSide implements Side {
    private final int threads;

    private LibtorchSide(int threads) {
        this.threads = threads;
        torch.set_num_threads(threads);
        torch.set_num_interop_threads(1);
    }

    public static void main(String[] arguments) throws Exception {
        SideLoop.serve(new LibtorchSide(Integer.parseInt(arguments[0])));
    }

    @Override
    public Map<String, String> about() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", String.valueOf(Tensor.class.getPackage().getImplementationVersion()));
        facts.put("threads", threads + " (set_num_threads)");
        for (String line : torch.show_config().getString().split("\n")) {
            if (line.contains("MKL-DNN")) {
                facts.put("oneDNN", line.replaceAll(".* (v[0-9.]+).*", "$1"));
            } else if (line.contains("CPU capability")) {
                facts.put("vectors", line.replaceAll(".*: *", ""));
            }
        }
        return facts;
    }

    @Override
    public Work prepare(Workload workload) {
        return switch (workload.kind()) {
            case "train", "ragged" -> new LibtorchTraining(workload);
            case "words" -> new LibtorchWords(workload);
            case "step" -> new LibtorchStepping(workload);
            default -> throw new UnsupportedOperationException("has no " + workload.kind());
        };
    }

    /** The weights of a layer in one direction, which ask for gradients, added to those before. */
    static void addWeights(Workload workload, String suffix, Map<String, Tensor> weights) {
        int hiddenSize = workload.size("H");
        long rows = (long) workload.gates() * hiddenSize;
        addWeight("weight_ih" + suffix, hiddenSize, weights, rows, workload.size("F"));
        addWeight("weight_hh" + suffix, hiddenSize, weights, rows, hiddenSize);
        addWeight("bias_ih" + suffix, hiddenSize, weights, rows);
        addWeight("bias_hh" + suffix, hiddenSize, weights, rows);
    }

    private static void addWeight(String name, int hiddenSize, Map<String, Tensor> weights, long... shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        Tensor weight = tensor(Numbers.weight(name, (int) count, hiddenSize), shape);
        weight.set_requires_grad(true);
        weights.put(name, weight);
    }

    static Tensor tensor(float[] values, long... shape) {
        return torch.from_blob(new FloatPointer(values), shape).clone();
    }

    static Tensor tensor(long[] values, long... shape) {
        return torch.tensor(values).view(shape);
    }

    static TensorVector vector(Iterable<Tensor> tensors) {
        TensorVector vector = new TensorVector();
        tensors.forEach(vector::push_back);
        return vector;
    }

    static float[] floats(Tensor tensor) {
        Tensor whole = tensor.detach().contiguous();
        float[] values = new float[(int) whole.numel()];
        whole.data_ptr_float().get(values);
        return values;
    }
}
