package io.carousel.layer;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Variable;
import io.carousel.cell.Cell;
import io.carousel.cell.StatePart;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cell, its direction and its place in a stack, which give its weights and state parts their names.
 *
 * @param level 0 for the lowest
 */
record Pass(Cell cell, InitialWeights initialWeights, String stack, int level, boolean backward) {
    List<Parameters.Declaration> declarations() {
        return initialWeights.declarations(cell).stream()
                .map(weight -> weight.named(fullName(weight.name())))
                .toList();
    }

    List<Parameter> weights(Parameters parameters) {
        return cell.weights().stream()
                .map(weight -> parameters.get(fullName(weight.name())))
                .toList();
    }

    List<StatePart> state() {
        return cell.state().stream()
                .map(part -> part.named(fullName(part.name())))
                .toList();
    }

    private String fullName(String name) {
        return stack + "." + name + "_l" + level + (backward ? "_reverse" : "");
    }

    /** The outputs of all time steps, at the rows of their inputs; the final state goes to the context. */
    Variable run(Flow flow, LayerContext context) {
        int[] reversed = backward ? flow.layout().reversedRows() : new int[0];
        Flow input =
                backward ? new Flow(Operations.gatherRows(context.tape(), flow.rows(), reversed), flow.layout()) : flow;
        Recurrent.Result result =
                Recurrent.run(cell, weights(context.parameters()), context.tape(), input, initialState(flow, context));
        List<StatePart> parts = state();
        for (int p = 0; p < parts.size(); p++) {
            context.last().put(parts.get(p).name(), result.finalState().get(p));
        }
        return backward ? Operations.gatherRows(context.tape(), result.outputs(), reversed) : result.outputs();
    }

    private @Nullable List<Variable> initialState(Flow flow, LayerContext context) {
        State given = context.initial();
        if (given == null) {
            return null;
        }
        List<Variable> initial = new ArrayList<>();
        for (StatePart part : state()) {
            Tensor value = new Tensor(Shape.of(flow.layout().sequences(), part.size()), given.values(part.name()), 0);
            initial.add(context.tape().constant(value));
        }
        return initial;
    }
}
