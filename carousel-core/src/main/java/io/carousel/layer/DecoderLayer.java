package io.carousel.layer;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.StatePart;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A decoder with attention: see {@link DecoderSpec}. Immutable. */
final class DecoderLayer implements Layer, Bridge.Stateful, SourceReader {
    private final DecoderSpec spec;
    private final int inputSize;
    private final Stack stack;

    DecoderLayer(DecoderSpec spec, int inputSize, Stack stack) {
        this.spec = spec;
        this.inputSize = inputSize;
        this.stack = stack;
    }

    DecoderSpec spec() {
        return spec;
    }

    /** F, without what is fed. */
    int inputSize() {
        return inputSize;
    }

    /** The width of what the lowest level reads besides the input. */
    int fedSize() {
        return passes().get(0).cell().inputSize() - inputSize;
    }

    /** H of the highest level. */
    int hiddenSize() {
        return stack.outputSize();
    }

    int contextSize() {
        return spec.attention().contextSize(spec.sourceSize());
    }

    @Override
    public int outputSize() {
        return spec.outputSize();
    }

    @Override
    public String name() {
        return spec.levels().name();
    }

    @Override
    public int rowSize() {
        return spec.sourceSize();
    }

    @Override
    public List<SourceReader> readers() {
        return List.of(this);
    }

    @Override
    public List<Pass> passes() {
        return stack.passes();
    }

    @Override
    public List<Parameters.Declaration> parameters() {
        List<Parameters.Declaration> all = new ArrayList<>(stack.parameters());
        AttentionSpec attention = spec.attention();
        int size = attention.size();
        int source = spec.sourceSize();
        switch (attention.score()) {
            case ADDITIVE -> {
                matrix(all, "attention_query", size, hiddenSize());
                matrix(all, "attention_key", size, source);
                vector(all, "attention_bias", size, Initializer.constant(0));
                vector(all, "attention_score", size, Initializer.uniform(1 / Math.sqrt(size)));
            }
            case GENERAL -> matrix(all, "attention_key", hiddenSize(), source);
            case SCALED -> {
                matrix(all, "attention_query", size, hiddenSize());
                matrix(all, "attention_key", size, source);
                matrix(all, "attention_value", size, source);
            }
            case DOT -> {
                // has no weights
            }
        }
        if (attention.coverage() > 0) {
            vector(all, "attention_coverage", size, Initializer.uniform(1 / Math.sqrt(size)));
        }
        if (attention.window() > 0) {
            matrix(all, "attention_position_weight", size, hiddenSize());
            vector(all, "attention_position", size, Initializer.uniform(1 / Math.sqrt(size)));
        }
        matrix(all, "attended", spec.outputSize(), Math.addExact(contextSize(), hiddenSize()));
        return all;
    }

    private void matrix(List<Parameters.Declaration> all, String name, int outputs, int inputs) {
        all.add(new Parameters.Declaration(
                fullName(name), Shape.of(outputs, inputs), true, Initializer.glorotUniform(1)));
    }

    private void vector(List<Parameters.Declaration> all, String name, int size, Initializer initializer) {
        all.add(new Parameters.Declaration(fullName(name), Shape.of(size), false, initializer));
    }

    private String fullName(String name) {
        return name() + "." + name;
    }

    /** A weight of the attention. */
    Parameter weight(Parameters parameters, String name) {
        return parameters.get(fullName(name));
    }

    /** A weight that only some attentions have. */
    @Nullable
    Parameter weightIf(boolean wanted, Parameters parameters, String name) {
        return wanted ? weight(parameters, name) : null;
    }

    /** The part of the state in which the output waits to be fed. */
    StatePart attendedPart() {
        return new StatePart(fullName("attended"), spec.outputSize());
    }

    /** The part of the state that holds the coverage. */
    StatePart coveragePart() {
        return new StatePart(fullName("coverage"), spec.attention().coverage());
    }

    boolean feedsOutput() {
        return spec.feeding() == DecoderSpec.Feeding.OUTPUT;
    }

    @Override
    public List<StatePart> state() {
        List<StatePart> parts = new ArrayList<>(stack.state());
        if (feedsOutput()) {
            parts.add(attendedPart());
        }
        if (spec.attention().coverage() > 0) {
            parts.add(coveragePart());
        }
        return parts;
    }

    @Override
    public void writeInitialState(Parameters parameters, State state) {
        stack.writeInitialState(parameters, state);
    }

    @Override
    public Variable prepare(Tape tape, Parameters parameters, Variable rows) {
        AttentionSpec attention = spec.attention();
        return switch (attention.score()) {
            case DOT -> rows;
            case ADDITIVE ->
                Operations.linear(
                        tape, rows, weight(parameters, "attention_key"), weight(parameters, "attention_bias"));
            case GENERAL -> Operations.product(tape, rows, weight(parameters, "attention_key"));
            case SCALED ->
                Operations.concatenate(
                        tape,
                        Operations.product(tape, rows, weight(parameters, "attention_key")),
                        Operations.product(tape, rows, weight(parameters, "attention_value")));
        };
    }

    /** Throws when a source is too long for the coverage. */
    void requireLength(int rows) {
        int most = spec.attention().coverage();
        if (most > 0 && rows > most) {
            throw new IllegalArgumentException("source must have at most " + most + " rows for the coverage of "
                    + name() + ", got " + rows + "; shorten it, or train a decoder that covers more");
        }
    }

    @Override
    public Flow forward(Flow input, LayerContext context) {
        return spec.feeding() == DecoderSpec.Feeding.NOTHING
                ? Attending.all(this, stack.forward(input, context), context)
                : new DecoderRun(this, input, context).forward();
    }

    /** What weighs the rows of a source. */
    Attender attender(Kernels kernels, Parameters parameters) {
        return new Attender(
                kernels,
                spec.attention(),
                hiddenSize(),
                spec.sourceSize(),
                weightIf(spec.attention().score() == AttentionSpec.Score.ADDITIVE, parameters, "attention_score"),
                weightIf(spec.attention().coverage() > 0, parameters, "attention_coverage"));
    }

    @Override
    public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
        return new DecoderStepper(this, kernels, parameters, rows);
    }
}
