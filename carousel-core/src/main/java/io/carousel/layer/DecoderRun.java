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
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoder with attention over all time steps of a ragged batch: one operation on the tape, with a derivative written by hand.
 *
 * <p>Inside the time loop are the products that a time step needs of the one before; the derivatives of all weight matrices are
 * products over all time steps after it. What the attention computes of a row and a source's row is computed again on the way back
 * and not kept. The last {@code attended} output and the coverage are handed on as values, without a derivative.
 */
final class DecoderRun {
    final DecoderLayer layer;
    final DecoderSpec spec;
    final LayerContext context;
    final Tape tape;
    final Kernels kernels;
    final BatchLayout layout;
    final TapedSource source;
    final Variable input;
    final List<Recurrent> levels = new ArrayList<>();
    final List<Variable> inputs = new ArrayList<>();
    final List<@Nullable Tensor> masks = new ArrayList<>();
    final List<Variable> outputs = new ArrayList<>();
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
    final int covered;
    /** The caller's index of the sequence at each position. */
    final int[] indices;
    /** For each row where its weights start, of one head. */
    final int[] starts;

    final Tensor asked;
    final @Nullable Tensor queries;
    final @Nullable Tensor positions;
    final @Nullable Tensor centers;
    final Tensor combined;
    final Tensor attended;
    final Tensor firstAttended;
    final Tensor weights;
    final @Nullable Tensor coverage;
    final @Nullable Tensor covers;

