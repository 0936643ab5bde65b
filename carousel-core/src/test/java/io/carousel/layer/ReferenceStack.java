package io.carousel.layer;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.cell.Cell;
import io.carousel.cell.Cells;
import io.carousel.cell.ClippedReference;
import io.carousel.cell.ReferenceCell;
import io.carousel.cell.ReferenceCells;
import io.carousel.cell.StatePart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A recurrent stack in {@code double}, one sequence at a time, written from what {@link RecurrentSpec} says. */
final class ReferenceStack {
    private final RecurrentSpec spec;
    private final Parameters parameters;
    private final double[] values;
    private final Map<String, double[]> finalState = new LinkedHashMap<>();

    /** @param values those of all parameters, in front of anything else */
    ReferenceStack(RecurrentSpec spec, Parameters parameters, double[] values) {
        this.spec = spec;
        this.parameters = parameters;
        this.values = values;
    }

    /** The parts of the state after the last call of {@link #run}. */
    Map<String, double[]> finalState() {
        return finalState;
    }

    /**
     * The outputs {@code [T][outputs]} of one sequence.
     *
     * @param initial the parts of the state before the first time step that is read; null for what is learned
     */
    double[][] run(double[][] x, int inputSize, @Nullable Map<String, double[]> initial) {
        double[][] rows = x;
        int width = inputSize;
        for (int level = 0; level < spec.hiddenSizes().size(); level++) {
            Cell cell = Cells.create(spec.cell(), width, spec.hiddenSizes().get(level));
            boolean both = spec.direction() == Direction.BIDIRECTIONAL;
            double[][] forward = spec.direction() == Direction.BACKWARD ? null : pass(cell, level, "", rows, initial);
            double[][] backward = spec.direction() == Direction.FORWARD
                    ? null
                    : reversed(pass(cell, level, "_reverse", reversed(rows), initial));
            double[][] below = rows;
            rows = both ? merged(forward, backward) : forward == null ? backward : forward;
            width = both && spec.merge() == Merge.CONCATENATE ? 2 * cell.hiddenSize() : cell.hiddenSize();
            if (level > 0) {
                rows = connected(level, below, rows);
            }
        }
        return rows;
    }

    private double[][] connected(int level, double[][] x, double[][] f) {
        if (spec.connection() == Connection.PLAIN) {
            return f;
        }
        double[][] rows = new double[f.length][];
        for (int t = 0; t < f.length; t++) {
            rows[t] = f[t].clone();
            double[] gate = spec.connection() == Connection.HIGHWAY ? gate(level, x[t]) : new double[0];
            for (int j = 0; j < f[t].length; j++) {
                rows[t][j] = spec.connection() == Connection.RESIDUAL
                        ? x[t][j] + f[t][j]
                        : gate[j] * f[t][j] + (1 - gate[j]) * x[t][j];
            }
        }
        return rows;
    }

    private double[] gate(int level, double[] x) {
        double[] weight = parameter(name("highway_weight", level, ""));
        double[] gate = parameter(name("highway_bias", level, ""));
        for (int j = 0; j < gate.length; j++) {
            for (int k = 0; k < x.length; k++) {
                gate[j] += weight[j * x.length + k] * x[k];
            }
            gate[j] = ReferenceCell.sigmoid(gate[j]);
        }
        return gate;
    }

    private double[][] pass(
            Cell cell, int level, String suffix, double[][] x, @Nullable Map<String, double[]> initial) {
        double[] weights = weights(cell, level, suffix);
        ReferenceCell reference = spec.clip().activation() > 0
                ? ClippedReference.of(cell, weights, spec.clip().activation())
                : ReferenceCells.of(cell, weights);
        double limit = spec.clip().cell();
        List<StatePart> parts = cell.state();
        double[][] state = new double[parts.size()][];
        for (int p = 0; p < state.length; p++) {
            String part = parts.get(p).name();
            state[p] = initial == null
                    ? parameter(name("initial_" + part, level, suffix))
                    : initial.get(name(part, level, suffix)).clone();
        }
        double[][] outputs = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            reference.step(x[t], state);
            outputs[t] = state[0].clone();
            for (int j = 0; limit > 0 && j < state[1].length; j++) {
                state[1][j] = Math.min(Math.max(state[1][j], -limit), limit);
            }
        }
        for (int p = 0; p < state.length; p++) {
            finalState.put(name(parts.get(p).name(), level, suffix), state[p]);
        }
        return outputs;
    }

    private double[][] merged(double[][] forward, double[][] backward) {
        double[][] rows = new double[forward.length][];
        for (int t = 0; t < rows.length; t++) {
            double[] f = forward[t];
            double[] b = backward[t];
            double[] y = new double[f.length];
            for (int j = 0; j < y.length; j++) {
                y[j] = switch (spec.merge()) {
                    case SUM -> f[j] + b[j];
                    case AVERAGE -> (f[j] + b[j]) / 2;
                    case MULTIPLY -> f[j] * b[j];
                    case CONCATENATE -> f[j];
                };
            }
            rows[t] = y;
            if (spec.merge() == Merge.CONCATENATE) {
                rows[t] = Arrays.copyOf(f, f.length + b.length);
                System.arraycopy(b, 0, rows[t], f.length, b.length);
            }
        }
        return rows;
    }

    private double[] weights(Cell cell, int level, String suffix) {
        List<double[]> all = new ArrayList<>();
        for (Parameters.Declaration weight : cell.declarations()) {
            all.add(parameter(name(weight.name(), level, suffix)));
        }
        return all.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private double[] parameter(String name) {
        Parameter parameter = parameters.get(name);
        return Arrays.copyOfRange(
                values,
                parameter.offset(),
                parameter.offset() + parameter.shape().size());
    }

    private String name(String part, int level, String suffix) {
        return spec.name() + "." + part + "_l" + level + suffix;
    }

    private static double[][] reversed(double[][] rows) {
        double[][] reversed = new double[rows.length][];
        for (int t = 0; t < rows.length; t++) {
            reversed[t] = rows[rows.length - 1 - t];
        }
        return reversed;
    }
}
