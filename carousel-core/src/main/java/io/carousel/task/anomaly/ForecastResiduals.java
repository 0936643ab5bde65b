package io.carousel.task.anomaly;

import io.carousel.cell.StatePart;
import io.carousel.data.LabelledSequence;
import io.carousel.data.StreamedSequences;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.State;
import io.carousel.loss.HuberLoss;
import io.carousel.task.Session;
import io.carousel.train.Objective;
import io.carousel.train.TruncatedBackpropagation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Residuals of a recurrent network that forecasts how each channel changes to the next event.
 *
 * <pre>{@code
 * inputs    g(z_t), g(d_t) of each channel          d_t = (z_t - z_(t-1)) / change
 * outputs   μ of d_(t+1) of each channel            squared error near it, absolute error far from it
 * residual  d_(t+1) - μ
 * g(x) = x for |x| <= 3, else ±(3 + log(|x| - 2))
 * }</pre>
 *
 * <p>It forecasts a change, so that a network that has learnt nothing says that all stays as it is, and a level that training has
 * not seen is none that it has to have learnt. The network runs on and on, from the first event of a stream; a channel that is
 * missing is taken to have changed as forecast.
 */
final class ForecastResiduals implements AnomalyModel {
    private static final HuberLoss LOSS = new HuberLoss(1);
    private static final double LINEAR = 3;
    private static final int STEPS = 32;
    /** Pieces of a history are at least so long, in events. */
    private static final int SHORTEST_PIECE = 4 * STEPS;

    private static final String OUTPUTS = "forecast.outputs";
    private static final String LEVELS = "forecast.levels";
    private static final String STARTED = "forecast.started";

    private final Network network;
    private final double[] changes;
    private final List<StatePart> parts;

    ForecastResiduals(Network network, List<ChannelScale> scales) {
        this.network = network;
        changes = scales.stream().mapToDouble(ChannelScale::change).toArray();
        List<StatePart> all = new ArrayList<>(network.stateParts());
        all.add(new StatePart(OUTPUTS, network.outputSize()));
        all.add(new StatePart(LEVELS, changes.length));
        all.add(new StatePart(STARTED, 1));
        parts = List.copyOf(all);
    }

    static NetworkSpec network(AnomalySpec spec, int channels) {
        RecurrentSpec reader =
                RecurrentSpec.of("reader", spec.cell().toString(), Collections.nCopies(spec.layers(), spec.hidden()));
        return new NetworkSpec(2 * channels, List.of(reader, new DenseSpec("head", channels)));
    }

    /**
     * What training makes small: the error of the forecast changes.
     *
     * @param histories scaled, each {@code [T][C]} with NaN where a number is missing
     * @param pieces into which they may be cut, so that a mini-batch has some
     * @return null when no history has two events
     */
    static @Nullable Objective objective(
            Network network, List<double[][]> histories, List<ChannelScale> scales, int pieces) {
        long rows = histories.stream().mapToLong(history -> history.length).sum();
        long length = Math.max(SHORTEST_PIECE, (rows + pieces - 1) / pieces);
        List<LabelledSequence> sequences = new ArrayList<>();
        for (double[][] history : histories) {
            int parts = (int) Math.max(1, history.length / length);
            for (int p = 0; p < parts; p++) {
                int from = (int) ((long) history.length * p / parts);
                int to = (int) ((long) history.length * (p + 1) / parts);
                sequences.add(sequence(history, from, Math.min(history.length, to + 1), scales));
            }
        }
        sequences.removeIf(sequence -> sequence.targets().stream().allMatch(target -> target == null));
        return sequences.isEmpty()
                ? null
                : new TruncatedBackpropagation(network, LOSS, StreamedSequences.each(sequences), STEPS, STEPS);
    }

    /** The events from {@code from} to before {@code to}, each with the change to the next one as target. */
    private static LabelledSequence sequence(double[][] history, int from, int to, List<ChannelScale> scales) {
        int channels = scales.size();
        int length = Math.max(0, to - from - 1);
        float[][] inputs = new float[length][2 * channels];
        List<float @Nullable []> targets = new ArrayList<>();
        double[] level = new double[channels];
        for (int t = 0; t < length; t++) {
            double[] now = history[from + t];
            double[] then = history[from + t + 1];
            float[] target = new float[channels];
            boolean whole = true;
            for (int c = 0; c < channels; c++) {
                double before = level[c];
                level[c] = Double.isNaN(now[c]) ? before : now[c];
                double change = t == 0 ? 0 : (level[c] - before) / scales.get(c).change();
                inputs[t][2 * c] = input(level[c]);
                inputs[t][2 * c + 1] = input(change);
                target[c] = (float) ((then[c] - now[c]) / scales.get(c).change());
                whole &= !Float.isNaN(target[c]);
            }
            targets.add(whole ? target : null);
        }
        return new LabelledSequence(inputs, targets);
    }

    /** g. */
    private static float input(double x) {
        double size = Math.abs(x);
        double bent = size <= LINEAR ? size : LINEAR + StrictMath.log(size - LINEAR + 1);
        return (float) (x < 0 ? -bent : bent);
    }

    @Override
    public List<StatePart> stateParts() {
        return parts;
    }

    @Override
    public int warmUp() {
        return 1;
    }

    @Override
    public Run run() {
        return new Stream();
    }

    private final class Stream implements Run {
        private final Session session = new Session(network);
        private final State start = network.initialState(1);
        private final float[] x = new float[2 * changes.length];
        private final float[] outputs = new float[network.outputSize()];
        private final float[] levels = new float[changes.length];
        private boolean started;

        @Override
        public void step(double[] values, double[] residuals, double[] expected) {
            for (int c = 0; c < changes.length; c++) {
                double forecast = started ? levels[c] + outputs[c] * changes[c] : Double.NaN;
                double value = values[c];
                double before = levels[c];
                double level = Double.isNaN(value) ? (started ? forecast : 0) : value;
                levels[c] = (float) level;
                expected[c] = forecast;
                residuals[c] = (value - forecast) / changes[c];
                x[2 * c] = input(level);
                x[2 * c + 1] = input(started ? (level - before) / changes[c] : 0);
            }
            started = true;
            session.step(x, outputs);
        }

        @Override
        public void restart() {
            session.restore(start);
            Arrays.fill(outputs, 0);
            Arrays.fill(levels, 0);
            started = false;
        }

        @Override
        public void load(State state) {
            State own = network.initialState(1);
            for (StatePart part : own.parts()) {
                System.arraycopy(state.values(part.name()), 0, own.values(part.name()), 0, part.size());
            }
            session.restore(own);
            System.arraycopy(state.values(OUTPUTS), 0, outputs, 0, outputs.length);
            System.arraycopy(state.values(LEVELS), 0, levels, 0, levels.length);
            started = state.values(STARTED)[0] != 0;
        }

        @Override
        public void store(State state) {
            State own = session.state();
            for (StatePart part : own.parts()) {
                System.arraycopy(own.values(part.name()), 0, state.values(part.name()), 0, part.size());
            }
            System.arraycopy(outputs, 0, state.values(OUTPUTS), 0, outputs.length);
            System.arraycopy(levels, 0, state.values(LEVELS), 0, levels.length);
            state.values(STARTED)[0] = started ? 1 : 0;
        }
    }
}
