package io.carousel.train;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A function of one weight, the same for every example: trainings that can be followed by hand. */
record OneWeight(Parameters parameters, int examples, DoubleUnaryOperator value, DoubleUnaryOperator slope)
        implements Objective {
    static Parameters weight(float start) {
        return Parameters.initialized(
                List.of(new Parameters.Declaration("w", Shape.of(1), true, Initializer.constant(start))), Rng.of(1));
    }

    /** {@code (w - target)²}. */
    static OneWeight squaredDistance(Parameters parameters, double target) {
        return new OneWeight(parameters, 4, w -> (w - target) * (w - target), w -> 2 * (w - target));
    }

    @Override
    public ShardLoss forward(Tape tape, int[] numbers, int from, int to, @Nullable Rng dropout) {
        Variable w = tape.parameter(parameters.get("w"));
        float at = parameters.values()[0];
        int count = to - from;
        Tensor loss = tape.workspace().zeros();
        loss.data()[loss.offset()] = (float) (count * value.applyAsDouble(at));
        Variable sum = tape.record(
                loss,
                gradient -> w.gradient().data()[w.gradient().offset()] += (float) (count * slope.applyAsDouble(at)),
                w);
        return new ShardLoss(sum, count);
    }
}
