package io.carousel.benchmarks.ledger;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.benchmarks.side.Numbers;
import io.carousel.cell.CellForm;
import io.carousel.cell.LstmCell;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Flow;
import io.carousel.layer.Layer;
import io.carousel.layer.LayerContext;
import io.carousel.layer.Recurrent;
import io.carousel.layer.RecurrentSpec;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/** A training step of an LSTM layer with sequences of any lengths, on one thread, and the memory that it takes. */
final class ScaleWork {
    /** F and H. */
    static final int SIZE = 128;

    private final BatchLayout layout;
    private final Layer layer =
            RecurrentSpec.of("encoder", LstmCell.NAME, List.of(SIZE)).layer(SIZE);
    private final Parameters parameters = Parameters.initialized(layer.parameters(), Rng.of(1));
    private final float[] gradient = new float[parameters.size()];
    private final Tape tape = new Tape(Kernels.best(), new Workspace());
    private final Tensor input;
    private final Tensor slope;

    ScaleWork(int... lengths) {
        layout = BatchLayout.of(lengths);
        input = Tensor.of(Shape.of(layout.rows(), SIZE), Numbers.uniform("input", layout.rows() * SIZE, 1));
        slope = Tensor.of(Shape.of(layout.rows(), SIZE), Numbers.uniform("slope", layout.rows() * SIZE, 0.5));
    }

    /** Sequences of one length. */
    static ScaleWork uniform(int sequences, int length) {
        int[] lengths = new int[sequences];
        Arrays.fill(lengths, length);
        return new ScaleWork(lengths);
    }

    /** Time steps of all sequences together. */
    int rows() {
        return layout.rows();
    }

    /** Forward and backward with the gradients of weights and inputs, the weights packed anew. */
    void run() {
        parameters.changed();
        Arrays.fill(gradient, 0);
        tape.begin(gradient);
        LayerContext context = new LayerContext(tape, parameters, null, new HashMap<>(), null);
        Variable outputs =
                layer.forward(new Flow(tape.variable(input), layout), context).rows();
        Variable scalar = tape.record(
                tape.workspace().zeros(1),
                one -> {
                    Tensor target = outputs.gradient();
                    tape.kernels().add(slope.size(), slope.data(), slope.offset(), target.data(), target.offset());
                },
                outputs);
        tape.backward(scalar);
    }

    /** The floats that the last step took from its workspace. */
    long floats() {
        return tape.workspace().taken();
    }

    /** The floats that are stated for each row of a batch of sequences of one length; F for the gradient of the inputs. */
    static int statedPerRow() {
        return Recurrent.floatsPerRow(CellForm.of(new LstmCell(SIZE, SIZE))) + SIZE;
    }

    /** The floats that are stated for each sequence. */
    static int statedPerSequence() {
        return Recurrent.floatsPerSequence(CellForm.of(new LstmCell(SIZE, SIZE)));
    }
}
