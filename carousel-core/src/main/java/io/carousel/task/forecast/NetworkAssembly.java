package io.carousel.task.forecast;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.SumSpec;
import io.carousel.layer.WindowSpec;
import io.carousel.loss.LossSpec;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the linear part and the members together to one network.
 *
 * <pre>{@code
 * raw = linear(window) + bias + Σ over kept members (head(member(window)) - bias) / M
 * }</pre>
 *
 * <p>M counts all members: one that was left out votes for no correction.
 */
final class NetworkAssembly {
    private final WindowEncoder encoder;
    private final LossSpec loss;
    private final LinearModel linear;
    private final float[] bias;
    private final List<Member> kept;
    private final int members;

    /**
     * The parts.
     *
     * @param bias the raw outputs that members started from
     * @param kept the members that help
     * @param members how many there were
     */
    NetworkAssembly(
            WindowEncoder encoder, LossSpec loss, LinearModel linear, float[] bias, List<Member> kept, int members) {
        this.encoder = encoder;
        this.loss = loss;
        this.linear = linear;
        this.bias = bias;
        this.kept = kept;
        this.members = members;
    }

    Network network() {
        List<LayerSpec> start = List.of(new WindowSpec("lags", encoder.length()), new DenseSpec("linear", bias.length));
        List<List<LayerSpec>> branches = new ArrayList<>();
        branches.add(start);
        for (Member member : kept) {
            branches.add(member.network().spec().layers());
        }
        List<LayerSpec> layers = kept.isEmpty() ? start : List.of(new SumSpec(branches));
        NetworkSpec spec = new NetworkSpec(encoder.features(), layers);
        Parameters parameters = Parameters.of(Network.declarations(spec));
        writeLinear(parameters.get("linear.weight"), parameters.get("linear.bias"));
        for (Member member : kept) {
            for (Parameter from : member.network().parameters().list()) {
                copy(from, parameters.get(from.name()), member);
            }
        }
        parameters.changed();
        return Network.of(spec, parameters);
    }

    private void writeLinear(Parameter weight, Parameter intercept) {
        int outputs = loss.outputs();
        int location = ResidualBias.location(loss);
        int[] columns = encoder.linearColumns();
        int width = encoder.length() * encoder.features();
        float[] values = weight.tensor().data();
        for (int h = 0; h < encoder.steps(); h++) {
            int row = weight.offset() + (h * outputs + location) * width;
            for (int i = 0; i < columns.length; i++) {
                values[row + columns[i]] = (float) linear.weights()[i][h];
            }
            for (int q = 0; q < outputs; q++) {
                int at = h * outputs + q;
                double shift = q == location ? linear.bias()[h] : 0;
                intercept.tensor().data()[intercept.offset() + at] = (float) (bias[at] + shift);
            }
        }
    }

    private void copy(Parameter from, Parameter to, Member member) {
        Tensor source = from.tensor();
        boolean head = from.name().startsWith(member.head() + ".");
        boolean headBias = head && from.name().endsWith(".bias");
        for (int i = 0; i < source.size(); i++) {
            float value = source.data()[from.offset() + i];
            if (headBias) {
                value -= bias[i];
            }
            to.tensor().data()[to.offset() + i] = head ? value / members : value;
        }
    }
}
