package io.carousel.text;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.List;

/**
 * Pieces of words that were learned from text by {@link BpeLearner}: frequent words whole, rare ones in parts.
 *
 * <p>A word is a run of letters and marks, of digits, or of other symbols, with the space before it, written {@code ▁}; no
 * piece crosses its ends, and one of more than {@value BpeWords#LONGEST} characters is cut. An apostrophe between two letters
 * belongs to the word. Characters that the learner kept no symbol for, and {@code ▁} itself, are written as the bytes of their
 * UTF-8, such as {@code <0xE2>}; so no text is unknown, and {@link #text} gives the composed text back as it was.
 *
 * <p>Source: Sennrich, Haddow, Birch, <i>Neural Machine Translation of Rare Words with Subword Units</i>, 2016; bytes for what
 * is rare as in SentencePiece.
 *
 * @param lowerCase whether capitals become small letters
 * @param merges the symbols, and which make which
 */
@JsonTypeName("bpe")
public record BpeTokenizer(boolean lowerCase, BpeMerges merges) implements Tokenizer {
    @Override
    public List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        BpeWords.of(Tokenizer.normalized(text, lowerCase), word -> tokens.addAll(merges.pieces(word)));
        return tokens;
    }

    @Override
    public String text(List<String> tokens) {
        return ByteSymbols.text(tokens);
    }

    /** Characters and merged pieces in the order in which they were learned, then all bytes. */
    @Override
    public List<String> symbols() {
        List<String> all = new ArrayList<>(merges.symbols());
        all.addAll(ByteSymbols.ALL);
        return List.copyOf(all);
    }
}
