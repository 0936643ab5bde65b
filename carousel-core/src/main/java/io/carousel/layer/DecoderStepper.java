package io.carousel.layer;

import static java.util.Objects.requireNonNull;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The direct path of a decoder with attention. Allocates in {@link #read} alone, for sources longer than any before. */
final class DecoderStepper implements LayerStepper {
    private final DecoderLayer layer;
    private final DecoderSpec spec;
    private final Kernels kernels;
    private final List<PassStepper> passes;
    private final Attender attender;
    private final Attender.Row row = new Attender.Row();
    private final @Nullable Parameter queryWeight;
    private final @Nullable Parameter positionWeight;
    private final @Nullable Parameter position;
    private final Parameter attendedWeight;
    private final float[] inputs;
    private final float[] queries;
    private final float[] positions;
    private final float[] logits;
    private final float[] combined;
    private final float[] attended;
    private final float[] coverage;
    private @Nullable Source[] sources = {};
    private float[] weights = {};
    private int longest;

    DecoderStepper(DecoderLayer layer, Kernels kernels, Parameters parameters, int rows) {
        this.layer = layer;
        this.kernels = kernels;
        spec = layer.spec();
        AttentionSpec attention = spec.attention();
        passes = layer.passes().stream()
                .map(pass -> new PassStepper(kernels, pass, parameters, rows))
                .toList();
        attender = layer.attender(kernels, parameters);
        queryWeight = layer.weightIf(attention.projects(), parameters, "attention_query");
        positionWeight = layer.weightIf(attention.window() > 0, parameters, "attention_position_weight");
        position = layer.weightIf(attention.window() > 0, parameters, "attention_position");
        attendedWeight = layer.weight(parameters, "attended");
        inputs = new float[Math.multiplyExact(rows, layer.inputSize() + layer.fedSize())];
        queries = new float[Math.multiplyExact(rows, attention.querySize(layer.hiddenSize()))];
        positions = new float[attention.window() > 0 ? Math.multiplyExact(rows, attention.size()) : 0];
        logits = new float[rows];
        combined = new float[Math.multiplyExact(rows, layer.contextSize() + layer.hiddenSize())];
        attended = new float[Math.multiplyExact(rows, spec.outputSize())];
        coverage = new float[Math.multiplyExact(rows, attention.coverage())];
    }

    @Override
    public void read(@Nullable Source[] each) {
        sources = each;
        int most = longest;
        for (Source source : each) {
            if (source != null) {
                layer.requireLength(source.length());
                most = Math.max(most, source.length());
            }
        }
        if (most > longest) {
            longest = most;
            attender.reserve(most);
            weights = new float
                    [Math.multiplyExact(
                            Math.multiplyExact(logits.length, spec.attention().heads()), most)];
        }
    }

    @Override
    public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
        int width = layer.inputSize() + layer.fedSize();
        for (int r = 0; r < rows; r++) {
            System.arraycopy(x, xOffset + r * layer.inputSize(), inputs, r * width, layer.inputSize());
        }
        if (spec.feeding() == DecoderSpec.Feeding.CONTEXT) {
            attend(rows);
            feed(rows, combined, layer.contextSize() + layer.hiddenSize());
        } else if (layer.feedsOutput()) {
            feed(rows, attended, spec.outputSize());
        }
        float[] below = inputs;
        for (PassStepper pass : passes) {
            pass.step(rows, below, 0);
            below = pass.output();
        }
        if (spec.feeding() != DecoderSpec.Feeding.CONTEXT) {
            attend(rows);
        }
        combine(rows, below);
        System.arraycopy(attended, 0, y, yOffset, rows * spec.outputSize());
    }

    private void feed(int rows, float[] from, int stride) {
        int width = layer.inputSize() + layer.fedSize();
        for (int r = 0; r < rows; r++) {
            System.arraycopy(from, r * stride, inputs, r * width + layer.inputSize(), layer.fedSize());
        }
    }

    /** Writes the contexts to the first columns of what is combined. */
    private void attend(int rows) {
        int hidden = layer.hiddenSize();
        float[] state = passes.get(passes.size() - 1).output();
        AttentionSpec attention = spec.attention();
        int size = attention.querySize(hidden);
        float[] asked = state;
        if (queryWeight != null) {
            kernels.multiply(
                    rows, state, 0, hidden, false, queryWeight.packedTranspose(kernels), queries, 0, size, false);
            asked = queries;
        }
        if (positionWeight != null) {
            predictPositions(rows, state, positionWeight, requireNonNull(position));
        }
        for (int r = 0; r < rows; r++) {
            Source source = requireNonNull(sources[r]);
            int count = source.length();
            row.query = asked;
            row.queryAt = r * size;
            row.prepared = source.prepared(layer.name());
            row.rows = source.rows();
            row.count = count;
            row.coverage = coverage;
            row.coverageAt = r * attention.coverage();
            row.position = count * logits[r];
            row.weights = weights;
            row.weightsAt = r * attention.heads() * longest;
            row.context = combined;
            row.contextAt = r * (layer.contextSize() + hidden);
            attender.forward(row);
            if (attention.coverage() > 0) {
                kernels.add(count, weights, row.weightsAt, coverage, row.coverageAt);
            }
        }
    }

    private void predictPositions(int rows, float[] state, Parameter weight, Parameter vector) {
        int size = spec.attention().size();
        int hidden = layer.hiddenSize();
        kernels.multiply(rows, state, 0, hidden, false, weight.packedTranspose(kernels), positions, 0, size, false);
        kernels.tanh(rows * size, positions, 0, positions, 0);
        for (int r = 0; r < rows; r++) {
            logits[r] = kernels.dot(size, positions, r * size, vector.tensor().data(), vector.offset());
        }
        kernels.sigmoid(rows, logits, 0, logits, 0);
    }

    private void combine(int rows, float[] state) {
        int hidden = layer.hiddenSize();
        int width = layer.contextSize() + hidden;
        for (int r = 0; r < rows; r++) {
            System.arraycopy(state, r * hidden, combined, r * width + layer.contextSize(), hidden);
        }
        int size = spec.outputSize();
        kernels.multiply(
                rows, combined, 0, width, false, attendedWeight.packedTranspose(kernels), attended, 0, size, false);
        kernels.tanh(rows * size, attended, 0, attended, 0);
    }

    @Override
    public boolean attention(int sequence, float[] to, int offset) {
        int heads = spec.attention().heads();
        int count = requireNonNull(sources[sequence]).length();
        int from = sequence * heads * longest;
        Arrays.fill(to, offset, offset + count, 0);
        for (int head = 0; head < heads; head++) {
            kernels.axpy(count, 1f / heads, weights, from + head * count, to, offset);
        }
        return true;
    }

    @Override
    public void load(State state) {
        passes.forEach(pass -> pass.load(state));
        if (layer.feedsOutput()) {
            float[] values = state.values(layer.attendedPart().name());
            System.arraycopy(values, 0, attended, 0, values.length);
        }
        if (coverage.length > 0) {
            float[] values = state.values(layer.coveragePart().name());
            System.arraycopy(values, 0, coverage, 0, values.length);
        }
    }

    @Override
    public void store(State state) {
        passes.forEach(pass -> pass.store(state));
        if (layer.feedsOutput()) {
            float[] values = state.values(layer.attendedPart().name());
            System.arraycopy(attended, 0, values, 0, values.length);
        }
        if (coverage.length > 0) {
            float[] values = state.values(layer.coveragePart().name());
            System.arraycopy(coverage, 0, values, 0, values.length);
        }
    }

    @Override
    public int gather(StateTable table, int column) {
        int at = column;
        for (PassStepper pass : passes) {
            at = pass.gather(table, at);
        }
        at = layer.feedsOutput() ? table.gather(at, spec.outputSize(), attended) : at;
        return coverage.length > 0 ? table.gather(at, spec.attention().coverage(), coverage) : at;
    }

    @Override
    public int scatter(StateTable table, int column) {
        int at = column;
        for (PassStepper pass : passes) {
            at = pass.scatter(table, at);
        }
        at = layer.feedsOutput() ? table.scatter(at, spec.outputSize(), attended) : at;
        return coverage.length > 0 ? table.scatter(at, spec.attention().coverage(), coverage) : at;
    }
}
