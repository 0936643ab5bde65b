package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.OnnxOperator;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.cell.Cell;
import io.carousel.cell.CellWeight;
import io.carousel.cell.Cells;
import io.carousel.data.BatchLayout;
import io.carousel.tensor.Rng;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Random numbers for one operator of ONNX, in ONNX's arrangement, and where they stand in our layer. */
final class OnnxNumbers {
    static final int FEATURES = 3;
    static final int HIDDEN = 5;
    static final BatchLayout LAYOUT = BatchLayout.of(5, 1, 3, 7, 3);
    private static final List<String> RNN = List.of("candidate");
    private static final List<String> GRU = List.of("update", "reset", "candidate");
    private static final List<String> LSTM = List.of("input", "output", "forget", "candidate");
    static final List<Operator> OPERATORS = List.of(
            new Operator("rnn", "elman", RNN),
            new Operator("rnn-relu", "elman-relu", RNN),
            new Operator("rnn-clip", "elman", RNN),
            new Operator("gru-0", "gru-reset-before", GRU),
            new Operator("gru-0-clip", "gru-reset-before", GRU),
            new Operator("gru-1", "gru", GRU),
            new Operator("gru-1-clip", "gru", GRU),
            new Operator("lstm", "lstm", LSTM),
            new Operator("lstm-clip", "lstm", LSTM),
            new Operator("lstm-coupled", "coupled", LSTM),
            new Operator("peephole", "peephole", LSTM),
            new Operator("peephole-clip", "peephole", LSTM),
            new Operator("peephole-coupled", "coupled", LSTM),
            new Operator("peephole-coupled-clip", "coupled", LSTM));

    private static final String LAYER = "layer";

    /** As in {@code onnx_models.py}. */
    private static final double CLIP = 0.75;

    private static final int[] LENGTHS = {5, 1, 3, 7, 3};
    private static final int SEQUENCES = LENGTHS.length;
    private static final int STEPS = 7;

    /**
     * An operator with its attributes.
     *
     * @param model its name in {@code onnx_models.py}
     * @param cell ours
     * @param gates ONNX's order of blocks in the weights, under our names; peepholes are the first three
     */
    record Operator(String model, String cell, List<String> gates) {
        boolean hasPeepholes() {
            return model.startsWith("peephole");
        }

        /** The limit stands in {@code onnx_models.py}, too. */
        Clip clip() {
            return model.endsWith("-clip") ? Clip.ofActivations(0.75) : Clip.NONE;
        }
    }

    private final Operator operator;
    private final Direction direction;
    private final List<String> suffixes;
    private final int gates;
    private final int directions;
    private final float[] x;
    private final float[] w;
    private final float[] r;
    private final float[] b;
    private final float[] p;
    private final float[] initialHidden;
    private final float[] initialCell;

    OnnxNumbers(Operator operator, Direction direction) {
        this.operator = operator;
        this.direction = direction;
        gates = operator.gates().size();
        suffixes = switch (direction) {
            case FORWARD -> List.of("");
            case BACKWARD -> List.of("_reverse");
            case BIDIRECTIONAL -> List.of("", "_reverse");
        };
        directions = suffixes.size();
        Rng rng = Rng.of(20261121);
        int states = directions * SEQUENCES * HIDDEN;
        x = draw(rng, "x", STEPS * SEQUENCES * FEATURES, 2);
        w = draw(rng, "w", directions * gates * HIDDEN * FEATURES, 1);
        r = draw(rng, "r", directions * gates * HIDDEN * HIDDEN, 1.0 / HIDDEN);
        b = draw(rng, "b", directions * 2 * gates * HIDDEN, 0.5);
        p = draw(rng, "p", directions * 3 * HIDDEN, operator.hasPeepholes() ? 1 : 0);
        initialHidden = draw(rng, "h", states, 1);
        initialCell = draw(rng, "c", states, 1.5);
    }

