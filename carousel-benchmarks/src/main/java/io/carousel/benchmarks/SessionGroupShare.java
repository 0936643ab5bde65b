package io.carousel.benchmarks;

import io.carousel.kernel.Kernels;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.task.Session;
import io.carousel.task.SessionGroup;
import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints how many events a second a {@link SessionGroup} takes, beside as many {@link Session}s that are stepped one by one: the
 * same events in the same random order, in turn, on one thread.
 *
 * <p>Run with {@code --add-modules jdk.incubator.vector}; the property {@code carousel.kernel} forces other kernels.
 */
public final class SessionGroupShare {
    private static final int SESSIONS = 10_000;
    private static final int EVENTS = 50_000;
    private static final double WARM_UP = 1.5;
    private static final int ROUNDS = 7;

    private static final List<Shape> SHAPES =
            List.of(new Shape(8, 64, 0), new Shape(8, 64, 4), new Shape(64, 64, 0), new Shape(64, 64, 4));

    private SessionGroupShare() {}

    /**
     * A network of one LSTM layer.
     *
     * @param features F
     * @param hiddenSize H
     * @param outputs of the head; 0 for none
     */
    public record Shape(int features, int hiddenSize, int outputs) {
        Network network() {
            List<LayerSpec> layers = new ArrayList<>();
            layers.add(RecurrentSpec.of("encoder", "lstm", List.of(hiddenSize)));
            if (outputs > 0) {
                layers.add(new DenseSpec("head", outputs));
            }
            return Network.create(new NetworkSpec(features, layers), Rng.of(1));
        }

        /** Multiplications and additions of the products of an event. */
        public double operations() {
            return 2.0 * (4 * hiddenSize * (features + hiddenSize) + hiddenSize * outputs);
        }

        @Override
        public String toString() {
            return "lstm F " + features + " H " + hiddenSize + (outputs == 0 ? " no head" : " head " + outputs);
        }
    }

    /**
     * What was measured; events a second in the median round, and in the worst and the best.
     *
     * @param perCall how many events a call of the group was given
     */
    public record Result(Shape shape, int sessions, int perCall, double[] group, double[] oneByOne) {
        /** How many times as many events the group took. */
        public double ratio() {
            return group[ROUNDS / 2] / oneByOne[ROUNDS / 2];
        }
    }

    /** Runs all shapes. */
    public static void main(String[] arguments) {
        int perCall = arguments.length == 0 ? 1_000 : Integer.parseInt(arguments[0]);
        System.out.printf(
                Locale.ROOT,
                "JDK %s, kernels %s%n",
                Runtime.version(),
                Kernels.best().name());
        for (Shape shape : SHAPES) {
            Result result = measure(shape, SESSIONS, perCall);
            System.out.printf(
                    Locale.ROOT,
                    "%-24s group %9.0f events/s (%.0f to %.0f, %5.1f GFLOP/s), one by one %8.0f (%.0f to %.0f), %.2f times%n",
                    shape,
                    result.group[ROUNDS / 2],
                    result.group[0],
                    result.group[ROUNDS - 1],
                    result.group[ROUNDS / 2] * shape.operations() * 1e-9,
                    result.oneByOne[ROUNDS / 2],
                    result.oneByOne[0],
                    result.oneByOne[ROUNDS - 1],
                    result.ratio());
        }
    }

    /** Measures both in turn. */
    public static Result measure(Shape shape, int sessions, int perCall) {
        Network network = shape.network();
        int[] order = new int[EVENTS / perCall * perCall];
        Rng rng = Rng.of(2);
        for (int i = 0; i < order.length; i++) {
            order[i] = rng.nextInt(sessions);
        }
        float[] inputs = new float[perCall * shape.features];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) rng.nextGaussian();
        }
        Runnable group = group(network, sessions, order, inputs, perCall);
        Runnable oneByOne = oneByOne(network, sessions, order, inputs, perCall);
        repeat(group);
        repeat(oneByOne);
        double[] groupRates = new double[ROUNDS];
        double[] oneByOneRates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            groupRates[round] = order.length / seconds(group);
            oneByOneRates[round] = order.length / seconds(oneByOne);
        }
        Arrays.sort(groupRates);
        Arrays.sort(oneByOneRates);
        return new Result(shape, sessions, perCall, groupRates, oneByOneRates);
    }

    private static Runnable group(Network network, int sessions, int[] order, float[] inputs, int perCall) {
        SessionGroup group = new SessionGroup(network);
        long[] open = new long[sessions];
        for (int i = 0; i < sessions; i++) {
            open[i] = group.open();
        }
        long[] due = new long[perCall];
        float[] outputs = new float[perCall * network.outputSize()];
        return () -> {
            for (int start = 0; start < order.length; start += perCall) {
                for (int i = 0; i < perCall; i++) {
                    due[i] = open[order[start + i]];
                }
                group.step(perCall, due, inputs, outputs);
            }
        };
    }

    private static Runnable oneByOne(Network network, int sessions, int[] order, float[] inputs, int perCall) {
        Session[] open = new Session[sessions];
        for (int i = 0; i < sessions; i++) {
            open[i] = new Session(network);
        }
        int features = network.spec().inputSize();
        float[] x = new float[features];
        float[] y = new float[network.outputSize()];
        return () -> {
            for (int i = 0; i < order.length; i++) {
                System.arraycopy(inputs, i % perCall * features, x, 0, features);
                open[order[i]].step(x, y);
            }
        };
    }

    private static void repeat(Runnable work) {
        long end = System.nanoTime() + Math.round(WARM_UP * 1e9);
        do {
            work.run();
        } while (System.nanoTime() < end);
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) * 1e-9;
    }
}
