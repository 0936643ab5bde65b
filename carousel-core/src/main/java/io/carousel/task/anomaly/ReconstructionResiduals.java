package io.carousel.task.anomaly;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.LastStepSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkOutput;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.State;
import io.carousel.loss.Losses;
import io.carousel.loss.SquaredLoss;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import io.carousel.train.Objective;
import io.carousel.train.ShardLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Residuals of an autoencoder that reads the last w events and gives them back.
 *
 * <pre>{@code
 * code      the last output of a recurrent encoder over z_(t-w+1), …, z_t
 * ẑ         a linear function of the code, [w, C]
 * residual  √(mean over the window of (z - ẑ)²), of each channel
 * }</pre>
 *
 * <p>The code is too narrow for what is not usual. An event costs a pass over the window. A channel that is missing is taken to be
 * as in the reconstruction of the window before it, or 0 at the start; where it is missing now it has no residual.
 *
 * <p>Source: Malhotra et al., <i>LSTM-based Encoder-Decoder for Multi-sensor Anomaly Detection</i>, 2016, with a linear decoder.
 */
final class ReconstructionResiduals implements AnomalyModel {
    private static final SquaredLoss LOSS = new SquaredLoss();
    private static final double FURTHEST = 1e6;

    private static final String EVENTS = "reconstruction.events";
    private static final String SEEN = "reconstruction.seen";
    private static final String LAST = "reconstruction.last";

    private final Network network;
    private final int window;
    private final int channels;
    private final List<StatePart> parts;

    ReconstructionResiduals(Network network, int window) {
        this.network = network;
        this.window = window;
        channels = network.spec().inputSize();
        parts = List.of(
                new StatePart(EVENTS, window * channels), new StatePart(SEEN, 1), new StatePart(LAST, channels));
    }

    static NetworkSpec network(AnomalySpec spec, int channels) {
        RecurrentSpec encoder =
                RecurrentSpec.of("encoder", spec.cell().toString(), Collections.nCopies(spec.layers(), spec.hidden()));
        return new NetworkSpec(
                channels,
                List.of(
                        encoder,
                        new LastStepSpec(),
                        new DenseSpec("decoder", Math.multiplyExact(spec.window(), channels))));
    }

    /**
     * What training makes small: the mean squared error of the reconstruction of every window without a missing number.
     *
     * @param histories scaled, each {@code [T][C]}
     * @return null when there is no such window
     */
    static @Nullable Objective objective(Network network, List<double[][]> histories, int window) {
        List<float[][]> events = new ArrayList<>();
        List<int[]> windows = new ArrayList<>();
        for (double[][] history : histories) {
            float[][] rows = new float[history.length][];
            int whole = 0;
            for (int t = 0; t < rows.length; t++) {
                rows[t] = new float[history[t].length];
                boolean all = true;
                for (int c = 0; c < rows[t].length; c++) {
                    rows[t][c] = bounded(history[t][c]);
                    all &= !Double.isNaN(history[t][c]);
                }
                whole = all ? whole + 1 : 0;
                if (whole >= window) {
                    windows.add(new int[] {events.size(), t - window + 1});
                }
            }
            events.add(rows);
        }
        return windows.isEmpty() ? null : new Windows(network, events, windows, window);
    }

    private static float bounded(double value) {
        return (float) Math.max(-FURTHEST, Math.min(FURTHEST, value));
    }

    /** The error of the reconstruction of windows, per number. */
    private record Windows(Network network, List<float[][]> events, List<int[]> windows, int window)
            implements Objective {
        @Override
        public Parameters parameters() {
            return network.parameters();
        }

        @Override
        public int examples() {
            return windows.size();
        }

        @Override
        public ShardLoss forward(Tape tape, int[] examples, int from, int to, @Nullable Rng dropout) {
            int size = to - from;
            int channels = network.spec().inputSize();
            SequenceBatch batch = SequenceBatch.allocate(tape.workspace(), BatchLayout.uniform(size, window), channels);
            Tensor wanted = tape.workspace().take(size, window * channels);
            for (int i = 0; i < size; i++) {
                int[] place = windows.get(examples[from + i]);
                for (int t = 0; t < window; t++) {
                    float[] row = events.get(place[0])[place[1] + t];
                    System.arraycopy(row, 0, batch.values().data(), batch.offset(i, t), channels);
                    System.arraycopy(row, 0, wanted.data(), wanted.offset() + (i * window + t) * channels, channels);
                }
            }
            NetworkOutput output = network.forward(tape, batch, null, dropout);
            double weight = wanted.size();
            return new ShardLoss(
                    output.penalized(tape, Losses.apply(tape, LOSS, output.rows(), wanted), weight), weight);
        }
    }

    @Override
    public List<StatePart> stateParts() {
        return parts;
    }

    @Override
    public int warmUp() {
        return window - 1;
    }

    @Override
    public Run run() {
        return new Stream();
    }

    private final class Stream implements Run {
        private final Session session = new Session(network);
        private final State start = network.initialState(1);
        /** The last events, oldest first. */
        private final float[] events = new float[window * channels];

        private final float[] x = new float[channels];
        private final float[] reconstruction = new float[window * channels];
        /** What is taken for a channel that is missing. */
        private final float[] last = new float[channels];

        private int seen;

        @Override
        public void step(double[] values, double[] residuals, double[] expected) {
            System.arraycopy(events, channels, events, 0, events.length - channels);
            int newest = events.length - channels;
            for (int c = 0; c < channels; c++) {
                events[newest + c] = Double.isNaN(values[c]) ? last[c] : bounded(values[c]);
            }
            seen = Math.min(seen + 1, window);
            if (seen < window) {
                Arrays.fill(residuals, Double.NaN);
                Arrays.fill(expected, Double.NaN);
                return;
            }
            session.restore(start);
            for (int t = 0; t < window; t++) {
                System.arraycopy(events, t * channels, x, 0, channels);
                session.step(x, reconstruction);
            }
            for (int c = 0; c < channels; c++) {
                double sum = 0;
                for (int i = c; i < events.length; i += channels) {
                    double error = (double) events[i] - reconstruction[i];
                    sum += error * error;
                }
                last[c] = reconstruction[newest + c];
                expected[c] = last[c];
                residuals[c] = Double.isNaN(values[c]) ? Double.NaN : Math.sqrt(sum / window);
            }
        }

        @Override
        public void restart() {
            Arrays.fill(events, 0);
            Arrays.fill(last, 0);
            seen = 0;
        }

        @Override
        public void load(State state) {
            System.arraycopy(state.values(EVENTS), 0, events, 0, events.length);
            System.arraycopy(state.values(LAST), 0, last, 0, channels);
            seen = StateNumbers.count(state, SEEN, 0, window);
        }

        @Override
        public void store(State state) {
            System.arraycopy(events, 0, state.values(EVENTS), 0, events.length);
            System.arraycopy(last, 0, state.values(LAST), 0, channels);
            state.values(SEEN)[0] = seen;
        }
    }
}
