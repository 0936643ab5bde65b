package io.carousel.task.tag;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How tags are chosen from their scores. Under both, no sequence that the scheme does not allow is ever given. */
public enum TagOutput {
    /** A linear chain, which learns what follows what: see {@link io.carousel.loss.ChainCrossEntropy}. */
    @JsonProperty("crf")
    CRF,
    /** Each word by itself, by a softmax. */
    @JsonProperty("softmax")
    SOFTMAX
}
