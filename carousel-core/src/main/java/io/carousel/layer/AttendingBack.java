package io.carousel.layer;

import static java.util.Objects.requireNonNull;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import org.jspecify.annotations.Nullable;

/** The way back of {@link Attending}, some time steps at a time; the derivatives of weight matrices are products over all of them. */
final class AttendingBack {
    private final Attending run;
    private final Attender.Gradients d = new Attender.Gradients();
    private final Tensor dAttended;
    private final Tensor dCombined;
    private final Tensor dQueries;
    private final Tensor dPositions;
    private final Tensor dWeights;
    private final Tensor dCovers;
    private final @Nullable Tensor dRows;
    private final Tensor dPrepared;
    private final float slope;

    AttendingBack(Attending run) {
        this.run = run;
        Workspace workspace = run.tape.workspace();
        int count = run.layout.rows();
        dAttended = workspace.zeros(count, run.spec.outputSize());
        dCombined = workspace.take(count, run.contextSize + run.hidden);
        dQueries = workspace.zeros(count, run.querySize);
        dPositions = workspace.zeros(count, run.positions == null ? 1 : run.positions.columns());
        dWeights = workspace.zeros(run.weights.size());
        dCovers = workspace.zeros(run.layout.sequences(), Math.max(1, run.covered));
        dPrepared = run.source.prepared(run.layer.name()).gradient();
        dRows = run.spec.attention().score() == AttentionSpec.Score.SCALED
                ? null
                : run.source.rows().gradient();
        slope = slope();
        placeWeightGradients();
        if (run.attended.hasGradient()) {
            Tensor given = run.attended.gradient();
            System.arraycopy(given.data(), given.offset(), dAttended.data(), dAttended.offset(), dAttended.size());
        }
        spreadWeightGradients();
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

    /** What comes to the weights from outside; that of a mean goes to all heads alike. */
    private void spreadWeightGradients() {
        if (run.seen.hasGradient()) {
            Tensor gradient = run.seen.gradient();
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
        return run.loss == null || !run.loss.hasGradient()
                ? 0
                : (float) (run.loss.gradient().data()[run.loss.gradient().offset()]
                        * run.spec.attention().coverageLoss()
                        / run.layout.rows());
    }

    /** The gradient of the outputs of a time step, to which may be added before {@link #combine}. */
    Slice outputs(int t) {
        return Attending.at(dAttended, run.layout.rowOffset(t));
    }

    /** The gradient of the contexts of a time step, to which may be added before {@link #attend}, in the first columns of the slice. */
    Slice contexts(int t) {
        return Attending.at(dCombined, run.layout.rowOffset(t));
    }

    /** From the outputs of some time steps to their contexts and states. */
    void combine(int from, int end) {
        int count = run.count(from, end);
        if (count > 0) {
            int first = run.layout.rowOffset(from);
            Slice dy = Attending.at(dAttended, first);
            run.kernels.tanhGradient(count, run.spec.outputSize(), dy, Attending.at(run.attended.value(), first), dy);
            back(count, run.attendedWeight, dy, Attending.at(dCombined, first), false);
        }
    }

    /** Adds the gradient of the states of some time steps, as far as they stand beside their contexts, to that of all states. */
    void addToStates(int from, int end, Tensor dStates) {
        int count = run.count(from, end);
        if (count > 0) {
            int first = run.layout.rowOffset(from);
            Slice dState = Slice.of(
                    dCombined.data(),
                    dCombined.offset() + first * dCombined.columns() + run.contextSize,
                    dCombined.columns());
            Slice to = Attending.at(dStates, first);
            run.kernels.add(count, run.hidden, to, dState, to);
        }
    }

    /**
     * From the contexts of some time steps to the sources and to the states that asked.
     *
     * @param dAsked is added to: that of the states that asked, from the first of these time steps on
     */
    void attend(int from, int end, Slice dAsked) {
        int count = run.count(from, end);
        if (count == 0) {
            return;
        }
        for (int t = end - 1; t >= from; t--) {
            for (int p = 0; p < run.layout.alive(t); p++) {
                attendRow(run.layout.rowOffset(t) + p, p);
            }
        }
        int first = run.layout.rowOffset(from);
        if (run.queryWeight == null) {
            run.kernels.add(count, run.hidden, dAsked, Attending.at(dQueries, first), dAsked);
        } else {
            back(count, run.queryWeight, Attending.at(dQueries, first), dAsked, true);
        }
        if (run.positionWeight != null) {
            back(count, run.positionWeight, Attending.at(dPositions, first), dAsked, true);
        }
    }

    private void attendRow(int number, int p) {
        run.placeRow(number, run.indices[p]);
        placeGradients(number, run.indices[p], p);
        run.attender.backward(run.row, d);
        if (run.positions != null) {
            positionBack(number, d.position);
        }
    }

    /** Points at the gradients of a row, and adds what comes from coverage. */
    private void placeGradients(int number, int index, int p) {
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

    /** After the first time step: the gradients of the weight matrices. */
    void finish() {
        weightGradient(run.attendedWeight, dAttended, run.combined);
        if (run.queryWeight != null) {
            weightGradient(run.queryWeight, dQueries, run.asked);
        }
        if (run.positionWeight != null) {
            weightGradient(run.positionWeight, dPositions, run.asked);
        }
    }

    private void weightGradient(Parameter weight, Tensor gradient, Tensor operand) {
        run.tape.addWeightGradient(weight, run.layout.rows(), gradient.slice(), operand.slice());
    }
}
