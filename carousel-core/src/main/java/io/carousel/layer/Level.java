package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Variable;
import io.carousel.cell.StatePart;
import java.util.List;

/**
 * One level of a stack.
 *
 * @param index 0 for the lowest
 * @param passes one, or forward and backward
 */
record Level(int index, List<Pass> passes, Merge merge) {
    int outputSize() {
        int hiddenSize = passes.get(0).cell().hiddenSize();
        return passes.size() == 1 ? hiddenSize : merge.width(hiddenSize);
    }

    boolean readsBackward() {
        return passes.stream().anyMatch(Pass::backward);
    }

    List<Parameters.Declaration> declarations() {
        return passes.stream().flatMap(pass -> pass.declarations().stream()).toList();
    }

    List<StatePart> state() {
        return passes.stream().flatMap(pass -> pass.state().stream()).toList();
    }

    Flow forward(Flow flow, LayerContext context) {
        Variable outputs = passes.get(0).run(flow, context);
        if (passes.size() == 2) {
            outputs = merge.taped(context.tape(), outputs, passes.get(1).run(flow, context));
        }
        return new Flow(outputs, flow.layout());
    }
}
