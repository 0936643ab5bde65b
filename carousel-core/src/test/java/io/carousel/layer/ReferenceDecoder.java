package io.carousel.layer;

import static io.carousel.cell.ReferenceCell.sigmoid;

import io.carousel.autograd.Parameters;
import io.carousel.cell.Cell;
import io.carousel.cell.Cells;
import io.carousel.cell.ReferenceCell;
import io.carousel.cell.ReferenceCells;
import io.carousel.cell.StatePart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An encoder, a bridge and a decoder in {@code double}, one pair at a time, written from what their specs say. */
final class ReferenceDecoder {
    private final NetworkSpec spec;
    private final Parameters parameters;
    private final double[] values;
    private final Map<String, double[]> known = new HashMap<>();
    private final List<double[]> attention = new ArrayList<>();
    private double coverageCost;
    private double divergence;

    /** @param values those of all parameters, in front of anything else */
    ReferenceDecoder(NetworkSpec spec, Parameters parameters, double[] values) {
        this.spec = spec;
        this.parameters = parameters;
        this.values = values;
    }

    /** What the last run attended to in each time step, the mean of all heads; nothing without attention. */
    List<double[]> attention() {
        return attention;
    }

    /** What coverage cost in all runs, without its weight: the sum over all time steps. */
    double coverageCost() {
        return coverageCost;
    }

    /** The divergence of the vectors of all runs. */
    double divergence() {
        return divergence;
    }

    /** The factors of what a level above the lowest reads in a time step. */
    interface Masks {
        double[] of(int level, int t);
    }

    /**
     * The outputs of a decoder that is told these inputs.
     *
     * @param masks of the dropout between the levels of a decoder with attention; null for none
     */
    double[][] run(double[][] source, double[][] x, @Nullable Masks masks) {
        attention.clear();
        NetworkSpec encoderNetwork = spec.source().network();
        RecurrentSpec encoder = (RecurrentSpec) encoderNetwork.layers().get(0);
        ReferenceStack stack = new ReferenceStack(encoder, parameters, values);
        Map<String, double[]> zeros = zeros(encoderNetwork);
        double[][] rows = stack.run(source, 3, zeros);
        Map<String, double[]> first = first(stack.finalState(), encoderNetwork);
        if (spec.layers().get(0) instanceof JoinSpec branches) {
            double[][] joined = new double[x.length][0];
            for (List<LayerSpec> branch : branches.branches()) {
                double[][] y = decode(branch, rows, x, first, masks);
                for (int t = 0; t < x.length; t++) {
                    joined[t] = join(joined[t], y[t]);
                }
            }
            return joined;
        }
        return decode(spec.layers(), rows, x, first, masks);
    }