    /** Even numbers in (-limit, limit). */
    private static float[] draw(Rng rng, String name, int count, double limit) {
        Rng stream = rng.stream(name);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (limit * (2 * stream.nextDouble() - 1));
        }
        return values;
    }

    static Operator operator(String model) {
        return OPERATORS.stream()
                .filter(operator -> operator.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    /** The name of the model's file. */
    String model() {
        String name =
                direction == Direction.BACKWARD ? "reverse" : direction.name().toLowerCase(Locale.ROOT);
        return operator.model() + "-" + name;
    }

    /** All inputs of the operator; peepholes only where it has that input. */
    OnnxOperator inputs(OnnxOperator model) {
        model.with("X", x, STEPS, SEQUENCES, FEATURES)
                .with("W", w, directions, (long) gates * HIDDEN, FEATURES)
                .with("R", r, directions, (long) gates * HIDDEN, HIDDEN)
                .with("B", b, directions, 2L * gates * HIDDEN)
                .with("sequence_lens", LENGTHS)
                .with("initial_h", initialHidden, directions, SEQUENCES, HIDDEN);
        if (gates == 4) {
            model.with("initial_c", initialCell, directions, SEQUENCES, HIDDEN);
        }
        if (operator.hasPeepholes()) {
            model.with("P", p, directions, 3L * HIDDEN);
        }
        return model;
    }

    /** Our layer. */
    RecurrentSpec spec() {
        boolean clips = operator.model().endsWith("-clip");
        return RecurrentSpec.of(LAYER, operator.cell(), List.of(HIDDEN))
                .withDirection(direction)
                .withClip(clips ? Clip.ofActivations(CLIP) : Clip.NONE);
    }

    /** The rows of the layout from X. */
    float[] rows() {
        float[] rows = new float[LAYOUT.rows() * FEATURES];
        for (int index = 0; index < SEQUENCES; index++) {
            for (int t = 0; t < LENGTHS[index]; t++) {
                int from = (t * SEQUENCES + index) * FEATURES;
                System.arraycopy(x, from, rows, LAYOUT.row(index, t) * FEATURES, FEATURES);
            }
        }
        return rows;
    }

    /** Writes ONNX's weights into those of our layer, block for block. */
    void setWeights(Parameters parameters) {
        Cell cell = Cells.create(operator.cell(), FEATURES, HIDDEN);
        for (int d = 0; d < directions; d++) {
            for (CellWeight weight : cell.weights()) {
                Parameter parameter = parameters.get(LAYER + "." + weight.name() + "_l0" + suffixes.get(d));
                int block = parameter.shape().size() / weight.gates().size();
                for (int k = 0; k < weight.gates().size(); k++) {
                    int gate = operator.gates().indexOf(weight.gates().get(k));
                    assertThat(gate).as(weight.gates().get(k)).isNotNegative();
                    int to = parameter.offset() + k * block;
                    System.arraycopy(source(weight), blocks(weight, d, gate) * block, parameters.values(), to, block);
                }
            }
        }
        parameters.changed();
    }

    private float[] source(CellWeight weight) {
        return switch (weight.role()) {
            case INPUT -> w;
            case RECURRENT -> r;
            case BIAS, RECURRENT_BIAS -> b;
            case DIAGONAL -> operator.model().startsWith("peephole") ? p : new float[p.length];
            default -> throw new IllegalArgumentException("ONNX has no weight such as " + weight.name());
        };
    }

    /** The number of blocks in front of that gate's. */
    private int blocks(CellWeight weight, int d, int gate) {
        return switch (weight.role()) {
            case BIAS -> 2 * gates * d + gate;
            case RECURRENT_BIAS -> 2 * gates * d + gates + gate;
            case DIAGONAL -> 3 * d + gate;
            default -> gates * d + gate;
        };
    }

    /** Writes a part of ONNX's initial state, {@code [B, H]}. */
    void setInitial(String part, float[] to) {
        float[] from = isCell(part) ? initialCell : initialHidden;
        System.arraycopy(from, index(part) * to.length, to, 0, to.length);
    }

    /** A part of the final state, {@code [B, H]}, from the outputs of the operator. */
    float[] finalState(String part, Map<String, float[]> outputs) {
        float[] all = outputs.get(isCell(part) ? "Y_c" : "Y_h");
        int size = SEQUENCES * HIDDEN;
        return Arrays.copyOfRange(all, index(part) * size, (index(part) + 1) * size);
    }

    private static boolean isCell(String part) {
        return part.startsWith(LAYER + ".cell_l0");
    }

    /** The direction of a part of the state. */
    private int index(String part) {
        return directions == 2 && part.endsWith("_reverse") ? 1 : 0;
    }

    /** The rows of our outputs from {@code Y [T, directions, B, H]}, which must be zero beyond a sequence's end. */
    float[] outputs(float[] y) {
        int width = directions * HIDDEN;
        float[] rows = new float[LAYOUT.rows() * width];
        for (int index = 0; index < SEQUENCES; index++) {
            for (int t = 0; t < STEPS; t++) {
                for (int d = 0; d < directions; d++) {
                    int from = ((t * directions + d) * SEQUENCES + index) * HIDDEN;
                    if (t < LENGTHS[index]) {
                        int to = LAYOUT.row(index, t) * width + d * HIDDEN;
                        System.arraycopy(y, from, rows, to, HIDDEN);
                    } else {
                        assertThat(Arrays.copyOfRange(y, from, from + HIDDEN)).containsOnly(0);
                    }
                }
            }
        }
        return rows;
    }
}
