package io.carousel.layer;

import io.carousel.autograd.Parameter;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import org.jspecify.annotations.Nullable;

/**
 * The weights and the context of one row of a decoder, forward and backward: see {@link AttentionSpec}.
 *
 * <p>A row's numbers depend on that row and its source alone. Belongs to one thread.
 */
final class Attender {
    private final Kernels kernels;
    private final AttentionSpec spec;
    private final int size;
    private final int preparedSize;
    private final int contextSize;
    private final @Nullable Parameter score;
    private final @Nullable Parameter coverage;
    private final Slice hidden = new Slice();
    private final Slice keys = new Slice();
    private final Slice query = new Slice();
    private final Slice vector = new Slice();
    private final Slice numbers = new Slice();
    private float[] units = {};
    private float[] slopes = {};
    private float[] scores = {};
    private float[] window = {};

    /** Where the numbers of a row stand: the query, what was prepared of its source, the rows that are added up, and the results. */
    static final class Row {
        float[] query = {};
        int queryAt;
        float[] prepared = {};
        int preparedAt;
        float[] rows = {};
        int rowsAt;
        int count;
        float[] coverage = {};
        int coverageAt;
        float position;
        /** {@code [heads, count]} */
        float[] weights = {};

        int weightsAt;
        float[] context = {};
        int contextAt;
    }

    /** Where the gradients of a row's numbers stand; all are added to but those of the weights. */
    static final class Gradients {
        float[] query = {};
        int queryAt;
        float[] prepared = {};
        int preparedAt;
        float[] rows = {};
        int rowsAt;
        /** {@code [heads, count]}: what comes to the weights besides the context, in; used up. */
        float[] weights = {};

        int weightsAt;
        float[] context = {};
        int contextAt;
        float[] coverage = {};
        int coverageAt;
        float[] score = {};
        int scoreAt;
        float[] coverageWeight = {};
        int coverageWeightAt;
        /** Out. */
        float position;
    }

    /**
     * An attention.
     *
     * @param score v of the additive score; null for others
     * @param coverage what multiplies the coverage; null without
     */
    Attender(
            Kernels kernels,
            AttentionSpec spec,
            int hiddenSize,
            int sourceSize,
            @Nullable Parameter score,
            @Nullable Parameter coverage) {
        this.kernels = kernels;
        this.spec = spec;
        this.score = score;
        this.coverage = coverage;
        size = spec.querySize(hiddenSize);
        preparedSize = spec.preparedSize(hiddenSize);
        contextSize = spec.contextSize(sourceSize);
    }

    /** Makes room for sources of that many rows. */
    void reserve(int rows) {
        if (rows > scores.length) {
            scores = new float[rows];
            window = new float[spec.window() > 0 ? rows : 0];
            units = new float[score == null ? 0 : Math.multiplyExact(rows, size)];
            slopes = new float[units.length];
        }
    }

    private boolean scaled() {
        return spec.score() == AttentionSpec.Score.SCALED;
    }

    /** Writes weights and context. */
    void forward(Row row) {
        int count = row.count;
        int part = contextSize / spec.heads();
        for (int head = 0; head < spec.heads(); head++) {
            int weights = row.weightsAt + head * count;
            computeScores(row, head, row.weights, weights);
            if (spec.window() > 0) {
                localSoftmax(row, weights);
            } else if (count > 0) {
                softmax(row.weights, weights, count);
            }
            int context = row.contextAt + head * part;
            for (int j = 0; j < part; j++) {
                row.context[context + j] = 0;
            }
            for (int s = 0; s < count; s++) {
                kernels.axpy(part, row.weights[weights + s], values(row), valueAt(row, s, head), row.context, context);
            }
        }
    }

    private float[] values(Row row) {
        return scaled() ? row.prepared : row.rows;
    }

    private int valueAt(Row row, int s, int head) {
        return scaled()
                ? row.preparedAt + s * preparedSize + size + head * (size / spec.heads())
                : row.rowsAt + s * contextSize;
    }

    private void computeScores(Row row, int head, float[] to, int at) {
        int count = row.count;
        if (score != null) {
            computeUnits(row);
            vector.place(score.tensor().data(), score.offset(), 0);
            numbers.place(to, at, 1);
            kernels.rowDots(count, size, hidden, vector, numbers);
            return;
        }
        int part = size / spec.heads();
        for (int s = 0; s < count; s++) {
            int key = row.preparedAt + s * preparedSize + head * part;
            to[at + s] = kernels.dot(part, row.query, row.queryAt + head * part, row.prepared, key);
        }
        if (scaled()) {
            kernels.scale(count, (float) (1 / StrictMath.sqrt(part)), to, at);
        }
    }

    /** {@code tanh(q + k_s + g_s w)} of all rows. */
    private void computeUnits(Row row) {
        int count = row.count;
        hidden.place(units, 0, size);
        keys.place(row.prepared, row.preparedAt, preparedSize);
        query.place(row.query, row.queryAt, 0);
        kernels.add(count, size, keys, query, hidden);
        if (coverage != null) {
            for (int s = 0; s < count; s++) {
                float covered = row.coverage[row.coverageAt + s];
                kernels.axpy(size, covered, coverage.tensor().data(), coverage.offset(), units, s * size);
            }
        }
        kernels.tanh(count, size, hidden, hidden);
    }

