package io.carousel.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.carousel.cell.CellSpec;
import io.carousel.layer.CharacterConvolutionSpec;
import io.carousel.layer.CharacterRecurrentSpec;
import io.carousel.layer.LayerSpec;

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
    CONVOLUTION;

    /** Characters of a window. */
    private static final int WIDTH = 3;

    /**
     * The layer that reads the characters of words.
     *
     * @param vocabulary of the characters
     * @param size the width of a character's row
     * @param outputs what it makes of a word; a recurrent layer makes half of them in each direction
     * @param cell of a recurrent layer
     * @throws IllegalArgumentException for {@link #NONE}, which has no layer
     */
    public LayerSpec layer(String name, int vocabulary, int size, int outputs, CellSpec cell) {
        return switch (this) {
            case NONE -> throw new IllegalArgumentException("a reader of characters must be chosen, got none");
            case RECURRENT -> new CharacterRecurrentSpec(name, vocabulary, size, cell, outputs / 2);
            case CONVOLUTION -> new CharacterConvolutionSpec(name, vocabulary, size, outputs, WIDTH);
        };
    }
}
