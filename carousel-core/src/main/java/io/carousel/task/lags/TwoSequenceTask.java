package io.carousel.task.lags;

import io.carousel.tensor.Rng;
import org.jspecify.annotations.Nullable;

/**
 * Experiments 3a, 3b and 3c: two classes of noisy sequences that differ at their beginning only.
 *
 * <pre>{@code
 * x_t = ±1 for t < N, by the class       the rest: N(0, variance 0.2)       length T … T + T / 10
 * 3a:  target 1 or 0 at the end
 * 3b:  as 3a, with noise N(0, variance 0.2) on the first N elements too
 * 3c:  as 3a, with target 0.8 or 0.2, and noise N(0, variance 0.1) on it in training
 * }</pre>
 *
 * <p>Source: Hochreiter, Schmidhuber, <i>Long Short-Term Memory</i>, 1997, section 5.3, after Bengio, Simard, Frasconi,
 * <i>Learning Long-Term Dependencies with Gradient Descent is Difficult</i>, 1994. The figures are those of the paper's
 * second, stricter criterion.
 *
 * @param variant which of the three
 * @param lag T, the least length
 * @param signal N, the number of elements that tell the class
 */
public record TwoSequenceTask(Variant variant, int lag, int signal) implements LagTask {
    /** Where the noise is. */
    public enum Variant {
        /** 3a: noise after the signal. */
        NOISE,
        /** 3b: noise on the signal too. */
        NOISY_SIGNAL,
        /** 3c: noise on the target. */
        NOISY_TARGET
    }

    private static final double NOISE = StrictMath.sqrt(0.2);
    private static final double TARGET_NOISE = StrictMath.sqrt(0.1);

    public TwoSequenceTask {
        LagTasks.requireLag("signal", signal, 1);
        LagTasks.requireLag("lag", lag, signal);
    }

    @Override
    public String name() {
        return switch (variant) {
            case NOISE -> "two-sequence";
            case NOISY_SIGNAL -> "two-sequence-noisy-signal";
            case NOISY_TARGET -> "two-sequence-noisy-target";
        };
    }

    @Override
    public String experiment() {
        return switch (variant) {
            case NOISE -> "3a";
            case NOISY_SIGNAL -> "3b";
            case NOISY_TARGET -> "3c";
        };
    }

    @Override
    public String description() {
        String noise =
                switch (variant) {
                    case NOISE -> "noise";
                    case NOISY_SIGNAL -> "noise, and noise on them";
                    case NOISY_TARGET -> "noise, and a noisy target";
                };
        return "tell the class from the first N = " + signal + " numbers, followed by " + noise + "; T = " + lag;
    }

    @Override
    public Integer lagOption() {
        return lag;
    }

    @Override
    public Integer detailOption() {
        return signal;
    }

    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public boolean everyStep() {
        return false;
    }

    @Override
    public int span() {
        return lag + lag / 10;
    }

    @Override
    public LagSequence sequence(Rng rng) {
        boolean first = rng.nextInt(2) == 0;
        float[] values = new float[lag + rng.nextInt(lag / 10 + 1)];
        for (int t = 0; t < values.length; t++) {
            double mean = t >= signal ? 0 : first ? 1 : -1;
            boolean noisy = t >= signal || variant == Variant.NOISY_SIGNAL;
            values[t] = (float) (noisy ? mean + NOISE * rng.nextGaussian() : mean);
        }
        LagSequence.Values inputs = new LagSequence.Values(values, 1);
        if (variant != Variant.NOISY_TARGET) {
            return new LagSequence(inputs, new float[][] {{first ? 1 : 0}});
        }
        double clean = first ? 0.8 : 0.2;
        float noisy = (float) (clean + TARGET_NOISE * rng.nextGaussian());
        return new LagSequence(inputs, new float[][] {{noisy}}, new float[][] {{(float) clean}});
    }

    @Override
    public double tolerance() {
        return variant == Variant.NOISY_TARGET ? 0.1 : 0.2;
    }

    @Override
    public LagCriterion criterion() {
        return switch (variant) {
            case NOISE -> new LagCriterion.Sample(256, 0.01, 0, 500);
            case NOISY_SIGNAL -> new LagCriterion.Sample(256, 0.04, 5, 500);
            case NOISY_TARGET -> new LagCriterion.Sample(256, 0.015, 0, 500);
        };
    }

    @Override
    public @Nullable Long paperSequences() {
        return switch (variant + " " + lag + " " + signal) {
            case "NOISE 100 3" -> 39_850L;
            case "NOISE 100 1" -> 64_330L;
            case "NOISE 1000 3" -> 452_460L;
            case "NOISY_SIGNAL 100 3" -> 43_250L;
            case "NOISY_SIGNAL 100 1" -> 78_430L;
            case "NOISY_SIGNAL 1000 1" -> 485_080L;
            case "NOISY_TARGET 100 3" -> 269_650L;
            case "NOISY_TARGET 100 1" -> 565_640L;
            default -> null;
        };
    }
}
