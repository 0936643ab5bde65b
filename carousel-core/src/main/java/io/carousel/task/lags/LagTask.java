package io.carousel.task.lags;

import io.carousel.tensor.Rng;
import org.jspecify.annotations.Nullable;

/**
 * A problem whose answer lies many time steps before the question.
 *
 * <p>A task draws its sequences from a stream of random numbers and keeps nothing: immutable, safe for any number of
 * threads. Outputs are logistic, from 0 to 1, as all targets are.
 */
public interface LagTask {
    /** The name by which {@link LagTasks} and the command line choose it. */
    String name();

    /** Its number in the paper, such as {@code 2a}. */
    String experiment();

    /** What is to be done, in a sentence with its numbers. */
    String description();

    /** The parameter that {@link LagTasks#of} takes as lag; null when there is none. */
    default @Nullable Integer lagOption() {
        return null;
    }

    /** The parameter that {@link LagTasks#of} takes as detail; null when there is none. */
    default @Nullable Integer detailOption() {
        return null;
    }

    /** F: the width of a row of the input. */
    int inputs();

    /** The number of output units. */
    int outputs();

    /** Whether every time step has a target, or only the end of a sequence. */
    boolean everyStep();

    /** The length of a typical long sequence, over which something must be remembered. */
    int span();

    /** One sequence. */
    LagSequence sequence(Rng rng);

    /** The training sequence of that number: a fresh one each time, unless the problem has a training set. */
    default LagSequence training(Rng rng, long number) {
        return sequence(rng.stream("training").stream(number));
    }

    /** One of the sequences by which a {@link LagCriterion.Sample} decides; a new sample each round, unless it is a set. */
    default LagSequence sampled(Rng rng, long round, int number) {
        return sequence(rng.stream("sample").stream(round).stream(number));
    }

    /** One of the sequences on which the result is tested, which no training has seen. */
    default LagSequence test(Rng rng, int number) {
        return sequence(rng.stream("test").stream(number));
    }

    /**
     * How wrong the outputs for a sequence are: the largest difference of an output from the truth.
     *
     * @param outputs rows as in {@link LagSequence#truth}
     */
    default double error(LagSequence sequence, float[][] outputs) {
        double worst = 0;
        for (int row = 0; row < outputs.length; row++) {
            worst = Math.max(worst, difference(sequence.truth()[row], outputs[row]));
        }
        return worst;
    }

    /** The error below which a sequence counts as right. */
    double tolerance();

    /** When the problem counts as solved. */
    LagCriterion criterion();

    /** The mean number of training sequences after which the paper's LSTM met the criterion; null for other parameters. */
    @Nullable
    Long paperSequences();

    /** The largest difference of two rows. */
    static double difference(float[] truth, float[] outputs) {
        double worst = 0;
        for (int i = 0; i < truth.length; i++) {
            worst = Math.max(worst, Math.abs((double) outputs[i] - truth[i]));
        }
        return worst;
    }
}
