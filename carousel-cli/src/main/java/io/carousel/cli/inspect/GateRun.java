package io.carousel.cli.inspect;

import io.carousel.cell.Block;
import io.carousel.cell.StatePart;
import io.carousel.cli.command.UserMistake;
import io.carousel.data.Series;
import io.carousel.data.TimeIndex;
import io.carousel.inspect.GateStatistics;
import io.carousel.inspect.GradientByLag;
import io.carousel.inspect.RunTrace;
import io.carousel.inspect.Trace;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.task.forecast.ForecastWindow;
import io.carousel.task.forecast.Forecaster;
import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A forecaster's network run on one window of a series.
 *
 * @param forecaster the model
 * @param time that of the series, with the rows after it that the window reads
 * @param window what was read
 * @param layers every recurrent layer in each direction; empty when the model is linear
 */
record GateRun(Forecaster forecaster, TimeIndex time, ForecastWindow window, List<Layer> layers) {
    /** Random directions of the last output that a curve of gradients is the mean of. */
    private static final int DIRECTIONS = 16;

    /**
     * What is known of a recurrent layer.
     *
     * @param trace its gates and states
     * @param statistics of every gate that saturates
     * @param gradients of every part of the state
     */
    record Layer(RunTrace trace, List<GateStatistics> statistics, List<GradientByLag> gradients) {
        /** The units of the widest of the gates and the parts of the state. */
        int units() {
            int widest = 0;
            for (Block gate : trace.cell().activations()) {
                widest = Math.max(widest, gate.size());
            }
            for (StatePart part : trace.cell().state()) {
                widest = Math.max(widest, part.size());
            }
            return widest;
        }
    }

    /**
     * Runs the network.
     *
     * @param at the last row of the window, a time stamp or a number from 1; null for the last
     */
    static GateRun of(Forecaster forecaster, Series series, @Nullable String at) {
        ForecastWindow window =
                at == null ? forecaster.lastWindow(series) : forecaster.window(series, row(series.time(), at));
        Network network = forecaster.model().network();
        Trace trace = Trace.of(network, Kernels.best(), window.batch(), null);
        List<GradientByLag> gradients = trace.runs().isEmpty()
                ? List.of()
                : GradientByLag.of(network, Kernels.best(), window.batch(), DIRECTIONS, Rng.of(1));
        List<Layer> layers = new ArrayList<>();
        for (RunTrace run : trace.runs()) {
            layers.add(new Layer(
                    run,
                    GateStatistics.of(run),
                    gradients.stream()
                            .filter(curve -> curve.run().equals(run.name()))
                            .toList()));
        }
        int after = window.firstRow() + window.steps() - series.length();
        return new GateRun(
                forecaster, after > 0 ? series.time().extended(after) : series.time(), window, List.copyOf(layers));
    }

    /** The row, from 0, that a person names. */
    private static int row(TimeIndex time, String at) {
        int stamp = time.labels().indexOf(at);
        if (stamp >= 0) {
            return stamp;
        }
        if (at.matches("[0-9]{1,9}") && Integer.parseInt(at) >= 1 && Integer.parseInt(at) <= time.length()) {
            return Integer.parseInt(at) - 1;
        }
        throw new UserMistake("--at must be a time stamp as in the file, from " + time.label(0) + " to "
                + time.label(time.length() - 1) + ", or a row from 1 to " + time.length() + ", got " + at
                + "; choose one of these");
    }

    /** The time stamp of a time step of the window. */
    String label(int timeStep) {
        return time.label(window.firstRow() + timeStep);
    }

    /** What was read, in a sentence without its end. */
    String inWords() {
        String series = window.series().isEmpty() ? "" : " of " + window.series();
        return window.steps() + " time steps" + series + ", " + label(0) + " to " + label(window.steps() - 1);
    }

    /** What one should know of the network, a sentence each. */
    List<String> notes() {
        int members = forecaster.spec().members();
        int kept = layers.size() / Math.max(1, forecaster.spec().layers());
        if (kept == 0) {
            return List.of(
                    "The model is its linear part alone: no recurrent network helped on the validation part, so there "
                            + "are no gates to show.");
        }
        return kept == members
                ? List.of()
                : List.of("The model has " + kept + " of " + members
                        + " recurrent networks; the others did not help on the validation part.");
    }
}
