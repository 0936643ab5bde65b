package io.carousel.loss;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of several labels, each of which a sequence may have or not, where some labels, or having one, count more.
 *
 * <pre>{@code
 * p = σ(r)
 * loss = -present t log p - absent (1 - t) log(1 - p)
 * }</pre>
 *
 * <p>Targets stand label after label, those of a sequence together: target i is of label {@code i % K}. With all weights 1 it is
 * the {@link LogisticLoss}, with which it shares its source; {@code present} divided by {@code absent} is PyTorch's {@code
 * pos_weight}.
 *
 * @param labels the weights of each of the K labels
 */
public record WeightedLogisticLoss(List<LabelWeight> labels) implements LossSpec {
    public WeightedLogisticLoss {
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException(
                    "labels of a weighted logistic loss must not be empty; give one weight " + "for each label");
        }
    }

    /**
     * What a label counts.
     *
     * @param present where a sequence has it
     * @param absent where it has not
     */
    public record LabelWeight(double present, double absent) {
        public LabelWeight {
            Checks.positive("weight of a label that is present", present);
            Checks.positive("weight of a label that is absent", absent);
        }
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public double valueAndGradient(
            int count,
            float[] raw,
            int rawOffset,
            float[] target,
            int targetOffset,
            float @Nullable [] gradient,
            int gradientOffset) {
        if (count % labels.size() != 0) {
            throw new IllegalArgumentException("targets must be " + labels.size()
                    + " for each sequence, one for each label, got " + count + " in all");
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double t = Checks.target(target, targetOffset, i);
            if (!(t >= 0 && t <= 1)) {
                throw new IllegalArgumentException("target " + i + " must be from 0 to 1, got " + (float) t
                        + "; 1 says that the label is there, 0 that it is not");
            }
            LabelWeight weight = labels.get(i % labels.size());
            double r = raw[rawOffset + i];
            double e = StrictMath.exp(-Math.abs(r));
            double rest = StrictMath.log1p(e);
            double present = weight.present() * t;
            double absent = weight.absent() * (1 - t);
            // softplus(-r) = rest + max(-r, 0) and softplus(r) = rest + max(r, 0)
            sum += present * (rest + Math.max(-r, 0)) + absent * (rest + Math.max(r, 0));
            if (gradient != null) {
                double p = r >= 0 ? 1 / (1 + e) : e / (1 + e);
                double q = r >= 0 ? e / (1 + e) : 1 / (1 + e);
                gradient[gradientOffset + i] = (float) (absent * p - present * q);
            }
        }
        return sum;
    }

    /** The p that the weighted loss draws to; weights other than 1 move it away from the probability. */
    @Override
    public float point(float[] raw, int offset) {
        return (float) SpecialFunctions.sigmoid(raw[offset]);
    }

    @Override
    public boolean gives(double level) {
        return false;
    }

    @Override
    public float quantile(double level, float[] raw, int offset) {
        throw Checks.noQuantile("weightedLogistic", level);
    }
}
