package io.carousel.layer;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.StatePart;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One level of a stack.
 *
 * @param index 0 for the lowest
 * @param passes one, or forward and backward
 * @param connection with the level below
 * @param highway the gate of that connection when it has one
 */
record Level(
        int index,
        List<Pass> passes,
        Merge merge,
        Connection connection,
        @Nullable Highway highway) {
    /**
     * A level whose connection fits.
     *
     * @param below the width of the level below
     */
    static Level of(String stack, int index, List<Pass> passes, Merge merge, Connection choice, int below) {
        Connection connection = index == 0 ? Connection.PLAIN : choice;
        int width = new Level(index, passes, merge, Connection.PLAIN, null).outputSize();
        if (connection != Connection.PLAIN && width != below) {
            throw new IllegalArgumentException("levels of " + stack + " must have the same width under a "
                    + (connection == Connection.RESIDUAL ? "residual" : "highway") + " connection, got " + below
                    + " below " + width + "; give them the same hidden size");
        }
        Highway gate = connection == Connection.HIGHWAY ? new Highway(stack, index, width) : null;
        return new Level(index, passes, merge, connection, gate);
    }

    int outputSize() {
        int hiddenSize = passes.get(0).cell().hiddenSize();
        return passes.size() == 1 ? hiddenSize : merge.width(hiddenSize);
    }

    boolean readsBackward() {
        return passes.stream().anyMatch(Pass::backward);
    }

    List<Parameters.Declaration> declarations() {
        return Stream.concat(
                        passes.stream().flatMap(pass -> pass.declarations().stream()),
                        highway == null ? Stream.empty() : highway.declarations().stream())
                .toList();
    }

    List<StatePart> state() {
        return passes.stream().flatMap(pass -> pass.state().stream()).toList();
    }

    /**
     * What the level hands on.
     *
     * @param below what the level below hands on
     * @param input the same, or what dropout left of it
     */
    Flow forward(Flow below, Flow input, LayerContext context) {
        Tape tape = context.tape();
        Variable f = passes.get(0).run(input, context);
        if (passes.size() == 2) {
            f = merge.taped(tape, f, passes.get(1).run(input, context));
        }
        if (highway != null) {
            f = highway.taped(tape, context.parameters(), below.rows(), f);
        } else if (connection == Connection.RESIDUAL) {
            f = Operations.add(tape, f, below.rows());
        }
        return new Flow(f, below.layout());
    }
}
