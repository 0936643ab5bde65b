package io.carousel.layer;

import static java.util.Objects.requireNonNull;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import org.jspecify.annotations.Nullable;

/** The way back of a {@link DecoderRun}. */
final class DecoderBack {
    private final DecoderRun run;
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

    DecoderBack(DecoderRun run, Variable rows, Variable seen, @Nullable Variable loss) {
        this.run = run;
        this.rows = rows;
        this.seen = seen;
        this.loss = loss;
        Workspace workspace = run.tape.workspace();
        int count = run.layout.rows();
        dAttended = workspace.zeros(count, run.spec.outputSize());
        dCombined = workspace.take(count, run.contextSize + run.hidden);
        dQueries = workspace.zeros(count, run.querySize);
        dPositions = workspace.zeros(count, run.positions == null ? 1 : run.positions.columns());
        dFed = workspace.zeros(run.layout.sequences(), run.spec.outputSize());
        dWeights = workspace.zeros(run.weights.size());
        dCovers = workspace.zeros(run.layout.sequences(), Math.max(1, run.covered));
        dPrepared = run.source.prepared(run.layer.name()).gradient();
        dRows = run.spec.attention().score() == AttentionSpec.Score.SCALED
                ? null
                : run.source.rows().gradient();
        placeWeightGradients();
    }

    /** Points at the gradients of what all rows are scored with. */
    private void placeWeightGradients() {
        Parameters parameters = run.context.parameters();
        if (run.spec.attention().score() == AttentionSpec.Score.ADDITIVE) {
            Tensor dScore = run.tape.gradient(run.layer.weight(parameters, "attention_score"));
            d.score = dScore.data();
            d.scoreAt = dScore.offset();
        }
        if (run.coverage != null) {
            Tensor dWeight = run.tape.gradient(run.layer.weight(parameters, "attention_coverage"));
            d.coverageWeight = dWeight.data();
            d.coverageWeightAt = dWeight.offset();
        }
    }

    void backward() {
        if (rows.hasGradient()) {
            System.arraycopy(
                    rows.gradient().data(),
                    rows.gradient().offset(),
                    dAttended.data(),
                    dAttended.offset(),
                    dAttended.size());
        }
        spreadWeightGradients();
        for (int level = 0; level < run.levels.size(); level++) {
            run.levels.get(level).beginBackward();
        }
        if (!run.layer.feedsOutput()) {
            combineBack(run.layout.rows(), 0);
        }
        for (int t = run.layout.steps() - 1; t >= 0; t--) {
            stepBack(t);
        }
        for (Recurrent level : run.levels) {
            level.finishBackward();
        }
        weightGradient(run.attendedWeight, dAttended, run.combined);
        if (run.queryWeight != null) {
            weightGradient(run.queryWeight, dQueries, run.asked);
        }
        if (run.positionWeight != null) {
            weightGradient(run.positionWeight, dPositions, run.asked);
        }
    }

    /** What comes to the weights from outside and from the loss of coverage; that of a mean goes to all heads alike. */
    private void spreadWeightGradients() {
        if (seen.hasGradient()) {
            Tensor gradient = seen.gradient();
            for (int number = 0; number < run.layout.rows(); number++) {
                int n = run.starts[number + 1] - run.starts[number];
                for (int head = 0; head < run.heads; head++) {
                    int to = dWeights.offset() + run.starts[number] * run.heads + head * n;
                    int from = gradient.offset() + run.starts[number];
                    run.kernels.axpy(n, 1f / run.heads, gradient.data(), from, dWeights.data(), to);
                }
            }
        }
    }

    /** Of a penalised coverage, the slope of each term. */
    private float slope() {
        return loss == null || !loss.hasGradient()
                ? 0
                : (float) (loss.gradient().data()[loss.gradient().offset()]
                        * run.spec.attention().coverageLoss()
                        / run.layout.rows());
    }

    private void weightGradient(Parameter weight, Tensor gradient, Tensor operand) {
        run.tape.addWeightGradient(weight, run.layout.rows(), gradient.slice(), operand.slice());
    }

