package io.carousel.benchmarks;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.Regularization;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints how long a training step takes with each regulariser, as a share of the step without, on one thread.
 *
 * <p>A step is the masks, forward, backward and the packing of the weights as after an update; the update itself is left out,
 * which would only bring the ratios nearer to 1. Steps with and without take turns, so that both see the same machine, and the
 * time is that of the processor, so that other processes count less; the ratio is that of the best steps, and the median of the ratios of neighbours stands beside it.
 *
 * <p>Run with {@code --add-modules jdk.incubator.vector}; arguments name the cells, {@code lstm} when there are none.
 */
public final class RegularizationCost {
    private static final int TURNS = 60;
    private static final int WARM_UP = 40;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Kernels kernels = Kernels.best();
    private final int timeSteps;
    private final int batch;
    private final int features;
    private final int hiddenSize;

    private RegularizationCost(int timeSteps, int batch, int features, int hiddenSize) {
        this.timeSteps = timeSteps;
        this.batch = batch;
        this.features = features;
        this.hiddenSize = hiddenSize;
    }

    /** Runs the cells that are named. */
    public static void main(String[] arguments) {
        List<String> cells = arguments.length == 0 ? List.of("lstm") : List.of(arguments);
        System.out.printf(
                "JDK %s, kernels %s%n", Runtime.version(), Kernels.best().name());
        for (String cell : cells) {
            new RegularizationCost(35, 20, 200, 200).print(cell);
            new RegularizationCost(64, 32, 256, 256).print(cell);
        }
    }

    private void print(String cell) {
        System.out.printf("%s, (T, B, F, H) = (%d, %d, %d, %d)%n", cell, timeSteps, batch, features, hiddenSize);
        RecurrentSpec one = RecurrentSpec.of("encoder", cell, List.of(hiddenSize));
        RecurrentSpec two = RecurrentSpec.of("encoder", cell, List.of(hiddenSize, hiddenSize));
        Regularization none = Regularization.NONE;
        compare("dropout between two layers", two.withDropout(0.5), two);
        compare("variational, inputs", one.withRegularization(none.withVariationalDropout(0.5, 0)), one);
        compare("variational, recurrent", one.withRegularization(none.withVariationalDropout(0, 0.5)), one);
        compare("variational, both", one.withRegularization(none.withVariationalDropout(0.5, 0.5)), one);
        compare("zoneout, hidden and cell", one.withRegularization(none.withZoneout(0.05, 0.5)), one);
        compare("DropConnect", one.withRegularization(none.withDropConnect(0.5)), one);
        compare("activation penalties", one.withRegularization(none.withPenalties(2, 1)), one);
        compare("nothing (the same twice)", one, one);
    }

    private void compare(String name, RecurrentSpec with, RecurrentSpec without) {
        Runnable plain = step(without);
        Runnable regularized = step(with);
        for (int i = 0; i < WARM_UP; i++) {
            plain.run();
            regularized.run();
        }
        double best = Double.MAX_VALUE;
        double bestPlain = Double.MAX_VALUE;
        double[] ratios = new double[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            double first = seconds(plain);
            double second = seconds(regularized);
            bestPlain = Math.min(bestPlain, first);
            best = Math.min(best, second);
            ratios[turn] = second / first;
        }
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.3f ms, without %8.3f ms: %.3f (median of turns %.3f)%n",
                name,
                best * 1e3,
                bestPlain * 1e3,
                best / bestPlain,
                ratios[TURNS / 2]);
    }

    private double seconds(Runnable work) {
        long start = threads.getCurrentThreadCpuTime();
        work.run();
        return (threads.getCurrentThreadCpuTime() - start) * 1e-9;
    }

    private Runnable step(RecurrentSpec spec) {
        Network network = Network.create(new NetworkSpec(features, List.of(spec)), Rng.of(1));
        SequenceBatch inputs = SequenceBatch.allocate(new Workspace(), BatchLayout.uniform(batch, timeSteps), features);
        fill(inputs.values(), Rng.of(2));
        Tensor slope = Tensor.zeros(timeSteps * batch, network.outputSize());
        fill(slope, Rng.of(3));
        Tape tape = new Tape(kernels, new Workspace());
        float[] gradient = new float[network.parameters().size()];
        Rng dropout = Rng.of(4);
        long[] count = {0};
        return () -> {
            network.parameters().changed();
            Arrays.fill(gradient, 0);
            tape.begin(gradient);
            NetworkOutput output = network.forward(tape, inputs, null, dropout.stream(count[0]++));
            tape.backward(output.penalized(tape, product(tape, output.rows(), slope), slope.rows()));
        };
    }

    /** A scalar whose derivative by the outputs is the slope. */
    private Variable product(Tape tape, Variable outputs, Tensor slope) {
        Tensor scalar = tape.workspace().take(Shape.of());
        scalar.fill(0);
        return tape.record(
                scalar,
                one -> {
                    Tensor target = outputs.gradient();
                    kernels.add(slope.size(), slope.data(), slope.offset(), target.data(), target.offset());
                },
                outputs);
    }

    private static void fill(Tensor tensor, Rng rng) {
        for (int i = 0; i < tensor.size(); i++) {
            tensor.data()[tensor.offset() + i] = rng.nextFloat() - 0.5f;
        }
    }
}
