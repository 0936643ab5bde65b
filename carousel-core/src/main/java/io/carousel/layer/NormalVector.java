package io.carousel.layer;

import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;

/**
 * Vectors of a normal distribution whose mean and variance are computed, drawn so that derivatives reach both.
 *
 * <p>Source: Kingma, Welling, <i>Auto-Encoding Variational Bayes</i>, 2014.
 */
final class NormalVector {
    private NormalVector() {}

    /**
     * {@code z = μ + e^(½ v) ⊙ ε}, with ε of the standard normal distribution.
     *
     * @param mean μ, {@code [B, Z]}
     * @param logVariance v, {@code [B, Z]}
     */
    static Variable draw(Tape tape, Variable mean, Variable logVariance, Rng rng) {
        Kernels kernels = tape.kernels();
        int size = mean.value().size();
        Tensor spread = deviation(tape, logVariance.value());
        for (int i = 0; i < size; i++) {
            spread.data()[spread.offset() + i] *= (float) rng.nextGaussian();
        }
        Tensor drawn = tape.workspace().take(mean.value().shape());
        System.arraycopy(mean.value().data(), mean.value().offset(), drawn.data(), drawn.offset(), size);
        kernels.add(size, spread.data(), spread.offset(), drawn.data(), drawn.offset());
        return tape.record(
                drawn,
                gradient -> {
                    Tensor dMean = mean.gradient();
                    Tensor dLog = logVariance.gradient();
                    kernels.add(size, gradient.data(), gradient.offset(), dMean.data(), dMean.offset());
                    for (int i = 0; i < size; i++) {
                        dLog.data()[dLog.offset() + i] +=
                                0.5f * gradient.data()[gradient.offset() + i] * spread.data()[spread.offset() + i];
                    }
                },
                mean,
                logVariance);
    }

    /** {@code e^(½ v)}. */
    private static Tensor deviation(Tape tape, Tensor logVariance) {
        Tensor deviation = tape.workspace().take(logVariance.shape());
        int size = deviation.size();
        System.arraycopy(logVariance.data(), logVariance.offset(), deviation.data(), deviation.offset(), size);
        tape.kernels().scale(size, 0.5f, deviation.data(), deviation.offset());
        tape.kernels().exp(size, deviation.data(), deviation.offset(), deviation.data(), deviation.offset());
        return deviation;
    }

    /**
     * The divergence of the distribution from the standard normal one, {@code ½ Σ (μ² + e^v - 1 - v)}, summed over all vectors.
     *
     * @return a scalar
     */
    static Variable divergence(Tape tape, Variable mean, Variable logVariance) {
        Tensor m = mean.value();
        Tensor v = logVariance.value();
        int size = m.size();
        Tensor variance = tape.workspace().take(v.shape());
        tape.kernels().exp(size, v.data(), v.offset(), variance.data(), variance.offset());
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double mu = m.data()[m.offset() + i];
            sum += 0.5 * (mu * mu + variance.data()[variance.offset() + i] - 1 - v.data()[v.offset() + i]);
        }
        Tensor scalar = tape.workspace().take(Shape.of());
        scalar.data()[scalar.offset()] = (float) sum;
        return tape.record(
                scalar,
                gradient -> {
                    float slope = gradient.data()[gradient.offset()];
                    Tensor dMean = mean.gradient();
                    Tensor dLog = logVariance.gradient();
                    tape.kernels().axpy(size, slope, m.data(), m.offset(), dMean.data(), dMean.offset());
                    for (int i = 0; i < size; i++) {
                        dLog.data()[dLog.offset() + i] += 0.5f * slope * (variance.data()[variance.offset() + i] - 1);
                    }
                },
                mean,
                logVariance);
    }
}
