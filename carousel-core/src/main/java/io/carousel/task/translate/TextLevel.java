package io.carousel.task.translate;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a side of a pair is cut into. */
public enum TextLevel {
    /** Words, numbers and single symbols: {@link io.carousel.text.WordTokenizer}. */
    @JsonProperty("words")
    WORDS,
    /** Characters: {@link io.carousel.text.CharacterTokenizer}. */
    @JsonProperty("characters")
    CHARACTERS,
    /** What stands between white space: {@link io.carousel.text.SpaceTokenizer}. */
    @JsonProperty("spaces")
    SPACES,
    /** Pieces of words, which are learned from the training pairs first: {@link io.carousel.text.BpeTokenizer}. */
    @JsonProperty("subwords")
    SUBWORDS
}
