package io.carousel.inspect;

import io.carousel.cell.StatePart;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How large the gradient of each sequence's last output is at the states before it: a curve that falls to nothing where
 * gradients vanish and rises where they explode.
 *
 * <p>The gradient is that of the last output in a random direction of signs; the curve is the root of the mean square over
 * directions and sequences. Only sequences that are long enough count at a lag.
 *
 * <p>Source: Bengio, Simard, Frasconi, <i>Learning long-term dependencies with gradient descent is difficult</i>, 1994.
 *
 * @param run the layer and direction
 * @param part the part of the state
 * @param norms by lag: {@code norms[0]} is that of the state after the last time step
 */
public record GradientByLag(String run, String part, double[] norms) {
    /**
     * The curves of every part of the state of every recurrent layer.
     *
     * @param directions how many random directions of the last output are averaged
     */
    public static List<GradientByLag> of(
            Network network, Kernels kernels, SequenceBatch batch, int directions, Rng rng) {
        List<GradientByLag> curves = new ArrayList<>();
        for (int i = 0; i < directions; i++) {
            int curve = 0;
            for (RunTrace run : Trace.withGradients(network, kernels, batch, null, rng.stream(i))
                    .runs()) {
                for (StatePart part : run.cell().state()) {
                    if (i == 0) {
                        double[] none = new double[run.layout().steps()];
                        curves.add(new GradientByLag(run.name(), part.name(), none));
                    }
                    addSquares(run, part.name(), curves.get(curve++).norms());
                }
            }
        }
        for (GradientByLag curve : curves) {
            double[] norms = curve.norms();
            Arrays.setAll(
                    norms,
                    lag -> Math.sqrt(norms[lag] / directions / batch.layout().alive(lag)));
        }
        return curves;
    }

    private static void addSquares(RunTrace run, String part, double[] sums) {
        for (int index = 0; index < run.layout().sequences(); index++) {
            double[] norms = run.gradientNorms(part, index);
            for (int lag = 0; lag < norms.length; lag++) {
                double norm = norms[norms.length - 1 - lag];
                sums[lag] += norm * norm;
            }
        }
    }
}
