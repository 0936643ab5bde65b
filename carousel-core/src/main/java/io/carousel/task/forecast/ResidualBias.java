package io.carousel.task.forecast;

import io.carousel.loss.GaussianLoss;
import io.carousel.loss.LossSpec;
import io.carousel.loss.QuantileLoss;
import io.carousel.loss.StudentTLoss;
import java.util.Arrays;

/** The raw outputs that describe the residuals of the linear part before any network has learnt: where training starts. */
final class ResidualBias {
    private static final double LEAST_GAP = 1e-3;

    private ResidualBias() {}

    /** Raw outputs, {@code [steps, outputs]}. */
    static float[] of(LossSpec loss, float[][] residuals, int steps) {
        int outputs = loss.outputs();
        float[] raw = new float[steps * outputs];
        for (int h = 0; h < steps && residuals.length > 0; h++) {
            double[] sorted = column(residuals, h);
            int at = h * outputs;
            if (loss instanceof QuantileLoss quantiles) {
                quantiles(quantiles, sorted, raw, at);
            } else if (loss instanceof GaussianLoss || loss instanceof StudentTLoss) {
                double spread = (quantile(sorted, 0.841) - quantile(sorted, 0.159)) / 2;
                raw[at + 1] = (float) inverseSoftplus(spread);
            }
        }
        return raw;
    }

    /** Which of the raw outputs of a target shifts its whole forecast. */
    static int location(LossSpec loss) {
        return loss instanceof QuantileLoss quantiles ? quantiles.anchor() : 0;
    }

    private static void quantiles(QuantileLoss loss, double[] sorted, float[] raw, int at) {
        int anchor = loss.anchor();
        for (int q = 0; q < loss.outputs(); q++) {
            double here = quantile(sorted, loss.levels().get(q));
            if (q == anchor) {
                raw[at + q] = (float) here;
            } else {
                int towards = q > anchor ? q - 1 : q + 1;
                double gap = Math.abs(here - quantile(sorted, loss.levels().get(towards)));
                raw[at + q] = (float) inverseSoftplus(gap);
            }
        }
    }

    /** The residuals of one step, ascending. */
    static double[] column(float[][] residuals, int step) {
        double[] values = new double[residuals.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = residuals[i][step];
        }
        Arrays.sort(values);
        return values;
    }

    /** The quantile of ascending values, between two of them on the straight line. */
    static double quantile(double[] sorted, double level) {
        double place = level * (sorted.length + 1) - 1;
        int below = (int) Math.floor(Math.max(0, Math.min(place, sorted.length - 1.0)));
        int above = Math.min(below + 1, sorted.length - 1);
        double part = Math.max(0, Math.min(1, place - below));
        return sorted[below] + part * (sorted[above] - sorted[below]);
    }

    private static double inverseSoftplus(double value) {
        double bounded = Math.max(value, LEAST_GAP);
        return bounded > 20 ? bounded : StrictMath.log(StrictMath.expm1(bounded));
    }
}
