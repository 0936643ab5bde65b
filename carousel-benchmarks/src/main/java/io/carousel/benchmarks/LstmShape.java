package io.carousel.benchmarks;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.Cell;
import io.carousel.cell.Cells;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Flow;
import io.carousel.layer.Recurrent;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.List;

/**
 * A recurrent layer, most often an LSTM, forward and backward, with the gradients of weights and inputs, its weights packed anew in every call as
 * after an update.
 */
record LstmShape(int timeSteps, int batch, int features, int hiddenSize) {
    /** Three products of two operations each for every weight of an LSTM, row and time step. */
    double operations() {
        return 6.0 * timeSteps * batch * 4 * hiddenSize * (features + hiddenSize);
    }

    /** An LSTM layer with these kernels, ready to run again and again; each result belongs to one thread. */
    Runnable prepare(Kernels kernels) {
        return prepare("lstm", kernels);
    }

    /** The layer of any cell. */
    Runnable prepare(String cellSpec, Kernels kernels) {
        Cell cell = Cells.create(cellSpec, features, hiddenSize);
        Rng rng = Rng.of(1);
        Parameters parameters = Parameters.initialized(cell.declarations(), rng);
        List<Parameter> weights = parameters.list();
        BatchLayout layout = BatchLayout.uniform(batch, timeSteps);
        Tensor input = random(rng.stream("input"), layout.rows(), features);
        Tensor slope = random(rng.stream("slope"), layout.rows(), cell.hiddenSize());
        Tape tape = new Tape(kernels, new Workspace());
        float[] gradient = new float[parameters.size()];
        return () -> {
            parameters.changed();
            Arrays.fill(gradient, 0);
            tape.begin(gradient);
            Flow flow = new Flow(tape.variable(input), layout);
            Variable outputs = Recurrent.run(cell, weights, tape, flow, null).outputs();
            Tensor scalar = tape.workspace().zeros(1);
            Variable loss = tape.record(
                    scalar,
                    one -> {
                        Tensor target = outputs.gradient();
                        kernels.add(slope.size(), slope.data(), slope.offset(), target.data(), target.offset());
                    },
                    outputs);
            tape.backward(loss);
        };
    }

    private static Tensor random(Rng rng, int rows, int columns) {
        Tensor tensor = Tensor.zeros(rows, columns);
        float[] data = tensor.data();
        for (int i = 0; i < tensor.size(); i++) {
            data[tensor.offset() + i] = rng.nextFloat() - 0.5f;
        }
        return tensor;
    }

    @Override
    public String toString() {
        return "(T, B, F, H) = (" + timeSteps + ", " + batch + ", " + features + ", " + hiddenSize + ")";
    }
}
