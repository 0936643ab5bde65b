package io.carousel.layer;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Variable;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import java.util.List;

/** Recurrent layers on top of each other, with dropout between them: see {@link RecurrentSpec}. */
final class Stack implements Layer, Bridge.Stateful {
    private final String name;
    private final List<Level> levels;
    private final float dropout;
    private final Regularization regularization;

    Stack(String name, List<Level> levels, float dropout, Regularization regularization) {
        this.name = name;
        this.levels = List.copyOf(levels);
        this.dropout = dropout;
        this.regularization = regularization;
    }

    @Override
    public int outputSize() {
        return levels.get(levels.size() - 1).outputSize();
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
    public List<Pass> passes() {
        return levels.stream().flatMap(level -> level.passes().stream()).toList();
    }

    @Override
    public List<String> backward() {
        return levels.stream().anyMatch(Level::readsBackward) ? List.of(name) : List.of();
    }

    @Override
    public void writeInitialState(Parameters parameters, State state) {
        levels.forEach(level -> level.passes().forEach(pass -> pass.writeInitialState(parameters, state)));
    }

    @Override
    public Flow forward(Flow input, LayerContext context) {
        Flow below = input;
        for (Level level : levels) {
            Flow flow = below;
            if (level.index() > 0 && dropout > 0 && context.dropout() != null) {
                Variable dropped = Operations.dropout(
                        context.tape(), flow.rows(), dropout, context.dropout().stream(name).stream(level.index()));
                flow = new Flow(dropped, flow.layout());
            }
            below = level.forward(below, flow, context);
        }
        if (context.dropout() != null && regularization.penalizes()) {
            context.penalties().add(ActivationPenalty.of(context.tape(), below, regularization));
        }
        return below;
    }

    @Override
    public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
        return new StackStepper(kernels, levels, parameters, rows);
    }

    @Override
    public LookAheadStepper lookAhead(Kernels kernels, Parameters parameters, int lookAhead, String place) {
        if (backward().isEmpty()) {
            return Layer.super.lookAhead(kernels, parameters, lookAhead, place);
        }
        List<LookAheadStepper> stages = levels.stream()
                .<LookAheadStepper>map(level -> new LookAheadLevel(name, level, kernels, parameters, lookAhead))
                .toList();
        return new LookAheadChain(stages, levels.stream().map(Level::outputSize).toList());
    }

    @Override
    public Tensor predict(Kernels kernels, Parameters parameters, BatchLayout layout, Tensor x, State state) {
        return backward().isEmpty()
                ? DirectPath.step(this, kernels, parameters, layout, x, state)
                : DirectPath.whole(this, kernels, parameters, layout, x, state);
    }
}
