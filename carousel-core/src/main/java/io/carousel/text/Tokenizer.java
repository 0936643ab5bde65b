package io.carousel.text;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * Cuts text into tokens.
 *
 * <p>The same text gives the same tokens on every machine and every JDK that knows its characters: what is unassigned in the
 * Unicode version of a JDK is a symbol there. A value, kept in a model as JSON. Safe for any number of threads.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(ByteTokenizer.class),
    @JsonSubTypes.Type(CharacterTokenizer.class),
    @JsonSubTypes.Type(ProvidedTokenizer.class),
    @JsonSubTypes.Type(SpaceTokenizer.class),
    @JsonSubTypes.Type(WordTokenizer.class),
    @JsonSubTypes.Type(BpeTokenizer.class),
    @JsonSubTypes.Type(SentencePieceTokenizer.class)
})
public sealed interface Tokenizer
        permits ByteTokenizer,
                CharacterTokenizer,
                ProvidedTokenizer,
                SpaceTokenizer,
                WordTokenizer,
                BpeTokenizer,
                SentencePieceTokenizer {

    /** The tokens of a text in their order, none of them empty. */
    List<String> tokens(String text);

    /**
     * All tokens that this tokenizer knows, in an order of its own, so that a vocabulary needs no counting; empty where any
     * token may come.
     */
    default List<String> symbols() {
        return List.of();
    }

    /** A text of these tokens; where cutting lost what stood between them, one that reads well. */
    String text(List<String> tokens);

    /**
     * The composed form of a text, in which an accented letter is one character however it was typed, and small letters if
     * asked for.
     */
    static String normalized(String text, boolean lowerCase) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        return lowerCase ? composed.toLowerCase(Locale.ROOT) : composed;
    }
}
