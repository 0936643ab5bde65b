package io.carousel.optim;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.carousel.kernel.Kernels;
import java.util.List;

/**
 * An update rule: records that print as JSON, told apart by their {@code "type"}.
 *
 * <p>The rules are PyTorch's, formula by formula, so that a plan can be carried over.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Sgd.class, name = "sgd"),
    @JsonSubTypes.Type(value = AveragedSgd.class, name = "averagedSgd"),
    @JsonSubTypes.Type(value = RmsProp.class, name = "rmsProp"),
    @JsonSubTypes.Type(value = Adam.class, name = "adam"),
    @JsonSubTypes.Type(value = AdamW.class, name = "adamW"),
    @JsonSubTypes.Type(value = Adagrad.class, name = "adagrad")
})
public sealed interface OptimizerSpec permits Sgd, AveragedSgd, RmsProp, Adam, AdamW, Adagrad {
    /** The names of the numbers that the rule keeps for each weight, all 0 at first. */
    List<String> slotNames();

    /**
     * Whether weight decay {@code λ} shrinks the weights directly, {@code w = (1 - rate λ) w}, rather than by adding {@code
     * λ w} to the gradient.
     */
    default boolean decoupledDecay() {
        return false;
    }

    /** Whether a weight whose gradient is 0 stays as it is, and all that the rule keeps for it, so that it may be left out. */
    default boolean leavesWeightsWithoutGradient() {
        return false;
    }

    /**
     * The rule for a training without validation examples; itself unless validation losses decide something in it.
     *
     * @param epochs of the training
     */
    default OptimizerSpec withoutValidation(int epochs) {
        return this;
    }

    /**
     * Updates the weights from {@code offset} to {@code offset + n}, each by itself: a range may be cut anywhere without
     * changing a bit.
     *
     * @param slots one array for each of {@link #slotNames}, parallel to {@code weights}
     * @param step the number of this update, from 1
     */
    void update(
            Kernels kernels,
            int n,
            float[] weights,
            float[] gradient,
            float[][] slots,
            int offset,
            double rate,
            long step);
}
