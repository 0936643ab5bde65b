package io.carousel.layer;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoder whose lowest level reads what attention gave, over all time steps of a ragged batch: one operation on the tape, with a
 * derivative written by hand.
 *
 * <p>Inside the time loop are the products that a time step needs of the one before; the derivatives of all weight matrices are
 * products over all time steps after it. The last output is handed on as a value, without a derivative.
 */
final class DecoderRun {
    private final DecoderLayer layer;
    private final LayerContext context;
    private final Tape tape;
    private final Kernels kernels;
    private final BatchLayout layout;
    private final Variable input;
    private final List<Recurrent> levels = new ArrayList<>();
    private final List<Variable> inputs = new ArrayList<>();
    private final List<@Nullable Tensor> masks = new ArrayList<>();
    private final List<Variable> outputs = new ArrayList<>();
    private final Attending attending;
    private final Tensor firstFed;

    DecoderRun(DecoderLayer layer, Flow flow, LayerContext context) {
        this.layer = layer;
        this.context = context;
        tape = context.tape();
        kernels = tape.kernels();
        layout = flow.layout();
        input = flow.rows();
        begin();
        Workspace workspace = tape.workspace();
        Tensor asked = layer.feedsOutput() ? top(outputs).value() : workspace.take(layout.rows(), layer.hiddenSize());
        attending = new Attending(layer, layout, context, asked);
        firstFed = workspace.zeros(layout.sequences(), layer.fedSize());
        if (layer.feedsOutput()) {
            attending.place(layer.attendedPart(), firstFed);
        }
    }

    /** Places the levels before the first time step. */
    private void begin() {
        Workspace workspace = tape.workspace();
        Rng dropout = context.dropout();
        List<Pass> passes = layer.passes();
        float rate = (float) layer.spec().levels().dropout();
        for (int level = 0; level < passes.size(); level++) {
            Pass pass = passes.get(level);
            int width = pass.cell().inputSize();
            Variable rows = tape.variable(workspace.take(layout.rows(), width));
            inputs.add(rows);
            Tensor mask = null;
            if (level > 0 && rate > 0 && dropout != null) {
                mask = workspace.take(layout.rows(), width);
                Rng stream = dropout.stream(layer.name()).stream(level);
                stream.choose(rate, 0, 1 / (1 - rate), mask.size(), mask.data(), mask.offset());
            }
            masks.add(mask);
            Recurrent run = pass.stepped(new Flow(rows, layout), context);
            levels.add(run);
            outputs.add(tape.variable(run.outputs()));
        }
    }

    private static <T> T top(List<T> all) {
        return all.get(all.size() - 1);
    }

    // ---------------------------------------------------------------- forward

    Flow forward() {
        for (int t = 0; t < layout.steps(); t++) {
            step(t);
        }
        if (!layer.feedsOutput()) {
            attending.combine(0, layout.steps());
        }
        attending.finish();
        finishStates();
        tape.record(this::backward);
        return new Flow(attending.attended, layout);
    }

    private void step(int t) {
        int count = layout.alive(t);
        int first = layout.rowOffset(t);
        Tensor lowest = inputs.get(0).value();
        kernels.copy(count, layer.inputSize(), Attending.at(input.value(), first), Attending.at(lowest, first));
        if (layer.feedsOutput()) {
            Slice before =
                    t == 0 ? firstFed.slice() : Attending.at(attending.attended.value(), layout.rowOffset(t - 1));
            kernels.copy(count, layer.fedSize(), before, fed(lowest, first));
        } else {
            kernels.copy(count, layer.hiddenSize(), top(levels).outputBefore(t), Attending.at(attending.asked, first));
            attending.attend(t, t + 1);
            kernels.copy(count, layer.fedSize(), attending.contexts(t), fed(lowest, first));
        }
        for (int level = 0; level < levels.size(); level++) {
            if (level > 0) {
                readBelow(level, count, first);
            }
            levels.get(level).step(t);
        }
        attending.addStates(t, t + 1, top(outputs).value());
        if (layer.feedsOutput()) {
            attending.attend(t, t + 1);
            attending.combine(t, t + 1);
        }
    }

