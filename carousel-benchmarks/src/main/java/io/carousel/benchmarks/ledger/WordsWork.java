package io.carousel.benchmarks.ledger;

import io.carousel.autograd.Parameter;
import io.carousel.benchmarks.side.Numbers;
import io.carousel.benchmarks.side.Work;
import io.carousel.benchmarks.side.Workload;
import io.carousel.data.TokenStreams;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.EmbeddingSpec;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A word model at its training through {@link Trainer}: an embedding, stacked LSTMs, the output layer with its loss, clipping by
 * the norm, gradient descent, and the state carried on.
 *
 * <p>The trainer runs on a thread of its own, and its listener lets it do one update for each call of {@link #run}.
 */
final class WordsWork implements Work {
    private static final double RATE = 0.5;
    private static final double CLIP_NORM = 5;

    private final Network network;
    private final Trainer trainer;
    private final Thread thread;
    private final Semaphore wanted = new Semaphore(0);
    private final Semaphore done = new Semaphore(0);
    private volatile double loss;
    private volatile @Nullable Throwable failure;

    WordsWork(Workload workload, int threads) {
        int hiddenSize = workload.size("H");
        int vocabulary = workload.size("V");
        int batch = workload.size("B");
        int steps = workload.size("T");
        network = Network.create(
                new NetworkSpec(
                        1,
                        List.of(
                                new EmbeddingSpec("embedding", vocabulary, hiddenSize),
                                RecurrentSpec.of("lstm", "lstm", Collections.nCopies(workload.size("L"), hiddenSize)),
                                new DenseSpec("decoder", vocabulary))),
                Rng.of(1));
        for (Parameter parameter : network.parameters().list()) {
            int size = parameter.shape().size();
            float[] values = Numbers.uniform(parameter.name(), size, Numbers.WORD_SCALE);
            System.arraycopy(values, 0, network.parameters().values(), parameter.offset(), size);
        }
        network.parameters().changed();
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(Integer.MAX_VALUE / (2 * Numbers.UPDATES))
                .withBatchSize(batch)
                .withShardSize((batch + 1) / 2)
                .withOptimizer(new Sgd(0, false))
                .withSchedule(new Schedule.Constant())
                .withLearningRate(RATE)
                .withClipNorm(CLIP_NORM);
        TokenStreams streams = TokenStreams.of(Numbers.tokens(batch, steps, vocabulary), batch);
        TruncatedBackpropagation objective =
                new TruncatedBackpropagation(network, new SoftmaxOutput(), streams, steps, steps);
        trainer = Trainer.builder(plan).threads(threads).listener(new Pauses()).build();
        thread = new Thread(() -> train(objective), "trainer");
        thread.setDaemon(true);
        thread.start();
    }

    private void train(TruncatedBackpropagation objective) {
        try {
            wanted.acquire();
            trainer.fit(objective, null);
        } catch (Throwable e) {
            failure = e;
            done.release();
        }
    }

    /** Waits after each update until the next is wanted. */
    private final class Pauses implements TrainingListener {
        @Override
        public void step(StepReport report) {
            loss = report.loss();
            done.release();
            wanted.acquireUninterruptibly();
        }
    }

    @Override
    public void run() {
        wanted.release();
        done.acquireUninterruptibly();
        Throwable thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException(thrown);
        }
    }

    @Override
    public Map<String, float[]> results() {
        float[] before = network.parameters().values().clone();
        float[] losses = new float[Numbers.COMPARED_UPDATES];
        for (int i = 0; i < losses.length; i++) {
            run();
            losses[i] = (float) loss;
        }
        Map<String, float[]> results = new LinkedHashMap<>();
        results.put("losses", losses);
        for (Parameter parameter : network.parameters().list()) {
            float[] change = new float[parameter.shape().size()];
            for (int i = 0; i < change.length; i++) {
                int at = parameter.offset() + i;
                change[i] = network.parameters().values()[at] - before[at];
            }
            results.put("change of " + parameter.name(), change);
        }
        return results;
    }

    @Override
    public void close() {
        trainer.stop();
        wanted.release();
    }
}
