package io.carousel.task.tag;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What reads the characters of a word. */
public enum CharacterReader {
    /** Nothing: a word that is not in the vocabulary is like any other such word. */
    @JsonProperty("none")
    NONE,
    /** A recurrent layer in both directions: see {@link io.carousel.layer.CharacterRecurrentSpec}. */
    @JsonProperty("recurrent")
    RECURRENT,
    /** A convolution with its maximum over the word: see {@link io.carousel.layer.CharacterConvolutionSpec}. */
    @JsonProperty("convolution")
    CONVOLUTION
}
