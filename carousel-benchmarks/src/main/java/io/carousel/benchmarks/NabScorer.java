package io.carousel.benchmarks;

import io.carousel.task.anomaly.EventWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The score of the Numenta Anomaly Benchmark, standard profile.
 *
 * <pre>{@code
 * σ(x) = 2 / (1 + e^(5x)) - 1, and -1 for x > 3
 * a detection in a window of rows [L, R], w = R - L + 1, at row i:  σ(-(R - i + 1) / w) / σ(-1)
 * a detection after the last window before:                         0.11 σ((i - R) / (w - 1))
 * a detection before any window:                                    -0.11
 * }</pre>
 *
 * <p>A window earns its best detection, or -1 when it has none; detections outside add up. The rows of the probation count for
 * nothing. One threshold holds for all files: that with the largest sum. The score is 100 (sum - null) / (perfect - null), where
 * null detects nothing (-1 for each window) and perfect finds each window in its first row.
 *
 * <p>Source: Lavin, Ahmad, <i>Evaluating Real-Time Anomaly Detection Algorithms: the Numenta Anomaly Benchmark</i>, 2015.
 */
final class NabScorer {
    private static final double FALSE_POSITIVE = 0.11;
    private static final double FAR = 3;

    private NabScorer() {}

    /** A threshold and the sum that it earns. */
    record Best(double threshold, double sum) {}

    private static double sigmoid(double x) {
        return x > FAR ? -1 : 2 / (1 + StrictMath.exp(5 * x)) - 1;
    }

    /** What a detection in a row earns. */
    static double earned(NabFile file, int row) {
        EventWindow before = null;
        for (EventWindow window : file.windows()) {
            if (window.holds(row)) {
                return sigmoid(-(double) (window.last() - row + 1) / window.events()) / sigmoid(-1);
            }
            if (window.last() < row) {
                before = window;
            }
        }
        return before == null
                ? -FALSE_POSITIVE
                : FALSE_POSITIVE * sigmoid((double) (row - before.last()) / (before.events() - 1));
    }

    /** The window of a row, or -1. */
    private static int window(NabFile file, int row) {
        for (int w = 0; w < file.windows().size(); w++) {
            if (file.windows().get(w).holds(row)) {
                return w;
            }
        }
        return -1;
    }

    /** The sum of a file at a threshold: rows whose score is at least that are detections. */
    static double sum(NabFile file, double[] scores, double threshold) {
        double[] windows = new double[file.windows().size()];
        Arrays.fill(windows, -1);
        double sum = 0;
        for (int row = file.probation(); row < file.rows(); row++) {
            if (scores[row] >= threshold) {
                int window = window(file, row);
                double earned = earned(file, row);
                if (window < 0) {
                    sum += earned;
                } else {
                    windows[window] = Math.max(windows[window], earned);
                }
            }
        }
        for (double earned : windows) {
            sum += earned;
        }
        return sum;
    }

    /** A row in the order of the thresholds. */
    private record Row(int file, int window, double earned, double score) {}

    /** The threshold that earns most over all files, of those between two scores and one above all. */
    static Best best(List<NabFile> files, List<double[]> scores) {
        List<Row> rows = new ArrayList<>();
        double[][] windows = new double[files.size()][];
        double sum = 0;
        for (int f = 0; f < files.size(); f++) {
            NabFile file = files.get(f);
            windows[f] = new double[file.windows().size()];
            Arrays.fill(windows[f], -1);
            sum -= windows[f].length;
            for (int row = file.probation(); row < file.rows(); row++) {
                rows.add(new Row(f, window(file, row), earned(file, row), scores.get(f)[row]));
            }
        }
        rows.sort(Comparator.comparingDouble(Row::score).reversed());
        Best best = new Best(Double.POSITIVE_INFINITY, sum);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.window < 0) {
                sum += row.earned;
            } else if (row.earned > windows[row.file][row.window]) {
                sum += row.earned - windows[row.file][row.window];
                windows[row.file][row.window] = row.earned;
            }
            boolean last = i + 1 == rows.size() || rows.get(i + 1).score != row.score;
            if (last && sum > best.sum) {
                best = new Best(row.score, sum);
            }
        }
        return best;
    }

    /** The score of a sum, from 0 for detecting nothing to 100 for a perfect detector. */
    static double normalized(List<NabFile> files, double sum) {
        int windows = files.stream().mapToInt(file -> file.windows().size()).sum();
        return 100 * (sum + windows) / (2.0 * windows);
    }
}
