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
    private final DecoderLayer layer;
    private final DecoderSpec spec;
    private final LayerContext context;
    private final Tape tape;
    private final Kernels kernels;
    private final BatchLayout layout;
    private final TapedSource source;
    private final Variable input;
    private final List<Recurrent> levels = new ArrayList<>();
    private final List<Variable> inputs = new ArrayList<>();
    private final List<@Nullable Tensor> masks = new ArrayList<>();
    private final List<Variable> outputs = new ArrayList<>();
    private final Attender attender;
    private final Attender.Row row = new Attender.Row();
    private final @Nullable Parameter queryWeight;
    private final @Nullable Parameter positionWeight;
    private final @Nullable Parameter position;
    private final Parameter attendedWeight;
    private final int hidden;
    private final int contextSize;
    private final int querySize;
    private final int heads;
    private final int covered;
    /** The caller's index of the sequence at each position. */
    private final int[] indices;
    /** For each row where its weights start, of one head. */
    private final int[] starts;

    private final Tensor asked;
    private final @Nullable Tensor queries;
    private final @Nullable Tensor positions;
    private final @Nullable Tensor centers;
    private final Tensor combined;
    private final Tensor attended;
    private final Tensor firstAttended;
    private final Tensor weights;
    private final @Nullable Tensor coverage;
    private final @Nullable Tensor covers;

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
        Variable rows = tape.variable(attended);
        Attention seen = new Attention(layout, starts, tape.variable(meanOfHeads()));
        context.attention().add(seen);
        Variable loss = coverageLoss();
        finishStates();
        tape.record(() -> new Back(rows, seen.weights(), loss).run());
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
        product(count, combined, first, attendedWeight, attended);
        int size = spec.outputSize();
        kernels.tanh(count, size, at(attended, first), at(attended, first));
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

    private static Slice at(Tensor tensor, int first) {
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
    private void placeRow(int number, int index) {
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

    // ---------------------------------------------------------------- backward

    /** The way back. */
    private final class Back {
        private final Variable rows;
        private final Variable seen;
        private final @Nullable Variable loss;
        private final Attender.Gradients d = new Attender.Gradients();
        private final Tensor dAttended;
        private final Tensor dCombined;
        private final Tensor dQueries;
        private final Tensor dPositions;
        private final Tensor dFed;
        private final Tensor dWeights;
        private final Tensor dCovers;
        private final @Nullable Tensor dRows;
        private final Tensor dPrepared;

        Back(Variable rows, Variable seen, @Nullable Variable loss) {
            this.rows = rows;
            this.seen = seen;
            this.loss = loss;
            Workspace workspace = tape.workspace();
            int count = layout.rows();
            dAttended = workspace.zeros(count, spec.outputSize());
            dCombined = workspace.take(count, contextSize + hidden);
            dQueries = workspace.zeros(count, querySize);
            dPositions = workspace.zeros(count, positions == null ? 1 : positions.columns());
            dFed = workspace.zeros(layout.sequences(), spec.outputSize());
            dWeights = workspace.zeros(weights.size());
            dCovers = workspace.zeros(layout.sequences(), Math.max(1, covered));
            dPrepared = source.prepared(layer.name()).gradient();
            dRows = spec.attention().score() == AttentionSpec.Score.SCALED
                    ? null
                    : source.rows().gradient();
        }

        void run() {
            if (rows.hasGradient()) {
                System.arraycopy(
                        rows.gradient().data(),
                        rows.gradient().offset(),
                        dAttended.data(),
                        dAttended.offset(),
                        dAttended.size());
            }
            spreadWeightGradients();
            for (int level = 0; level < levels.size(); level++) {
                levels.get(level).beginBackward();
            }
            for (int t = layout.steps() - 1; t >= 0; t--) {
                stepBack(t);
            }
            for (Recurrent level : levels) {
                level.finishBackward();
            }
            weightGradient(attendedWeight, dAttended, combined);
            if (queryWeight != null) {
                weightGradient(queryWeight, dQueries, asked);
            }
            if (positionWeight != null) {
                weightGradient(positionWeight, dPositions, asked);
            }
        }

        /** What comes to the weights from outside and from the loss of coverage; that of a mean goes to all heads alike. */
        private void spreadWeightGradients() {
            if (seen.hasGradient()) {
                Tensor gradient = seen.gradient();
                for (int number = 0; number < layout.rows(); number++) {
                    int n = starts[number + 1] - starts[number];
                    for (int head = 0; head < heads; head++) {
                        int to = dWeights.offset() + starts[number] * heads + head * n;
                        int from = gradient.offset() + starts[number];
                        kernels.axpy(n, 1f / heads, gradient.data(), from, dWeights.data(), to);
                    }
                }
            }
        }

        /** Of a penalised coverage, the slope of each term. */
        private float slope() {
            return loss == null || !loss.hasGradient()
                    ? 0
                    : (float) (loss.gradient().data()[loss.gradient().offset()]
                            * spec.attention().coverageLoss()
                            / layout.rows());
        }

        private void weightGradient(Parameter weight, Tensor gradient, Tensor operand) {
            tape.addWeightGradient(weight, layout.rows(), gradient.slice(), operand.slice());
        }

        private void stepBack(int t) {
            int count = layout.alive(t);
            int first = layout.rowOffset(t);
            int top = levels.size() - 1;
            Slice dy = at(dAttended, first);
            int size = spec.outputSize();
            if (layer.feedsOutput()) {
                kernels.add(count, size, dy, dFed.slice(), dy);
            }
            kernels.tanhGradient(count, size, dy, at(attended, first), dy);
            back(count, attendedWeight, dy, at(dCombined, first), false);
            Slice dState = Slice.of(
                    dCombined.data(),
                    dCombined.offset() + first * dCombined.columns() + contextSize,
                    dCombined.columns());
            Slice dTop = at(outputs.get(top).gradient(), first);
            kernels.add(count, hidden, dTop, dState, dTop);
            boolean before = spec.feeding() == DecoderSpec.Feeding.CONTEXT;
            if (!before) {
                attendBack(t, dTop);
            }
            for (int level = top; level >= 0; level--) {
                levels.get(level).stepBack(t, outputs.get(level));
                if (level > 0) {
                    Slice dx = at(inputs.get(level).gradient(), first);
                    Slice dBelow = at(outputs.get(level - 1).gradient(), first);
                    int width = inputs.get(level).value().columns();
                    Tensor mask = masks.get(level);
                    if (mask == null) {
                        kernels.add(count, width, dBelow, dx, dBelow);
                    } else {
                        kernels.multiplyAdd(count, width, dx, at(mask, first), dBelow);
                    }
                }
            }
            Tensor dLowest = inputs.get(0).gradient();
            Slice dInput = at(dLowest, first);
            if (input.needsGradient()) {
                Slice to = at(input.gradient(), first);
                kernels.add(count, layer.inputSize(), to, dInput, to);
            }
            Slice dGiven = Slice.of(dInput.array(), dInput.offset() + layer.inputSize(), dInput.stride());
            if (before) {
                Slice dContext = at(dCombined, first);
                kernels.add(count, contextSize, dContext, dGiven, dContext);
                attendBack(t, levels.get(top).carriedOutput());
            } else if (layer.feedsOutput()) {
                kernels.copy(count, size, dGiven, dFed.slice());
            }
        }

        private void back(int count, Parameter weight, Slice gradient, Slice to, boolean accumulate) {
            kernels.multiply(
                    count,
                    gradient.array(),
                    gradient.offset(),
                    gradient.stride(),
                    false,
                    weight.packed(kernels),
                    to.array(),
                    to.offset(),
                    to.stride(),
                    accumulate);
        }

        /** The derivative of {@link #attend}, which adds to that of the state that was asked. */
        private void attendBack(int t, Slice dAsked) {
            int count = layout.alive(t);
            int first = layout.rowOffset(t);
            float slope = slope();
            for (int p = 0; p < count; p++) {
                placeRow(first + p, indices[p]);
                placeGradients(first + p, indices[p], p, slope);
                attender.backward(row, d);
                if (positions != null) {
                    positionBack(first + p, d.position);
                }
            }
            if (queryWeight == null) {
                kernels.add(count, hidden, dAsked, at(dQueries, first), dAsked);
            } else {
                back(count, queryWeight, at(dQueries, first), dAsked, true);
            }
            if (positionWeight != null) {
                back(count, positionWeight, at(dPositions, first), dAsked, true);
            }
        }

        /** Points at the gradients of a row, and adds what comes from coverage. */
        private void placeGradients(int number, int index, int p, float slope) {
            int start = source.starts()[index];
            d.query = dQueries.data();
            d.queryAt = dQueries.offset() + number * querySize;
            d.prepared = dPrepared.data();
            d.preparedAt = dPrepared.offset() + start * dPrepared.columns();
            if (dRows != null) {
                d.rows = dRows.data();
                d.rowsAt = dRows.offset() + start * dRows.columns();
            }
            d.weights = dWeights.data();
            d.weightsAt = dWeights.offset() + starts[number] * heads;
            d.context = dCombined.data();
            d.contextAt = dCombined.offset() + number * dCombined.columns();
            Parameters parameters = context.parameters();
            if (spec.attention().score() == AttentionSpec.Score.ADDITIVE) {
                Tensor dScore = tape.gradient(layer.weight(parameters, "attention_score"));
                d.score = dScore.data();
                d.scoreAt = dScore.offset();
            }
            if (coverage != null) {
                Tensor dWeight = tape.gradient(layer.weight(parameters, "attention_coverage"));
                d.coverageWeight = dWeight.data();
                d.coverageWeightAt = dWeight.offset();
                d.coverage = dCovers.data();
                d.coverageAt = dCovers.offset() + p * covered;
                kernels.add(row.count, d.coverage, d.coverageAt, d.weights, d.weightsAt);
                for (int s = 0; slope != 0 && s < row.count; s++) {
                    boolean again = row.coverage[row.coverageAt + s] < row.weights[row.weightsAt + s];
                    if (again) {
                        d.coverage[d.coverageAt + s] += slope;
                    } else {
                        d.weights[d.weightsAt + s] += slope;
                    }
                }
            }
        }

        /** From a position to what predicted it. */
        private void positionBack(int number, float gradient) {
            Tensor center = requireNonNull(centers);
            Tensor units = requireNonNull(positions);
            Parameter vector = requireNonNull(position);
            float share = center.data()[center.offset() + number];
            float dLogit = gradient * row.count * share * (1 - share);
            int size = units.columns();
            Tensor dVector = tape.gradient(vector);
            int from = units.offset() + number * size;
            kernels.axpy(size, dLogit, units.data(), from, dVector.data(), dVector.offset());
            int to = dPositions.offset() + number * size;
            for (int k = 0; k < size; k++) {
                float u = units.data()[from + k];
                dPositions.data()[to + k] = dLogit * vector.tensor().data()[vector.offset() + k] * (1 - u * u);
            }
        }
    }
}