    DecoderRun(DecoderLayer layer, Flow flow, LayerContext context) {
        this.layer = layer;
        this.context = context;
        spec = layer.spec();
        tape = context.tape();
        kernels = tape.kernels();
        layout = flow.layout();
        input = flow.rows();
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
        asked = workspace.take(rows, hidden);
        queries = queryWeight == null ? null : workspace.take(rows, querySize);
        positions = positionWeight == null ? null : workspace.take(rows, attention.size());
        centers = positionWeight == null ? null : workspace.take(rows, 1);
        combined = workspace.take(rows, contextSize + hidden);
        attended = workspace.take(rows, spec.outputSize());
        firstAttended = workspace.zeros(layout.sequences(), spec.outputSize());
        weights = workspace.take(Math.multiplyExact(starts[rows], heads));
        coverage = covered == 0 ? null : workspace.take(starts[rows]);
        covers = covered == 0 ? null : workspace.zeros(layout.sequences(), covered);
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

    // ---------------------------------------------------------------- forward

    Flow forward() {
        begin();
        for (int t = 0; t < layout.steps(); t++) {
            step(t);
        }
        if (!layer.feedsOutput()) {
            combine(layout.rows(), 0);
        }
        Variable rows = tape.variable(attended);
        Attention seen = new Attention(layout, starts, tape.variable(meanOfHeads()));
        context.attention().add(seen);
        Variable loss = coverageLoss();
        finishStates();
        tape.record(() -> new DecoderBack(this, rows, seen.weights(), loss).backward());
        return new Flow(rows, layout);
    }

    /** Places what stands before the first time step. */
    private void begin() {
        Workspace workspace = tape.workspace();
        Rng dropout = context.dropout();
        List<Pass> passes = layer.passes();
        float rate = (float) spec.levels().dropout();
        for (int level = 0; level < passes.size(); level++) {
            Pass pass = passes.get(level);
            int width = pass.cell().inputSize();
            Variable rows = tape.variable(workspace.take(layout.rows(), width));
            inputs.add(rows);
            Tensor mask = null;
            if (level > 0 && rate > 0 && dropout != null) {
                mask = workspace.take(layout.rows(), width);
                Rng stream = dropout.stream(layer.name()).stream(level);
                stream.choose(rate, 0, 1 / (1 - rate), mask.size(), mask.data(), mask.offset());
            }
            masks.add(mask);
            Recurrent run = pass.stepped(new Flow(rows, layout), context);
            levels.add(run);
            outputs.add(tape.variable(run.outputs()));
        }
        State initial = context.initial();
        if (initial != null) {
            place(initial, layer.feedsOutput(), layer.attendedPart(), firstAttended);
            if (covers != null) {
                place(initial, true, layer.coveragePart(), covers);
            }
        }
    }

    private void place(State initial, boolean wanted, StatePart part, Tensor to) {
        if (wanted) {
            float[] values = initial.values(part.name());
            for (int p = 0; p < indices.length; p++) {
                System.arraycopy(
                        values, indices[p] * part.size(), to.data(), to.offset() + p * part.size(), part.size());
            }
        }
    }

    private Recurrent top() {
        return levels.get(levels.size() - 1);
    }

    private void step(int t) {
        int count = layout.alive(t);
        int first = layout.rowOffset(t);
        Tensor lowest = inputs.get(0).value();
        copy(count, layer.inputSize(), input.value(), first, 0, lowest, first, 0);
        if (spec.feeding() == DecoderSpec.Feeding.CONTEXT) {
            Slice before = top().outputBefore(t);
            kernels.copy(count, hidden, before, at(asked, first));
            attend(t);
            copy(count, contextSize, combined, first, 0, lowest, first, layer.inputSize());
        } else if (layer.feedsOutput()) {
            Tensor from = t == 0 ? firstAttended : attended;
            int row0 = t == 0 ? 0 : layout.rowOffset(t - 1);
            copy(count, spec.outputSize(), from, row0, 0, lowest, first, layer.inputSize());
        }
        for (int level = 0; level < levels.size(); level++) {
            if (level > 0) {
                Tensor above = inputs.get(level).value();
                Tensor below = outputs.get(level - 1).value();
                copy(count, above.columns(), below, first, 0, above, first, 0);
                Tensor mask = masks.get(level);
                if (mask != null) {
                    kernels.multiply(count, above.columns(), at(above, first), at(mask, first), at(above, first));
                }
            }
            levels.get(level).step(t);
        }
        Tensor state = outputs.get(levels.size() - 1).value();
        if (spec.feeding() != DecoderSpec.Feeding.CONTEXT) {
            copy(count, hidden, state, first, 0, asked, first, 0);
            attend(t);
        }
        copy(count, hidden, state, first, 0, combined, first, contextSize);
        if (layer.feedsOutput()) {
            combine(count, first);
        }
    }

    /** The outputs of some rows: in the time loop only where the next step reads them. */
    private void combine(int count, int first) {
        product(count, combined, first, attendedWeight, attended);
        kernels.tanh(count, spec.outputSize(), at(attended, first), at(attended, first));
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

    static Slice at(Tensor tensor, int first) {
        return Slice.of(tensor.data(), tensor.offset() + first * tensor.columns(), tensor.columns());
    }

    private static void copy(
            int count, int columns, Tensor from, int fromRow, int fromColumn, Tensor to, int toRow, int toColumn) {
        for (int r = 0; r < count; r++) {
            System.arraycopy(
                    from.data(),
                    from.offset() + (fromRow + r) * from.columns() + fromColumn,
                    to.data(),
                    to.offset() + (toRow + r) * to.columns() + toColumn,
                    columns);
        }
    }

    /** Writes queries, weights and contexts of a time step. */
    private void attend(int t) {
        int count = layout.alive(t);
        int first = layout.rowOffset(t);
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
        for (int p = 0; p < count; p++) {
            if (coverage != null && covers != null) {
                int n = length(indices[p]);
                int from = covers.offset() + p * covered;
                System.arraycopy(covers.data(), from, coverage.data(), coverage.offset() + starts[first + p], n);
            }
            placeRow(first + p, indices[p]);
            attender.forward(row);
            if (covers != null) {
                kernels.add(row.count, row.weights, row.weightsAt, covers.data(), covers.offset() + p * covered);
            }
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

    private Tensor meanOfHeads() {
        if (heads == 1) {
            return weights;
        }
        Tensor mean = tape.workspace().zeros(starts[layout.rows()]);
        for (int number = 0; number < layout.rows(); number++) {
            int n = starts[number + 1] - starts[number];
            for (int head = 0; head < heads; head++) {
                int from = weights.offset() + starts[number] * heads + head * n;
                kernels.axpy(n, 1f / heads, weights.data(), from, mean.data(), mean.offset() + starts[number]);
            }
        }
        return mean;
    }

    /** The mean over all rows; null without a loss. */
    private @Nullable Variable coverageLoss() {
        if (coverage == null || spec.attention().coverageLoss() == 0 || context.dropout() == null) {
            return null;
        }
        double sum = 0;
        for (int i = 0; i < starts[layout.rows()]; i++) {
            sum += Math.min(weights.data()[weights.offset() + i], coverage.data()[coverage.offset() + i]);
        }
        Tensor scalar = tape.workspace().take(Shape.of());
        scalar.data()[scalar.offset()] = (float) (spec.attention().coverageLoss() * sum / Math.max(1, layout.rows()));
        Variable loss = tape.variable(scalar);
        context.penalties().add(loss);
        return loss;
    }

    /** Hands on the state after each sequence's last time step. */
    private void finishStates() {
        List<Pass> passes = layer.passes();
        for (int level = 0; level < levels.size(); level++) {
            List<Variable> last = levels.get(level).finish();
            for (int part = 0; part < last.size(); part++) {
                context.last().put(passes.get(level).state().get(part).name(), last.get(part));
            }
        }
        if (layer.feedsOutput()) {
            Tensor last = tape.workspace().take(layout.sequences(), spec.outputSize());
            for (int p = 0; p < indices.length; p++) {
                int length = layout.length(p);
                Tensor from = length == 0 ? firstAttended : attended;
                int number = length == 0 ? p : layout.rowOffset(length - 1) + p;
                copy(1, spec.outputSize(), from, number, 0, last, indices[p], 0);
            }
            context.last().put(layer.attendedPart().name(), tape.constant(last));
        }
        if (covers != null) {
            Tensor last = tape.workspace().take(layout.sequences(), covered);
            for (int p = 0; p < indices.length; p++) {
                copy(1, covered, covers, p, 0, last, indices[p], 0);
            }
            context.last().put(layer.coveragePart().name(), tape.constant(last));
        }
    }
}