    /** Recurrent levels, and a dense layer above them. */
    private double[][] decode(
            List<LayerSpec> layers, double[][] rows, double[][] x, Map<String, double[]> first, @Nullable Masks masks) {
        double[][] y = layers.get(0) instanceof DecoderSpec decoder
                ? attend(decoder, rows, x, first, masks)
                : new ReferenceStack((RecurrentSpec) layers.get(0), parameters, values).run(x, 3, first);
        String head = ((DenseSpec) layers.get(1)).name();
        double[][] outputs = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            outputs[t] = sum(product(head + ".weight", y[t]), parameter(head + ".bias"));
        }
        return outputs;
    }

    private static Map<String, double[]> zeros(NetworkSpec network) {
        Map<String, double[]> zeros = new LinkedHashMap<>();
        for (StatePart part : Network.stateParts(network)) {
            zeros.put(part.name(), new double[part.size()]);
        }
        return zeros;
    }

    /** The state before the first time step. */
    private Map<String, double[]> first(Map<String, double[]> last, NetworkSpec encoder) {
        List<StatePart> to = Network.stateParts(spec).stream()
                .filter(part ->
                        !part.name().endsWith("attended") && !part.name().endsWith("coverage"))
                .toList();
        Map<String, double[]> first = zeros(spec);
        BridgeSpec bridge = spec.source().bridge();
        if (bridge instanceof CopyBridge copy) {
            boolean backward = copy.direction() == Direction.BACKWARD;
            for (StatePart part : to) {
                String name = part.name().replace("decoder", "encoder") + (backward ? "_reverse" : "");
                first.put(part.name(), last.get(name).clone());
            }
        } else if (!(bridge instanceof NoBridge)) {
            double[] all = new double[0];
            for (StatePart part : Network.stateParts(encoder)) {
                all = join(all, last.get(part.name()));
            }
            String name = bridge instanceof DenseBridge dense ? dense.name() : ((VectorBridge) bridge).name();
            boolean squash = !(bridge instanceof DenseBridge dense) || dense.squash();
            if (bridge instanceof VectorBridge vector) {
                double[] mean = sum(product(name + ".weight", all), parameter(name + ".bias"));
                if (vector.variational()) {
                    double[] log = sum(product(name + ".weight_variance", all), parameter(name + ".bias_variance"));
                    for (int i = 0; i < mean.length; i++) {
                        divergence += 0.5 * (mean[i] * mean[i] + Math.exp(log[i]) - 1 - log[i]);
                    }
                }
                all = mean;
            }
            for (StatePart part : to) {
                String suffix = "_" + part.name().replace('.', '_');
                double[] value = sum(product(name + ".weight" + suffix, all), parameter(name + ".bias" + suffix));
                first.put(part.name(), squash ? tanh(value) : value);
            }
        }
        return first;
    }

    private double[][] attend(
            DecoderSpec decoder, double[][] rows, double[][] x, Map<String, double[]> first, @Nullable Masks masks) {
        List<ReferenceCell> cells = new ArrayList<>();
        List<double[][]> states = new ArrayList<>();
        AttentionSpec attention = decoder.attention();
        int width = 3
                + switch (decoder.feeding()) {
                    case CONTEXT -> attention.contextSize(decoder.sourceSize());
                    case OUTPUT -> decoder.outputSize();
                    case NOTHING -> 0;
                };
        for (int level = 0; level < decoder.levels().hiddenSizes().size(); level++) {
            Cell cell = Cells.create(
                    decoder.levels().cell(),
                    width,
                    decoder.levels().hiddenSizes().get(level));
            double[] weights = new double[0];
            for (Parameters.Declaration weight : cell.declarations()) {
                weights = join(weights, parameter("decoder." + weight.name() + "_l" + level));
            }
            cells.add(ReferenceCells.of(cell, weights));
            double[][] state = new double[cell.state().size()][];
            for (int p = 0; p < state.length; p++) {
                state[p] = first.get("decoder." + cell.state().get(p).name() + "_l" + level)
                        .clone();
            }
            states.add(state);
            width = cell.hiddenSize();
        }
        double[][] y = new double[x.length][];
        double[] before = new double[decoder.outputSize()];
        double[] covered = new double[rows.length];
        for (int t = 0; t < x.length; t++) {
            double[][] top = states.get(states.size() - 1);
            double[] context = new double[0];
            double[] input = x[t];
            if (decoder.feeding() == DecoderSpec.Feeding.CONTEXT) {
                context = context(decoder, rows, top[0], covered);
                input = join(input, context);
            } else if (decoder.feeding() == DecoderSpec.Feeding.OUTPUT) {
                input = join(input, before);
            }
            for (int level = 0; level < cells.size(); level++) {
                if (level > 0 && masks != null) {
                    input = times(input, masks.of(level, t));
                }
                cells.get(level).step(input, states.get(level));
                input = states.get(level)[0];
            }
            if (decoder.feeding() != DecoderSpec.Feeding.CONTEXT) {
                context = context(decoder, rows, top[0], covered);
            }
            y[t] = tanh(product("decoder.attended", join(context, top[0])));
            before = y[t];
        }
        return y;
    }

    private double[] context(DecoderSpec decoder, double[][] rows, double[] h, double[] covered) {
        AttentionSpec attention = decoder.attention();
        int heads = attention.heads();
        int size = attention.contextSize(decoder.sourceSize());
        double[] context = new double[size];
        double[][] all = new double[heads][];
        for (int head = 0; head < heads; head++) {
            double[] weights = new double[rows.length];
            for (int s = 0; s < rows.length; s++) {
                weights[s] = score(attention, rows[s], h, covered[s], head);
            }
            weights = attention.window() > 0 ? local(attention, weights, h) : softmax(weights, 0, weights.length);
            all[head] = weights;
            int part = size / heads;
            for (int s = 0; s < rows.length; s++) {
                double[] value = attention.score() == AttentionSpec.Score.SCALED
                        ? product("decoder.attention_value", rows[s])
                        : rows[s];
                for (int j = 0; j < part; j++) {
                    context[head * part + j] += weights[s] * value[head * part + j];
                }
            }
        }
        this.attention.add(mean(all, rows.length));
        if (attention.coverage() > 0) {
            for (int s = 0; s < rows.length; s++) {
                coverageCost += Math.min(all[0][s], covered[s]);
                covered[s] += all[0][s];
            }
        }
        return context;
    }

    private static double[] mean(double[][] heads, int rows) {
        double[] mean = new double[rows];
        for (double[] head : heads) {
            for (int s = 0; s < rows; s++) {
                mean[s] += head[s] / heads.length;
            }
        }
        return mean;
    }

    private double score(AttentionSpec attention, double[] row, double[] h, double covered, int head) {
        switch (attention.score()) {
            case ADDITIVE:
                double[] z = sum(
                        sum(product("decoder.attention_query", h), product("decoder.attention_key", row)),
                        parameter("decoder.attention_bias"));
                if (attention.coverage() > 0) {
                    double[] weight = parameter("decoder.attention_coverage");
                    for (int k = 0; k < z.length; k++) {
                        z[k] += covered * weight[k];
                    }
                }
                return dot(tanh(z), parameter("decoder.attention_score"));
            case DOT:
                return dot(h, row);
            case GENERAL:
                return dot(h, product("decoder.attention_key", row));
            default:
                int part = attention.size() / attention.heads();
                double[] q = product("decoder.attention_query", h);
                double[] k = product("decoder.attention_key", row);
                return dot(
                                Arrays.copyOfRange(q, head * part, (head + 1) * part),
                                Arrays.copyOfRange(k, head * part, (head + 1) * part))
                        / Math.sqrt(part);
        }
    }

    private double[] local(AttentionSpec attention, double[] scores, double[] h) {
        int d = attention.window();
        double p = scores.length
                * sigmoid(dot(
                        tanh(product("decoder.attention_position_weight", h)),
                        parameter("decoder.attention_position")));
        int from = (int) Math.max(0, Math.ceil(p - d));
        int to = (int) Math.min(scores.length, Math.floor(p + d) + 1);
        double[] weights = softmax(scores, from, to);
        for (int s = from; s < to; s++) {
            weights[s] *= Math.exp(-2 * (s - p) * (s - p) / (d * d));
        }
        return weights;
    }

    private static double[] softmax(double[] x, int from, int to) {
        double[] y = new double[x.length];
        double sum = 0;
        for (int s = from; s < to; s++) {
            y[s] = Math.exp(x[s]);
            sum += y[s];
        }
        for (int s = from; s < to; s++) {
            y[s] /= sum;
        }
        return y;
    }

    private double[] parameter(String name) {
        return known.computeIfAbsent(name, key -> {
            int from = parameters.get(key).offset();
            return Arrays.copyOfRange(
                    values, from, from + parameters.get(key).shape().size());
        });
    }

    private double[] product(String weight, double[] x) {
        double[] w = parameter(weight);
        double[] y = new double[w.length / x.length];
        for (int o = 0; o < y.length; o++) {
            for (int k = 0; k < x.length; k++) {
                y[o] += w[o * x.length + k] * x[k];
            }
        }
        return y;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] y = a.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] += b[i];
        }
        return y;
    }

    private static double[] times(double[] a, double[] b) {
        double[] y = a.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] *= b[i];
        }
        return y;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] tanh(double[] x) {
        return Arrays.stream(x).map(Math::tanh).toArray();
    }

    private static double[] join(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
