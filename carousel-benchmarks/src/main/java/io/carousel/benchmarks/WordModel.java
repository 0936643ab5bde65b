package io.carousel.benchmarks;

import io.carousel.data.TokenStreams;
import io.carousel.kernel.Kernels;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.optim.Schedule;
import io.carousel.optim.Sgd;
import io.carousel.tensor.Rng;
import io.carousel.train.SoftmaxOutput;
import io.carousel.train.StepReport;
import io.carousel.train.Trainer;
import io.carousel.train.TrainingListener;
import io.carousel.train.TrainingPlan;
import io.carousel.train.TruncatedBackpropagation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A word model at its training: an embedding, stacked LSTMs and an output layer with its loss, through {@link Trainer}; a step
 * is forward, backward, clipping by the norm and gradient descent, with the state carried on.
 *
 * <p>The mini-batch is cut into two shards, whatever the number of threads. Tokens are random with the frequencies of Zipf's
 * law, {@code P(v)} proportional to {@code 1 / (v + 1)}, which decide how many rows of the embedding a step touches.
 *
 * <p>Run as a program it prints words per second, with the median and the best step; arguments are the threads, {@code 1 2} by
 * default, and {@code T,B,H,layers,V} to leave out the other shapes.
 *
 * @param timeSteps T
 * @param sequences B
 * @param hiddenSize H, and the width of the embedding
 * @param layers of the stack
 * @param vocabulary V
 */
public record WordModel(int timeSteps, int sequences, int hiddenSize, int layers, int vocabulary) {
    /** Those of the ledger. */
    public static final List<WordModel> SHAPES = List.of(
            new WordModel(20, 20, 200, 2, 10_000),
            new WordModel(35, 20, 650, 2, 10_000),
            new WordModel(50, 50, 128, 2, 65));

    private static final double WARM_UP = 3;
    private static final double MEASURED = 4;
    private static final int UPDATES = 64;

    /** Words per second: of the median step, and of the best. */
    public record Speed(double median, double best) {}

    public static void main(String[] arguments) {
        List<WordModel> shapes = Arrays.stream(arguments)
                .filter(argument -> argument.contains(","))
                .map(WordModel::parse)
                .toList();
        int[] threads = Arrays.stream(arguments)
                .filter(argument -> !argument.contains(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        System.out.println(
                "JDK " + Runtime.version() + ", kernels " + Kernels.best().name());
        for (WordModel shape : shapes.isEmpty() ? SHAPES : shapes) {
            for (int count : threads.length == 0 ? new int[] {1, 2} : threads) {
                Speed speed = shape.measure(count, WARM_UP, MEASURED);
                System.out.printf(
                        Locale.ROOT,
                        "%s %d threads  %,9.0f words/s  (best step %,9.0f)  %5.0f GFLOP/s%n",
                        shape,
                        count,
                        speed.median(),
                        speed.best(),
                        speed.median() * shape.operationsPerWord() * 1e-9);
            }
        }
    }

    private static WordModel parse(String text) {
        int[] sizes =
                Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
        return new WordModel(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]);
    }

    /** Of all products: two for each weight forward, and twice that backward. */
    public double operationsPerWord() {
        return 6.0 * (8.0 * layers * hiddenSize * hiddenSize + (double) hiddenSize * vocabulary);
    }

    /** The network, with its first weights. */
    public Network network() {
        List<LayerSpec> specs = List.of(
                new EmbeddingSpec("embedding", vocabulary, hiddenSize),
                RecurrentSpec.of("lstm", "lstm", Collections.nCopies(layers, hiddenSize)),
                new DenseSpec("decoder", vocabulary));
        return Network.create(new NetworkSpec(1, specs), Rng.of(1));
    }

    /** The text of some updates: token numbers drawn by Zipf's law. */
    public int[] text(int updates) {
        double[] sums = new double[vocabulary];
        double sum = 0;
        for (int v = 0; v < vocabulary; v++) {
            sum += 1.0 / (v + 1);
            sums[v] = sum;
        }
        Rng rng = Rng.of(2);
        int[] tokens = new int[sequences * timeSteps * updates + 1];
        for (int i = 0; i < tokens.length; i++) {
            int place = Arrays.binarySearch(sums, sum * rng.nextDouble());
            tokens[i] = Math.min(vocabulary - 1, place < 0 ? -place - 1 : place);
        }
        return tokens;
    }

    /** Trains for some seconds without and then with the clock. */
    public Speed measure(int threads, double warmUpSeconds, double seconds) {
        Clock clock = new Clock(warmUpSeconds, seconds);
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(Integer.MAX_VALUE / (2 * UPDATES))
                .withBatchSize(sequences)
                .withShardSize((sequences + 1) / 2)
                .withOptimizer(new Sgd(0, false))
                .withSchedule(new Schedule.Constant())
                .withLearningRate(0.5)
                .withClipNorm(5);
        Trainer trainer = Trainer.builder(plan).threads(threads).listener(clock).build();
        clock.trainer = trainer;
        trainer.fit(
                new TruncatedBackpropagation(
                        network(),
                        new SoftmaxOutput(),
                        TokenStreams.of(text(UPDATES), sequences),
                        timeSteps,
                        timeSteps),
                null);
        double[] sorted = Arrays.copyOf(clock.nanos, clock.steps);
        Arrays.sort(sorted);
        double words = (double) sequences * timeSteps * 1e9;
        return new Speed(words / sorted[sorted.length / 2], words / sorted[0]);
    }

    /** Keeps the times between updates, and stops the trainer. */
    private static final class Clock implements TrainingListener {
        private final double warmUpSeconds;
        private final double seconds;
        private final long start = System.nanoTime();
        private final double[] nanos = new double[1 << 20];
        private int steps;
        private long last;
        private @Nullable Trainer trainer;

        Clock(double warmUpSeconds, double seconds) {
            this.warmUpSeconds = warmUpSeconds;
            this.seconds = seconds;
        }

        @Override
        public void step(StepReport report) {
            long now = System.nanoTime();
            double passed = (now - start) * 1e-9;
            if (passed > warmUpSeconds && last != 0 && steps < nanos.length) {
                nanos[steps++] = now - last;
            }
            last = now;
            Trainer running = trainer;
            if (running != null && passed > warmUpSeconds + seconds && steps > 0) {
                running.stop();
            }
        }
    }
}
