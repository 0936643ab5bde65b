package io.carousel.layer;

import static java.util.Objects.requireNonNull;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a ragged batch attend to in their sources, and the outputs of the decoder that come of it, some time steps at a
 * time; {@link AttendingBack} has the derivative.
 *
 * <p>Who asks step by step writes {@link #asked} before each; else the products are of all time steps. What is computed of a row and a
 * source's row is computed again on the way back and not kept. The coverage is handed on as a value, without a derivative.
 */
final class Attending {
    final DecoderLayer layer;
    final DecoderSpec spec;
    final LayerContext context;
    final Tape tape;
    final Kernels kernels;
    final BatchLayout layout;
    final TapedSource source;
    final Attender attender;
    final Attender.Row row = new Attender.Row();
    final @Nullable Parameter queryWeight;
    final @Nullable Parameter positionWeight;
    final @Nullable Parameter position;
    final Parameter attendedWeight;
    final int hidden;
    final int contextSize;
    final int querySize;
    final int heads;
    /** The most rows of a source that the coverage can hold; 0 without. */
    final int covered;
    /** The caller's index of the sequence at each position. */
    final int[] indices;
    /** For each row where its weights start, of one head. */
    final int[] starts;

    /** {@code [N, H]}: the states that ask. */
    final Tensor asked;

    final @Nullable Tensor queries;
    final @Nullable Tensor positions;
    final @Nullable Tensor centers;
    /** {@code [N, C + H]}: contexts and states. */
    final Tensor combined;

    final Tensor weights;
    final @Nullable Tensor coverage;
    final @Nullable Tensor covers;
    /** {@code [N, O]}: the outputs. */
    final Variable attended;
    /** The mean of the weights of all heads. */
    final Variable seen;
    /** What attending again to the same rows costs; null where that is free. */
    final @Nullable Variable loss;

    Attending(DecoderLayer layer, BatchLayout layout, LayerContext context, Tensor asked) {
        this.layer = layer;
        this.layout = layout;
        this.context = context;
        this.asked = asked;
        spec = layer.spec();
        tape = context.tape();
        kernels = tape.kernels();
        TapedSource given = context.source();
        if (given == null) {
            throw new IllegalStateException(
                    "a decoder with attention must be given a source; use Network.forward with one");
        }
        source = given;
        AttentionSpec attention = spec.attention();
        Parameters parameters = context.parameters();
        attender = layer.attender(kernels, parameters);
        queryWeight = layer.weightIf(attention.projects(), parameters, "attention_query");
        positionWeight = layer.weightIf(attention.window() > 0, parameters, "attention_position_weight");
        position = layer.weightIf(attention.window() > 0, parameters, "attention_position");
        attendedWeight = layer.weight(parameters, "attended");
        hidden = layer.hiddenSize();
        contextSize = layer.contextSize();
        querySize = attention.querySize(hidden);
        heads = attention.heads();
        covered = attention.coverage();
        indices = new int[layout.sequences()];
        int longest = 0;
        for (int index = 0; index < indices.length; index++) {
            indices[layout.position(index)] = index;
            layer.requireLength(length(index));
            longest = Math.max(longest, length(index));
        }
        attender.reserve(longest);
        starts = starts();
        Workspace workspace = tape.workspace();
        int rows = layout.rows();
        queries = queryWeight == null ? null : workspace.take(rows, querySize);
        positions = positionWeight == null ? null : workspace.take(rows, attention.size());
        centers = positionWeight == null ? null : workspace.take(rows, 1);
        combined = workspace.take(rows, contextSize + hidden);
        weights = workspace.take(Math.multiplyExact(starts[rows], heads));
        coverage = covered == 0 ? null : workspace.take(starts[rows]);
        covers = covered == 0 ? null : workspace.zeros(layout.sequences(), covered);
        attended = tape.variable(workspace.take(rows, spec.outputSize()));
        seen = tape.variable(heads == 1 ? weights : workspace.zeros(starts[rows]));
        boolean costs = covered > 0 && attention.coverageLoss() > 0 && context.dropout() != null;
        loss = costs ? tape.variable(workspace.take(Shape.of())) : null;
        if (covers != null) {
            place(layer.coveragePart(), covers);
        }
    }

    /** Attends with all states at once, where none of them reads what was attended to. */
    static Flow all(DecoderLayer layer, Flow states, LayerContext context) {
        Tensor asked = states.rows().value();
        Attending run = new Attending(layer, states.layout(), context, asked);
        int steps = states.layout().steps();
        run.attend(0, steps);
        run.addStates(0, steps, asked);
        run.combine(0, steps);
        run.finish();
        context.tape().record(() -> {
            AttendingBack back = new AttendingBack(run);
            Tensor dStates = states.rows().gradient();
            back.combine(0, steps);
            back.addToStates(0, steps, dStates);
            back.attend(0, steps, dStates.slice());
            back.finish();
        });
        return new Flow(run.attended, states.layout());
    }

    private int length(int index) {
        return source.starts()[index + 1] - source.starts()[index];
    }

    private int[] starts() {
        int[] all = new int[layout.rows() + 1];
        int at = 0;
        for (int t = 0; t < layout.steps(); t++) {
            for (int p = 0; p < layout.alive(t); p++) {
                all[at + 1] = Math.addExact(all[at], length(indices[p]));
                at++;
            }
        }
        return all;
    }

    /** Copies a part of the state before the first time step, in the order of the positions; leaves it as it is without one. */
    void place(StatePart part, Tensor to) {
        State initial = context.initial();
        if (initial != null) {
            float[] values = initial.values(part.name());
            for (int p = 0; p < indices.length; p++) {
                System.arraycopy(
                        values, indices[p] * part.size(), to.data(), to.offset() + p * part.size(), part.size());
            }
        }
    }

    /** The rows of some time steps. */
    int count(int from, int end) {
        return rowOffset(end) - rowOffset(from);
    }

    private int rowOffset(int t) {
        return t == layout.steps() ? layout.rows() : layout.rowOffset(t);
    }

    static Slice at(Tensor tensor, int first) {
        return Slice.of(tensor.data(), tensor.offset() + first * tensor.columns(), tensor.columns());
    }

    /** The contexts of a time step, in the first columns of the slice. */
    Slice contexts(int t) {
        return at(combined, layout.rowOffset(t));
    }

    /** Writes weights and contexts of some time steps. */
    void attend(int from, int end) {
        int count = count(from, end);
        if (count == 0) {
            return;
        }
        int first = layout.rowOffset(from);
        if (queryWeight != null && queries != null) {
            product(count, asked, first, queryWeight, queries);
        }
        if (positionWeight != null && positions != null && centers != null) {
            product(count, asked, first, positionWeight, positions);
            int size = positions.columns();
            kernels.tanh(count, size, at(positions, first), at(positions, first));
            Tensor vector = requireNonNull(position).tensor();
            kernels.rowDots(
                    count, size, at(positions, first), Slice.of(vector.data(), vector.offset(), 0), at(centers, first));
            kernels.sigmoid(count, 1, at(centers, first), at(centers, first));
        }
        for (int t = from; t < end; t++) {
            for (int p = 0; p < layout.alive(t); p++) {
                attendRow(layout.rowOffset(t) + p, p);
            }
        }
    }

    private void attendRow(int number, int p) {
        if (coverage != null && covers != null) {
            int at = covers.offset() + p * covered;
            int to = coverage.offset() + starts[number];
            System.arraycopy(covers.data(), at, coverage.data(), to, length(indices[p]));
        }
        placeRow(number, indices[p]);
        attender.forward(row);
        if (covers != null) {
            kernels.add(row.count, row.weights, row.weightsAt, covers.data(), covers.offset() + p * covered);
        }
    }

    /** Points at the numbers of a row. */
    void placeRow(int number, int index) {
        Tensor query = queries == null ? asked : queries;
        Tensor prepared = source.prepared(layer.name()).value();
        Tensor rows = source.rows().value();
        int start = source.starts()[index];
        row.query = query.data();
        row.queryAt = query.offset() + number * querySize;
        row.prepared = prepared.data();
        row.preparedAt = prepared.offset() + start * prepared.columns();
        row.rows = rows.data();
        row.rowsAt = rows.offset() + start * rows.columns();
        row.count = length(index);
        if (coverage != null) {
            row.coverage = coverage.data();
            row.coverageAt = coverage.offset() + starts[number];
        }
        row.position = centers == null ? 0 : row.count * centers.data()[centers.offset() + number];
        row.weights = weights.data();
        row.weightsAt = weights.offset() + starts[number] * heads;
        row.context = combined.data();
        row.contextAt = combined.offset() + number * combined.columns();
    }

    /** Takes the states of some time steps beside their contexts. */
    void addStates(int from, int end, Tensor states) {
        int count = count(from, end);
        if (count > 0) {
            int first = layout.rowOffset(from);
            Slice to = Slice.of(
                    combined.data(), combined.offset() + first * combined.columns() + contextSize, combined.columns());
            kernels.copy(count, hidden, at(states, first), to);
        }
    }

    /** The outputs of some time steps. */
    void combine(int from, int end) {
        int count = count(from, end);
        if (count > 0) {
            int first = layout.rowOffset(from);
            Tensor outputs = attended.value();
            product(count, combined, first, attendedWeight, outputs);
            kernels.tanh(count, spec.outputSize(), at(outputs, first), at(outputs, first));
        }
    }

    private void product(int count, Tensor from, int first, Parameter weight, Tensor to) {
        kernels.multiply(
                count,
                from.data(),
                from.offset() + first * from.columns(),
                from.columns(),
                false,
                weight.packedTranspose(kernels),
                to.data(),
                to.offset() + first * to.columns(),
                to.columns(),
                false);
    }

    /** After the last time step: tells what was attended to, what that costs, and the coverage. */
    void finish() {
        if (heads > 1) {
            addMeanOfHeads(seen.value());
        }
        context.attention().add(new Attention(layout, starts, seen));
        if (loss != null && coverage != null) {
            Tensor scalar = loss.value();
            scalar.data()[scalar.offset()] =
                    (float) (spec.attention().coverageLoss() * attendedAgain(coverage) / Math.max(1, layout.rows()));
            context.penalties().add(loss);
        }
        if (covers != null) {
            Tensor last = tape.workspace().take(layout.sequences(), covered);
            for (int p = 0; p < indices.length; p++) {
                System.arraycopy(
                        covers.data(),
                        covers.offset() + p * covered,
                        last.data(),
                        last.offset() + indices[p] * covered,
                        covered);
            }
            context.last().put(layer.coveragePart().name(), tape.constant(last));
        }
    }

    private void addMeanOfHeads(Tensor mean) {
        for (int number = 0; number < layout.rows(); number++) {
            int n = starts[number + 1] - starts[number];
            for (int head = 0; head < heads; head++) {
                int from = weights.offset() + starts[number] * heads + head * n;
                kernels.axpy(n, 1f / heads, weights.data(), from, mean.data(), mean.offset() + starts[number]);
            }
        }
    }

    private double attendedAgain(Tensor before) {
        double sum = 0;
        for (int i = 0; i < starts[layout.rows()]; i++) {
            sum += Math.min(weights.data()[weights.offset() + i], before.data()[before.offset() + i]);
        }
        return sum;
    }
}
