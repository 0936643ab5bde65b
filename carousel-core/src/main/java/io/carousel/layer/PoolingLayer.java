package io.carousel.layer;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pooling of batches, by position and then in the caller's order; streams are fed to a {@link PoolingStepper}. */
record PoolingLayer(PoolingSpec spec, int inputSize) implements Layer {
    @Override
    public int outputSize() {
        return inputSize;
    }

    @Override
    public List<Parameters.Declaration> parameters() {
        return spec.declarations(inputSize);
    }

    @Override
    public List<StatePart> state() {
        return spec.parts(inputSize);
    }

    @Override
    public Flow forward(Flow input, LayerContext context) {
        Tape tape = context.tape();
        BatchLayout layout = input.layout();
        Variable x = input.rows();
        Variable scores = spec.kind() == Pooling.ATTENTION ? scores(x, context) : null;
        int[] positions = new int[layout.sequences()];
        for (int index = 0; index < positions.length; index++) {
            positions[index] = layout.position(index);
            requireStep(layout.length(positions[index]), index);
        }
        Tensor[] before = parts(tape, positions, context.initial());
        PoolingRun run = PoolingRun.of(spec, inputSize, tape.kernels(), parts(tape, positions, context.initial()));
        Tensor pooled = pooled(tape, run, layout, x.value(), scores);
        remember(run, positions, context);
        Variable[] inputs = scores == null ? new Variable[] {x} : new Variable[] {x, scores};
        Variable rows = tape.record(pooled, dy -> run.backward(layout, before, x, scores, pooled, dy), inputs);
        return new Flow(Operations.gatherRows(tape, rows, positions), BatchLayout.uniform(layout.sequences(), 1));
    }

    private void requireStep(int length, int index) {
        if (length == 0) {
            throw new IllegalArgumentException("sequence " + index
                    + " must have at least one time step to be pooled by " + spec.name() + ", got none; leave it out");
        }
    }

    private Variable scores(Variable x, LayerContext context) {
        Parameters parameters = context.parameters();
        Variable z = Operations.linear(
                context.tape(), x, parameters.get(spec.name() + ".weight"), parameters.get(spec.name() + ".bias"));
        return AttentionScores.apply(context.tape(), z, parameters.get(spec.name() + ".query"));
    }

    private static Tensor pooled(Tape tape, PoolingRun run, BatchLayout layout, Tensor x, @Nullable Variable scores) {
        int width = x.columns();
        Tensor none = scores == null ? x : scores.value();
        for (int t = 0; t < layout.steps(); t++) {
            int row = layout.rowOffset(t);
            run.step(layout.alive(t), x.data(), x.offset() + row * width, none.data(), none.offset() + row);
        }
        Tensor pooled = tape.workspace().take(layout.sequences(), width);
        for (int p = 0; p < layout.sequences(); p++) {
            int last = x.offset() + (layout.rowOffset(layout.length(p) - 1) + p) * width;
            run.read(p, x.data(), last, pooled.data(), pooled.offset() + p * width);
        }
        return pooled;
    }

    /** The parts before the first time step, by position. */
    private Tensor[] parts(Tape tape, int[] positions, @Nullable State initial) {
        List<StatePart> state = state();
        Tensor[] parts = new Tensor[state.size()];
        for (int i = 0; i < parts.length; i++) {
            int size = state.get(i).size();
            parts[i] = tape.workspace().zeros(positions.length, size);
            if (initial != null) {
                float[] values = initial.values(state.get(i).name());
                for (int index = 0; index < positions.length; index++) {
                    int to = parts[i].offset() + positions[index] * size;
                    System.arraycopy(values, index * size, parts[i].data(), to, size);
                }
            }
        }
        return parts;
    }

    private void remember(PoolingRun run, int[] positions, LayerContext context) {
        List<StatePart> state = state();
        for (int i = 0; i < state.size(); i++) {
            Variable part = context.tape().constant(run.parts[i]);
            context.last().put(state.get(i).name(), Operations.gatherRows(context.tape(), part, positions));
        }
    }

    @Override
    public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
        Parameter[] learned = parameters().stream()
                .map(declaration -> parameters.get(declaration.name()))
                .toArray(Parameter[]::new);
        return new PoolingStepper(spec, state(), inputSize, kernels, learned, rows);
    }
}
