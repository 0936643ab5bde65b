package io.carousel.benchmarks;

import io.carousel.task.lags.LagCriterion;
import io.carousel.task.lags.LagSequence;
import io.carousel.task.lags.LagTask;
import io.carousel.tensor.Rng;
import org.jspecify.annotations.Nullable;

/**
 * Adding as it is mostly posed since 1997: values from [0, 1], one mark in each half, always T pairs; the target is half
 * the sum, so that a logistic output can give it.
 *
 * <p>Source: Le, Jaitly, Hinton, <i>A Simple Way to Initialize Recurrent Networks of Rectified Linear Units</i>, 2015.
 */
record LaterAddingTask(int lag) implements LagTask {
    @Override
    public String name() {
        return "later-adding";
    }

    @Override
    public String experiment() {
        return "";
    }

    @Override
    public String description() {
        return "half the sum of the two marked numbers; T = " + lag;
    }

    @Override
    public Integer lagOption() {
        return lag;
    }

    @Override
    public int inputs() {
        return 2;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public boolean everyStep() {
        return false;
    }

    @Override
    public int span() {
        return lag;
    }

    @Override
    public LagSequence sequence(Rng rng) {
        float[] rows = new float[2 * lag];
        for (int t = 0; t < lag; t++) {
            rows[2 * t] = rng.nextFloat();
        }
        int first = rng.nextInt(lag / 2);
        int second = lag / 2 + rng.nextInt(lag - lag / 2);
        rows[2 * first + 1] = 1;
        rows[2 * second + 1] = 1;
        float target = (rows[2 * first] + rows[2 * second]) / 2;
        return new LagSequence(new LagSequence.Values(rows, 2), new float[][] {{target}});
    }

    @Override
    public double tolerance() {
        return 0.04;
    }

    @Override
    public LagCriterion criterion() {
        return new LagCriterion.Recent(2_000, 0.01, 0);
    }

    @Override
    public @Nullable Long paperSequences() {
        return null;
    }
}
