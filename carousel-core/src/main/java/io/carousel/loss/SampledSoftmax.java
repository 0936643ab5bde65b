package io.carousel.loss;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.util.Arrays;

/**
 * The cross-entropy of a choice among many classes, estimated by a sample of those that were not the target.
 *
 * <pre>{@code
 * l_v = w_v x + b_v - log q_v           v = t or in the sample, where q is how often v is expected there
 * loss = -l_t + log (e^(l_t) + Σ e^(l_s))     s in the sample without t
 * }</pre>
 *
 * <p>All rows share a sample. Only the rows of the weight that are used have derivatives.
 *
 * <p>Source: Jean, Cho, Memisevic, Bengio, <i>On Using Very Large Target Vocabulary for Neural Machine Translation</i>, 2015,
 * with the correction and the distribution of TensorFlow's sampled softmax.
 */
public final class SampledSoftmax {
    private SampledSoftmax() {}

    /**
     * Classes that were drawn, each once.
     *
     * @param classes ascending
     * @param total V
     * @param tries the draws until they were so many
     */
    public record Sample(int[] classes, int total, long tries) {
        /**
         * Draws different classes, {@code p_v = log((v + 2) / (v + 1)) / log(V + 1)}: frequent classes are to come first.
         *
         * @param count S, fewer than V
         */
        public static Sample logUniform(int count, int total, Rng rng) {
            if (count < 1 || count >= total) {
                throw new IllegalArgumentException(
                        "samples must be from 1 to before the " + total + " classes, got " + count);
            }
            boolean[] drawn = new boolean[total];
            int[] classes = new int[count];
            double range = StrictMath.log(total + 1.0);
            long tries = 0;
            for (int found = 0; found < count; tries++) {
                int v = Math.min(total - 1, (int) (StrictMath.exp(rng.nextDouble() * range) - 1));
                if (!drawn[v]) {
                    drawn[v] = true;
                    classes[found++] = v;
                }
            }
            Arrays.sort(classes);
            return new Sample(classes, total, tries);
        }

        /** How often a class is expected in the sample: {@code 1 - (1 - p)^tries}. */
        double expected(int v) {
            double p = StrictMath.log((v + 2.0) / (v + 1.0)) / StrictMath.log(total + 1.0);
            return -StrictMath.expm1(tries * StrictMath.log1p(-p));
        }
    }

