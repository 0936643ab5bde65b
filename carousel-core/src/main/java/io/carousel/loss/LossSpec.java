package io.carousel.loss;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The losses that come with the library: records that print as JSON, told apart by their {@code "type"}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SquaredLoss.class, name = "squared"),
    @JsonSubTypes.Type(value = AbsoluteLoss.class, name = "absolute"),
    @JsonSubTypes.Type(value = HuberLoss.class, name = "huber"),
    @JsonSubTypes.Type(value = QuantileLoss.class, name = "quantile"),
    @JsonSubTypes.Type(value = GaussianLoss.class, name = "gaussian"),
    @JsonSubTypes.Type(value = StudentTLoss.class, name = "studentT"),
    @JsonSubTypes.Type(value = LogisticLoss.class, name = "logistic"),
    @JsonSubTypes.Type(value = WeightedLogisticLoss.class, name = "weightedLogistic")
})
public sealed interface LossSpec extends Loss
        permits SquaredLoss,
                AbsoluteLoss,
                HuberLoss,
                QuantileLoss,
                GaussianLoss,
                StudentTLoss,
                LogisticLoss,
                WeightedLogisticLoss {}