    /** The columns of the lowest level's input that hold what is fed. */
    private Slice fed(Tensor lowest, int first) {
        return Slice.of(
                lowest.data(), lowest.offset() + first * lowest.columns() + layer.inputSize(), lowest.columns());
    }

    private void readBelow(int level, int count, int first) {
        Tensor x = inputs.get(level).value();
        Slice below = Attending.at(outputs.get(level - 1).value(), first);
        Tensor mask = masks.get(level);
        if (mask == null) {
            kernels.copy(count, x.columns(), below, Attending.at(x, first));
        } else {
            kernels.multiply(count, x.columns(), below, Attending.at(mask, first), Attending.at(x, first));
        }
    }

    /** Hands on the state after each sequence's last time step. */
    private void finishStates() {
        List<Pass> passes = layer.passes();
        for (int level = 0; level < levels.size(); level++) {
            List<Variable> last = levels.get(level).finish();
            for (int part = 0; part < last.size(); part++) {
                context.last().put(passes.get(level).state().get(part).name(), last.get(part));
            }
        }
        if (layer.feedsOutput()) {
            context.last().put(layer.attendedPart().name(), tape.constant(lastFed()));
        }
    }

    private Tensor lastFed() {
        Tensor last = tape.workspace().take(layout.sequences(), layer.fedSize());
        for (int p = 0; p < layout.sequences(); p++) {
            int length = layout.length(p);
            Slice from = length == 0
                    ? Attending.at(firstFed, p)
                    : Attending.at(attending.attended.value(), layout.rowOffset(length - 1) + p);
            kernels.copy(1, layer.fedSize(), from, Attending.at(last, attending.indices[p]));
        }
        return last;
    }

    // ---------------------------------------------------------------- backward

    private void backward() {
        AttendingBack back = new AttendingBack(attending);
        levels.forEach(Recurrent::beginBackward);
        if (!layer.feedsOutput()) {
            back.combine(0, layout.steps());
        }
        Tensor dFed = tape.workspace().zeros(layout.sequences(), layer.fedSize());
        for (int t = layout.steps() - 1; t >= 0; t--) {
            stepBack(t, back, dFed);
        }
        levels.forEach(Recurrent::finishBackward);
        back.finish();
    }

    private void stepBack(int t, AttendingBack back, Tensor dFed) {
        int count = layout.alive(t);
        int first = layout.rowOffset(t);
        Tensor dTop = top(outputs).gradient();
        if (layer.feedsOutput()) {
            Slice dy = back.outputs(t);
            kernels.add(count, layer.fedSize(), dy, dFed.slice(), dy);
            back.combine(t, t + 1);
        }
        back.addToStates(t, t + 1, dTop);
        if (layer.feedsOutput()) {
            back.attend(t, t + 1, Attending.at(dTop, first));
        }
        for (int level = levels.size() - 1; level >= 0; level--) {
            levels.get(level).stepBack(t, outputs.get(level));
            if (level > 0) {
                addToBelow(level, count, first);
            }
        }
        Tensor dLowest = inputs.get(0).gradient();
        if (input.needsGradient()) {
            Slice to = Attending.at(input.gradient(), first);
            kernels.add(count, layer.inputSize(), to, Attending.at(dLowest, first), to);
        }
        Slice dGiven = fed(dLowest, first);
        if (layer.feedsOutput()) {
            kernels.copy(count, layer.fedSize(), dGiven, dFed.slice());
        } else {
            Slice dContext = back.contexts(t);
            kernels.add(count, layer.fedSize(), dContext, dGiven, dContext);
            back.attend(t, t + 1, top(levels).carriedOutput());
        }
    }

    private void addToBelow(int level, int count, int first) {
        Slice dx = Attending.at(inputs.get(level).gradient(), first);
        Slice dBelow = Attending.at(outputs.get(level - 1).gradient(), first);
        int width = inputs.get(level).value().columns();
        Tensor mask = masks.get(level);
        if (mask == null) {
            kernels.add(count, width, dBelow, dx, dBelow);
        } else {
            kernels.multiplyAdd(count, width, dx, Attending.at(mask, first), dBelow);
        }
    }
}