    private void softmax(float[] x, int at, int count) {
        float most = Float.NEGATIVE_INFINITY;
        for (int s = 0; s < count; s++) {
            most = x[at + s] > most ? x[at + s] : most;
        }
        for (int s = 0; s < count; s++) {
            x[at + s] -= most;
        }
        kernels.exp(count, x, at, x, at);
        kernels.scale(count, 1 / kernels.sum(count, x, at), x, at);
    }

    private int first(Row row) {
        return (int) Math.max(0, Math.ceil((double) row.position - spec.window()));
    }

    private int end(Row row) {
        return (int) Math.min(row.count, Math.floor((double) row.position + spec.window()) + 1);
    }

    private void localSoftmax(Row row, int weights) {
        int first = first(row);
        int end = end(row);
        for (int s = 0; s < row.count; s++) {
            row.weights[weights + s] = s < first || s >= end ? 0 : row.weights[weights + s];
        }
        if (first < end) {
            softmax(row.weights, weights + first, end - first);
            computeWindow(row, first, end);
            kernels.multiplyElements(
                    end - first, row.weights, weights + first, window, first, row.weights, weights + first);
        }
    }

    private void computeWindow(Row row, int first, int end) {
        float sharpness = 2f / ((float) spec.window() * spec.window());
        for (int s = first; s < end; s++) {
            float distance = s - row.position;
            window[s] = -distance * distance * sharpness;
        }
        kernels.exp(end - first, window, first, window, first);
    }

    /** Adds gradients, from the numbers that {@link #forward} left. */
    void backward(Row row, Gradients d) {
        d.position = 0;
        int count = row.count;
        if (count == 0) {
            return;
        }
        int part = contextSize / spec.heads();
        float[] valueGradients = scaled() ? d.prepared : d.rows;
        for (int head = 0; head < spec.heads(); head++) {
            int weights = row.weightsAt + head * count;
            int slope = d.weightsAt + head * count;
            int context = d.contextAt + head * part;
            for (int s = 0; s < count; s++) {
                int at = valueAt(row, s, head);
                d.weights[slope + s] += kernels.dot(part, d.context, context, values(row), at);
                int to = scaled() ? at - row.preparedAt + d.preparedAt : at - row.rowsAt + d.rowsAt;
                kernels.axpy(part, row.weights[weights + s], d.context, context, valueGradients, to);
            }
            softmaxBackward(row, weights, d, slope);
            scoresBackward(row, head, d, slope);
        }
    }

    /** Turns the gradient of the weights into that of the scores. */
    private void softmaxBackward(Row row, int weights, Gradients d, int slope) {
        float[] a = row.weights;
        int at = weights;
        int first = 0;
        int end = row.count;
        if (spec.window() > 0) {
            first = first(row);
            end = end(row);
            computeWindow(row, first, end);
            float sharpness = 4f / ((float) spec.window() * spec.window());
            for (int s = 0; s < row.count; s++) {
                if (s < first || s >= end) {
                    d.weights[slope + s] = 0;
                    continue;
                }
                float whole = d.weights[slope + s];
                d.position += whole * a[weights + s] * (s - row.position) * sharpness;
                d.weights[slope + s] = whole * window[s];
                scores[s] = a[weights + s] / window[s];
            }
            a = scores;
            at = 0;
        }
        float mean = kernels.dot(end - first, a, at + first, d.weights, slope + first);
        for (int s = first; s < end; s++) {
            d.weights[slope + s] = a[at + s] * (d.weights[slope + s] - mean);
        }
    }

    private void scoresBackward(Row row, int head, Gradients d, int slope) {
        int count = row.count;
        if (score != null) {
            additiveBackward(row, d, slope, score);
            return;
        }
        int part = size / spec.heads();
        if (scaled()) {
            kernels.scale(count, (float) (1 / StrictMath.sqrt(part)), d.weights, slope);
        }
        for (int s = 0; s < count; s++) {
            int offset = s * preparedSize + head * part;
            float de = d.weights[slope + s];
            kernels.axpy(part, de, row.prepared, row.preparedAt + offset, d.query, d.queryAt + head * part);
            kernels.axpy(part, de, row.query, row.queryAt + head * part, d.prepared, d.preparedAt + offset);
        }
    }

    private void additiveBackward(Row row, Gradients d, int slope, Parameter v) {
        int count = row.count;
        computeUnits(row);
        for (int s = 0; s < count; s++) {
            kernels.axpy(size, d.weights[slope + s], units, s * size, d.score, d.scoreAt);
        }
        numbers.place(d.weights, slope, 1);
        vector.place(v.tensor().data(), v.offset(), 0);
        keys.place(slopes, 0, size);
        kernels.scaleRows(count, size, numbers, vector, keys);
        kernels.tanhGradient(count, size, keys, hidden, keys);
        kernels.addColumnSums(count, size, slopes, 0, size, d.query, d.queryAt);
        kernels.add(count * size, slopes, 0, d.prepared, d.preparedAt);
        if (coverage != null) {
            for (int s = 0; s < count; s++) {
                d.coverage[d.coverageAt + s] +=
                        kernels.dot(size, slopes, s * size, coverage.tensor().data(), coverage.offset());
                float covered = row.coverage[row.coverageAt + s];
                kernels.axpy(size, covered, slopes, s * size, d.coverageWeight, d.coverageWeightAt);
            }
        }
    }
}