    /**
     * The sum of the losses of all rows.
     *
     * @param x {@code [N, H]}
     * @param weight {@code [V, H]}
     * @param bias {@code [V]}
     * @param targets of N rows, below V and without smoothing
     * @return a scalar
     */
    public static Variable apply(
            Tape tape,
            Variable x,
            Parameter weight,
            Parameter bias,
            SoftmaxCrossEntropy.Targets targets,
            Sample sample) {
        Kernels kernels = tape.kernels();
        int[] classes = sample.classes();
        int rows = x.value().rows();
        int hidden = x.value().columns();
        int count = classes.length;
        int[] wanted = targets.classes();
        Tensor sampled = rowsOf(tape, weight, classes);
        Tensor own = rowsOf(tape, weight, wanted);
        Tensor p = tape.workspace().take(rows, count);
        float[] biases = new float[count];
        for (int s = 0; s < count; s++) {
            biases[s] = (float)
                    (bias.tensor().data()[bias.offset() + classes[s]] - StrictMath.log(sample.expected(classes[s])));
        }
        kernels.broadcastRow(rows, count, biases, 0, p.data(), p.offset(), count);
        PackedMatrix right = tape.packed(sampled.slice(), /* rows= */ hidden, /* columns= */ count, true);
        kernels.multiply(
                rows, x.value().data(), x.value().offset(), hidden, false, right, p.data(), p.offset(), count, true);
        Tensor miss = tape.workspace().zeros(Math.max(1, rows));
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += probabilities(kernels, x.value(), own, p, miss, bias, targets, sample, row);
        }
        Tensor output = tape.workspace().take(Shape.of());
        output.data()[output.offset()] = (float) sum;
        return tape.record(
                output,
                gradient -> {
                    float factor = gradient.data()[gradient.offset()];
                    kernels.scale(rows * count, factor, p.data(), p.offset());
                    kernels.scale(rows, factor, miss.data(), miss.offset());
                    backward(tape, x, weight, bias, sampled, own, p, miss, classes, wanted);
                },
                x,
                tape.parameter(weight),
                tape.parameter(bias));
    }

    /** Rows of a weight; zeros where there is no target. */
    private static Tensor rowsOf(Tape tape, Parameter weight, int[] which) {
        Tensor table = weight.tensor();
        int columns = table.columns();
        Tensor rows = tape.workspace().zeros(Math.max(1, which.length), columns);
        for (int i = 0; i < which.length; i++) {
            if (which[i] >= 0) {
                int from = table.offset() + which[i] * columns;
                System.arraycopy(table.data(), from, rows.data(), rows.offset() + i * columns, columns);
            }
        }
        return rows;
    }

    /** Turns the scores of a row into weighted probabilities, and returns its loss. */
    private static double probabilities(
            Kernels kernels,
            Tensor x,
            Tensor own,
            Tensor p,
            Tensor miss,
            Parameter bias,
            SoftmaxCrossEntropy.Targets targets,
            Sample sample,
            int row) {
        int count = p.columns();
        int at = p.offset() + row * count;
        int target = targets.classes()[row];
        double counts = targets.weight(row);
        if (target < 0 || counts == 0) {
            Arrays.fill(p.data(), at, at + count, 0);
            return 0;
        }
        int hidden = x.columns();
        float score = kernels.dot(hidden, x.data(), x.offset() + row * hidden, own.data(), own.offset() + row * hidden);
        double wanted = score + bias.tensor().data()[bias.offset() + target] - StrictMath.log(sample.expected(target));
        int hit = Arrays.binarySearch(sample.classes(), target);
        if (hit >= 0) {
            p.data()[at + hit] = Float.NEGATIVE_INFINITY;
        }
        float most = (float) wanted;
        for (int s = 0; s < count; s++) {
            most = Math.max(most, p.data()[at + s]);
        }
        for (int s = 0; s < count; s++) {
            p.data()[at + s] -= most;
        }
        if (hit >= 0) {
            p.data()[at + hit] = 0;
        }
        kernels.exp(count, p.data(), at, p.data(), at);
        if (hit >= 0) {
            p.data()[at + hit] = 0;
        }
        double numerator = StrictMath.exp(wanted - most);
        double all = numerator + kernels.sum(count, p.data(), at);
        kernels.scale(count, (float) (counts / all), p.data(), at);
        miss.data()[miss.offset() + row] = (float) (counts * (numerator / all - 1));
        return counts * (StrictMath.log(all) + most - wanted);
    }

    private static void backward(
            Tape tape,
            Variable x,
            Parameter weight,
            Parameter bias,
            Tensor sampled,
            Tensor own,
            Tensor p,
            Tensor miss,
            int[] classes,
            int[] wanted) {
        Kernels kernels = tape.kernels();
        Tensor input = x.value();
        int rows = input.rows();
        int hidden = input.columns();
        int count = classes.length;
        Tensor dSampled = tape.workspace().take(count, hidden);
        PackedMatrix in = tape.packed(input.slice(), rows, hidden, false);
        kernels.multiply(
                count, p.data(), p.offset(), count, true, in, dSampled.data(), dSampled.offset(), hidden, false);
        tape.addRowGradients(weight, classes, dSampled);
        int[] present = new int[rows];
        Tensor dOwn = tape.workspace().zeros(Math.max(1, rows), hidden);
        Tensor db = tape.gradient(bias);
        int used = 0;
        for (int row = 0; row < rows; row++) {
            float d = miss.data()[miss.offset() + row];
            if (wanted[row] >= 0) {
                int from = input.offset() + row * hidden;
                kernels.axpy(hidden, d, input.data(), from, dOwn.data(), dOwn.offset() + used * hidden);
                present[used++] = wanted[row];
                db.data()[db.offset() + wanted[row]] += d;
            }
        }
        if (used > 0) {
            tape.addRowGradients(weight, Arrays.copyOf(present, used), dOwn.rowRange(0, used));
        }
        float[] sums = new float[count];
        kernels.addColumnSums(rows, count, p.data(), p.offset(), count, sums, 0);
        for (int s = 0; s < count; s++) {
            db.data()[db.offset() + classes[s]] += sums[s];
        }
        if (x.needsGradient()) {
            Tensor dx = x.gradient();
            PackedMatrix table = tape.packed(sampled.slice(), count, hidden, false);
            kernels.multiply(rows, p.data(), p.offset(), count, false, table, dx.data(), dx.offset(), hidden, true);
            for (int row = 0; row < rows; row++) {
                float d = miss.data()[miss.offset() + row];
                int from = own.offset() + row * hidden;
                kernels.axpy(hidden, d, own.data(), from, dx.data(), dx.offset() + row * hidden);
            }
        }
    }
}
