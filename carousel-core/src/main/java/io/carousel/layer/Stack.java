package io.carousel.layer;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Variable;
import io.carousel.cell.Cell;
import io.carousel.cell.StatePart;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recurrent layers on top of each other, with dropout between them: see {@link RecurrentSpec}. */
final class Stack implements Layer {
    private final String name;
    private final List<Level> levels;
    private final float dropout;

    Stack(String name, List<Level> levels, float dropout) {
        this.name = name;
        this.levels = List.copyOf(levels);
        this.dropout = dropout;
    }

    /** One cell and its place in the stack, which gives its weights and state parts their names. */
    record Level(Cell cell, String stack, int index) {
        List<Parameters.Declaration> declarations() {
            return cell.declarations().stream()
                    .map(weight -> weight.named(stack + "." + weight.name() + "_l" + index))
                    .toList();
        }

        List<Parameter> weights(Parameters parameters) {
            return declarations().stream()
                    .map(weight -> parameters.get(weight.name()))
                    .toList();
        }

        List<StatePart> state() {
            return cell.state().stream()
                    .map(part -> part.named(stack + "." + part.name() + "_l" + index))
                    .toList();
        }
    }

    @Override
    public int outputSize() {
        return levels.get(levels.size() - 1).cell().hiddenSize();
    }

    @Override
    public List<Parameters.Declaration> parameters() {
        return levels.stream().flatMap(level -> level.declarations().stream()).toList();
    }

    @Override
    public List<StatePart> state() {
        return levels.stream().flatMap(level -> level.state().stream()).toList();
    }

    @Override
    public Flow forward(Flow input, LayerContext context) {
        Flow flow = input;
        for (Level level : levels) {
            if (level.index() > 0 && dropout > 0 && context.dropout() != null) {
                Variable dropped = Operations.dropout(
                        context.tape(), flow.rows(), dropout, context.dropout().stream(name).stream(level.index()));
                flow = new Flow(dropped, flow.layout());
            }
            Recurrent.Result result = Recurrent.run(
                    level.cell(),
                    level.weights(context.parameters()),
                    context.tape(),
                    flow,
                    initialState(level, flow, context));
            List<StatePart> parts = level.state();
            for (int p = 0; p < parts.size(); p++) {
                context.last().put(parts.get(p).name(), result.finalState().get(p));
            }
            flow = new Flow(result.outputs(), flow.layout());
        }
        return flow;
    }

    private static @Nullable List<Variable> initialState(Level level, Flow flow, LayerContext context) {
        State given = context.initial();
        if (given == null) {
            return null;
        }
        List<Variable> initial = new ArrayList<>();
        for (StatePart part : level.state()) {
            Tensor value = new Tensor(Shape.of(flow.layout().sequences(), part.size()), given.values(part.name()), 0);
            initial.add(context.tape().constant(value));
        }
        return initial;
    }

    @Override
    public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
        return new StackStepper(kernels, levels, parameters, rows);
    }
}
