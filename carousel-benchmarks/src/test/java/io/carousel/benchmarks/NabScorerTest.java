package io.carousel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.carousel.task.anomaly.EventWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NabScorerTest {
    /** Sixty rows with a window of ten. */
    private static final NabFile FILE =
            new NabFile("a.csv", new long[60], new double[60], List.of(new EventWindow(20, 29)));

    private static double[] detections(int... rows) {
        double[] scores = new double[60];
        for (int row : rows) {
            scores[row] = 1;
        }
        return scores;
    }

    @Test
    void aWindowThatIsFoundInItsFirstRowIsPerfectAndNothingIsNull() {
        List<NabFile> files = List.of(FILE);

        assertThat(NabScorer.sum(FILE, detections(20), 1)).isEqualTo(1);
        assertThat(NabScorer.normalized(files, NabScorer.sum(FILE, detections(20), 1)))
                .isEqualTo(100);
        assertThat(NabScorer.normalized(files, NabScorer.sum(FILE, detections(), 1)))
                .isZero();
    }

    @Test
    void onlyTheFirstDetectionOfAWindowCountsAndAllOutsideDo() {
        double found = NabScorer.sum(FILE, detections(22), 1);

        assertThat(NabScorer.sum(FILE, detections(22, 25, 29), 1)).isEqualTo(found);
        assertThat(NabScorer.sum(FILE, detections(12, 15, 22), 1)).isEqualTo(found - 0.22, offset(1e-15));
        assertThat(NabScorer.sum(FILE, detections(3, 22), 1)).isEqualTo(found); // within the probation
        assertThat(NabScorer.sum(FILE, detections(22, 59), 1)).isEqualTo(found - 0.11, offset(1e-15));
    }

    @Test
    void theThresholdIsThatWithTheLargestSum() {
        double[] scores = new double[60];
        scores[12] = 0.3;
        scores[21] = 0.5;
        scores[40] = 0.2;

        NabScorer.Best best = NabScorer.best(List.of(FILE), List.of(scores));

        assertThat(best.threshold()).isEqualTo(0.5);
        assertThat(best.sum()).isEqualTo(NabScorer.sum(FILE, scores, 0.5));
    }

    @Test
    void thePublishedDetectorEarnsWhatItsResultsState() throws IOException {
        Path zip = Path.of("").toAbsolutePath().getParent().resolveSibling("shared/data/nab/nab.zip");
        assumeTrue(Files.exists(zip), "no data sets beside the project");
        try (NabCorpus corpus = new NabCorpus(zip)) {
            List<NabFile> files = corpus.files();
            List<double[]> scores = new ArrayList<>();
            for (NabFile file : files) {
                NabCorpus.Published published = corpus.published("windowedGaussian", file.name());
                scores.add(published.scores());
                // the results state what a window earns in its first row, and what a detection outside earns in its own
                for (int row = 0; row < file.rows(); row++) {
                    assertThat(earned(file, published.scores(), row))
                            .as(file.name() + " " + row)
                            .isEqualTo(published.earned()[row], offset(1e-11)); // they have 12 digits
                }
            }
            NabScorer.Best best = NabScorer.best(files, scores);

            assertThat(files).hasSize(41);
            assertThat(NabScorer.normalized(files, best.sum())).isEqualTo(41.42, offset(0.005));
        }
    }

    private static double earned(NabFile file, double[] scores, int row) {
        for (EventWindow window : file.windows()) {
            if (window.holds(row)) {
                double best = -1;
                for (int i = window.first(); i <= window.last(); i++) {
                    best = scores[i] >= 1 ? Math.max(best, NabScorer.earned(file, i)) : best;
                }
                return row == window.first() ? best : 0;
            }
        }
        return row >= file.probation() && scores[row] >= 1 ? NabScorer.earned(file, row) : 0;
    }
}
