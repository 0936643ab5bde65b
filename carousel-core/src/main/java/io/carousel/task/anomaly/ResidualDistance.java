package io.carousel.task.anomaly;

import java.util.ArrayList;
import java.util.List;

/**
 * How far the residuals of all channels are from 0, together.
 *
 * <pre>{@code
 * d = √(rᵀ M⁻¹ r / C)          M = E[r rᵀ] over usual events, each diagonal element 1 % larger
 * }</pre>
 *
 * <p>So channels that err together usually are less surprising when they do so than when one errs alone. Of channels that are
 * missing, rows and columns of M are left out, and C counts the others. Of one channel it is |r| in units of its usual size.
 *
 * <p>Source: Mahalanobis, <i>On the Generalised Distance in Statistics</i>, 1936; of residuals as in Malhotra et al., <i>LSTM-based
 * Encoder-Decoder for Multi-sensor Anomaly Detection</i>, 2016. Belongs to one thread.
 */
final class ResidualDistance {
    /** Beyond, nothing more could be told. */
    private static final double FURTHEST = 1e18;

    private final int channels;
    private final double[] moments;
    private final double[] whole;
    private final double[] part;
    private final double[] solved;
    private final int[] present;

    /** @param moments the lower triangle of M, row by row */
    ResidualDistance(int channels, List<Double> moments) {
        this.channels = channels;
        this.moments = moments.stream().mapToDouble(m -> m).toArray();
        whole = new double[this.moments.length];
        part = new double[this.moments.length];
        solved = new double[channels];
        present = new int[channels];
        for (int c = 0; c < channels; c++) {
            present[c] = c;
        }
        factor(channels, whole);
    }

    /**
     * The lower triangle of M from the residuals of usual events.
     *
     * @param rows each {@code [C]}, without NaN
     */
    static List<Double> moments(List<double[]> rows, int channels) {
        List<Double> moments = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (double[] row : rows) {
                    sum += row[i] * row[j];
                }
                double mean = sum / rows.size();
                moments.add(i == j ? 1.01 * mean + 1e-12 : mean);
            }
        }
        return moments;
    }

    /** The distance of residuals, NaN where all are missing. */
    double of(double[] residuals) {
        int count = 0;
        for (int c = 0; c < channels; c++) {
            if (!Double.isNaN(residuals[c])) {
                present[count++] = c;
            }
        }
        if (count == 0) {
            return Double.NaN;
        }
        double[] factor = whole;
        if (count < channels) {
            factor = part;
            factor(count, part);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double value = residuals[present[i]];
            for (int j = 0; j < i; j++) {
                value -= factor[at(i, j)] * solved[j];
            }
            solved[i] = value / factor[at(i, i)];
            sum += solved[i] * solved[i];
        }
        return Math.min(FURTHEST, Math.sqrt(sum / count));
    }

    /** The Cholesky factor of M over the channels that are present. */
    private void factor(int count, double[] to) {
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = moments[at(present[i], present[j])];
                for (int k = 0; k < j; k++) {
                    sum -= to[at(i, k)] * to[at(j, k)];
                }
                if (i == j && !(sum > 0)) {
                    throw new IllegalArgumentException(
                            "moments of the residuals must be positive definite, got pivot " + sum + " in row " + i);
                }
                to[at(i, j)] = i == j ? Math.sqrt(sum) : sum / to[at(j, j)];
            }
        }
    }

    private static int at(int row, int column) {
        return row * (row + 1) / 2 + column;
    }
}
