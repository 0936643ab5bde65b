package io.carousel.cli.report;

import io.carousel.cli.report.Chart.Axis;
import io.carousel.cli.report.ReportData.Facts;
import io.carousel.inspect.GateStatistics;
import io.carousel.inspect.GradientByLag;
import java.util.List;

/**
 * What a page about the gates of a network tells.
 *
 * @param title the series
 * @param subtitle what was read, in a sentence
 * @param axis along the time steps
 * @param time the positions of the T time steps
 * @param inputs what the network reads
 * @param layers the recurrent layers, all with the same gates and parts of the state; empty when there are none
 * @param notes what one should know, a sentence each
 * @param origin where model and data come from
 * @param footer one line at the end
 */
public record GateStory(
        String title,
        String subtitle,
        Axis axis,
        double[] time,
        List<Input> inputs,
        List<LayerStory> layers,
        List<String> notes,
        Facts origin,
        String footer) {
    /** Copies the lists. */
    public GateStory {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
        notes = List.copyOf(notes);
    }

    /**
     * One of the numbers of a time step.
     *
     * @param name of the column, or of what was made for the network
     * @param values {@code [T]}
     * @param shown whether it is drawn at the start
     */
    public record Input(String name, double[] values, boolean shown) {}

    /**
     * A recurrent layer in one direction.
     *
     * @param name such as {@code encoder_l0_reverse}
     * @param cell its name
     * @param units H
     * @param gates {@code [T][units]} each
     * @param states {@code [T][units]} each
     * @param statistics of every gate that saturates
     * @param gradients of every part of the state
     */
    public record LayerStory(
            String name,
            String cell,
            int units,
            List<Activations> gates,
            List<Activations> states,
            List<GateStatistics> statistics,
            List<GradientByLag> gradients) {
        /** Copies the lists. */
        public LayerStory {
            gates = List.copyOf(gates);
            states = List.copyOf(states);
            statistics = List.copyOf(statistics);
            gradients = List.copyOf(gradients);
        }
    }

    /**
     * Numbers of units over time.
     *
     * @param name of the gate or the part of the state
     * @param low the least that they can be, NaN when there is no bound
     * @param high the most that they can be
     * @param values {@code [T][units]}
     */
    public record Activations(String name, double low, double high, float[][] values) {}
}
