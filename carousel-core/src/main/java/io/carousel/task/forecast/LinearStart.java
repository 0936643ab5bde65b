package io.carousel.task.forecast;

import io.carousel.loss.LossSpec;
import io.carousel.loss.SquaredLoss;
import java.util.Arrays;

/**
 * The linear autoregression that a network starts from, solved in closed form.
 *
 * <p>For losses that are not squares the windows are weighted again and again by the inverse of their error, which leads to
 * the least absolute error. Source: Schlossmacher, <i>An Iterative Technique for Absolute Deviations Curve Fitting</i>,
 * 1973.
 */
final class LinearStart {
    private static final int REWEIGHTINGS = 4;

    /** A window counts at most as if its error were this part of the typical one. */
    private static final double LEAST_ERROR = 0.1;

    private final WindowEncoder encoder;
    private final int[] columns;
    private final float[] window;
    private final double[] x;
    private final double[] y;

    LinearStart(WindowEncoder encoder) {
        this.encoder = encoder;
        columns = encoder.linearColumns();
        window = new float[encoder.length() * encoder.features()];
        x = new double[columns.length];
        y = new double[encoder.steps()];
    }

    /** The linear function of {@link WindowEncoder#linearColumns} that fits best. */
    LinearModel fit(WindowSet set, double ridge, LossSpec loss) {
        LinearModel model = solve(set, ridge, null);
        if (loss instanceof SquaredLoss) {
            return model;
        }
        double typical = typicalTarget(set);
        for (int i = 0; i < REWEIGHTINGS && typical > 0; i++) {
            double[] weights = new double[set.size()];
            double[] forecast = new double[y.length];
            for (int w = 0; w < weights.length; w++) {
                read(set, w);
                model.apply(x, forecast);
                double error = 0;
                for (int h = 0; h < y.length; h++) {
                    error += Math.abs(y[h] - forecast[h]);
                }
                weights[w] = typical / Math.max(error / y.length, LEAST_ERROR * typical);
            }
            model = solve(set, ridge, weights);
        }
        return model;
    }

    private LinearModel solve(WindowSet set, double ridge, double @org.jspecify.annotations.Nullable [] weights) {
        NormalEquations equations = new NormalEquations(x.length, y.length);
        for (int w = 0; w < set.size(); w++) {
            read(set, w);
            equations.add(x, y, weights == null ? 1 : weights[w]);
        }
        return equations.solve(ridge);
    }

    /** The median over windows of the mean size of their targets. */
    private double typicalTarget(WindowSet set) {
        double[] sizes = new double[set.size()];
        for (int w = 0; w < sizes.length; w++) {
            encoder.targets(set.series(w), set.origin(w), y);
            for (double target : y) {
                sizes[w] += Math.abs(target) / y.length;
            }
        }
        Arrays.sort(sizes);
        return sizes[sizes.length / 2];
    }

    /** Reads inputs and targets of an example. */
    private void read(WindowSet set, int w) {
        readInputs(set, w);
        encoder.targets(set.series(w), set.origin(w), y);
    }

    private void readInputs(WindowSet set, int w) {
        encoder.encode(set.series(w), set.origin(w), window);
        for (int i = 0; i < x.length; i++) {
            x[i] = window[columns[i]];
        }
    }

    /** What the model leaves over of the targets, by example, then by step. */
    float[][] residuals(WindowSet set, LinearModel model) {
        float[][] residuals = new float[set.size()][y.length];
        double[] forecast = new double[y.length];
        for (int w = 0; w < residuals.length; w++) {
            read(set, w);
            model.apply(x, forecast);
            for (int h = 0; h < y.length; h++) {
                residuals[w][h] = (float) (y[h] - forecast[h]);
            }
        }
        return residuals;
    }
}