    private void stepBack(int t) {
        int count = run.layout.alive(t);
        int first = run.layout.rowOffset(t);
        int top = run.levels.size() - 1;
        int size = run.spec.outputSize();
        if (run.layer.feedsOutput()) {
            Slice dy = DecoderRun.at(dAttended, first);
            run.kernels.add(count, size, dy, dFed.slice(), dy);
            combineBack(count, first);
        }
        Slice dState = Slice.of(
                dCombined.data(),
                dCombined.offset() + first * dCombined.columns() + run.contextSize,
                dCombined.columns());
        Slice dTop = DecoderRun.at(run.outputs.get(top).gradient(), first);
        run.kernels.add(count, run.hidden, dTop, dState, dTop);
        boolean before = run.spec.feeding() == DecoderSpec.Feeding.CONTEXT;
        if (!before) {
            attendBack(t, dTop);
        }
        for (int level = top; level >= 0; level--) {
            run.levels.get(level).stepBack(t, run.outputs.get(level));
            if (level > 0) {
                Slice dx = DecoderRun.at(run.inputs.get(level).gradient(), first);
                Slice dBelow = DecoderRun.at(run.outputs.get(level - 1).gradient(), first);
                int width = run.inputs.get(level).value().columns();
                Tensor mask = run.masks.get(level);
                if (mask == null) {
                    run.kernels.add(count, width, dBelow, dx, dBelow);
                } else {
                    run.kernels.multiplyAdd(count, width, dx, DecoderRun.at(mask, first), dBelow);
                }
            }
        }
        Tensor dLowest = run.inputs.get(0).gradient();
        Slice dInput = DecoderRun.at(dLowest, first);
        if (run.input.needsGradient()) {
            Slice to = DecoderRun.at(run.input.gradient(), first);
            run.kernels.add(count, run.layer.inputSize(), to, dInput, to);
        }
        Slice dGiven = Slice.of(dInput.array(), dInput.offset() + run.layer.inputSize(), dInput.stride());
        if (before) {
            Slice dContext = DecoderRun.at(dCombined, first);
            run.kernels.add(count, run.contextSize, dContext, dGiven, dContext);
            attendBack(t, run.levels.get(top).carriedOutput());
        } else if (run.layer.feedsOutput()) {
            run.kernels.copy(count, size, dGiven, dFed.slice());
        }
    }

    /** The derivative of what combines context and state in some rows. */
    private void combineBack(int count, int first) {
        Slice dy = DecoderRun.at(dAttended, first);
        run.kernels.tanhGradient(count, run.spec.outputSize(), dy, DecoderRun.at(run.attended, first), dy);
        back(count, run.attendedWeight, dy, DecoderRun.at(dCombined, first), false);
    }

    private void back(int count, Parameter weight, Slice gradient, Slice to, boolean accumulate) {
        run.kernels.multiply(
                count,
                gradient.array(),
                gradient.offset(),
                gradient.stride(),
                false,
                weight.packed(run.kernels),
                to.array(),
                to.offset(),
                to.stride(),
                accumulate);
    }

    /** The derivative of what was attended to, which adds to that of the state that was asked. */
    private void attendBack(int t, Slice dAsked) {
        int count = run.layout.alive(t);
        int first = run.layout.rowOffset(t);
        float slope = slope();
        for (int p = 0; p < count; p++) {
            run.placeRow(first + p, run.indices[p]);
            placeGradients(first + p, run.indices[p], p, slope);
            run.attender.backward(run.row, d);
            if (run.positions != null) {
                positionBack(first + p, d.position);
            }
        }
        if (run.queryWeight == null) {
            run.kernels.add(count, run.hidden, dAsked, DecoderRun.at(dQueries, first), dAsked);
        } else {
            back(count, run.queryWeight, DecoderRun.at(dQueries, first), dAsked, true);
        }
        if (run.positionWeight != null) {
            back(count, run.positionWeight, DecoderRun.at(dPositions, first), dAsked, true);
        }
    }

    /** Points at the gradients of a row, and adds what comes from coverage. */
    private void placeGradients(int number, int index, int p, float slope) {
        int start = run.source.starts()[index];
        d.query = dQueries.data();
        d.queryAt = dQueries.offset() + number * run.querySize;
        d.prepared = dPrepared.data();
        d.preparedAt = dPrepared.offset() + start * dPrepared.columns();
        if (dRows != null) {
            d.rows = dRows.data();
            d.rowsAt = dRows.offset() + start * dRows.columns();
        }
        d.weights = dWeights.data();
        d.weightsAt = dWeights.offset() + run.starts[number] * run.heads;
        d.context = dCombined.data();
        d.contextAt = dCombined.offset() + number * dCombined.columns();
        if (run.coverage != null) {
            d.coverage = dCovers.data();
            d.coverageAt = dCovers.offset() + p * run.covered;
            run.kernels.add(run.row.count, d.coverage, d.coverageAt, d.weights, d.weightsAt);
            for (int s = 0; slope != 0 && s < run.row.count; s++) {
                boolean again = run.row.coverage[run.row.coverageAt + s] < run.row.weights[run.row.weightsAt + s];
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
        Tensor center = requireNonNull(run.centers);
        Tensor units = requireNonNull(run.positions);
        Parameter vector = requireNonNull(run.position);
        float share = center.data()[center.offset() + number];
        float dLogit = gradient * run.row.count * share * (1 - share);
        int size = units.columns();
        Tensor dVector = run.tape.gradient(vector);
        int from = units.offset() + number * size;
        run.kernels.axpy(size, dLogit, units.data(), from, dVector.data(), dVector.offset());
        int to = dPositions.offset() + number * size;
        for (int k = 0; k < size; k++) {
            float u = units.data()[from + k];
            dPositions.data()[to + k] = dLogit * vector.tensor().data()[vector.offset() + k] * (1 - u * u);
        }
    }
}
