package io.carousel.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Pieces as a SentencePiece model cuts them: read one with {@link SentencePieceFile}.
 *
 * <p>The text is normalised by the model's rules, spaces become {@code ▁}, and the pieces are those of the most likely path or
 * of merging. What no piece fits is one {@value Vocabulary#UNKNOWN}, or bytes where the model has pieces for them. Pieces are
 * told by their texts: their numbers are those of a {@link Vocabulary}, and not of the file.
 *
 * <p>Source: Kudo, Richardson, <i>SentencePiece: A simple and language independent subword tokenizer and detokenizer for Neural
 * Text Processing</i>, 2018.
 *
 * @param model how pieces are chosen
 * @param addsPrefix whether a text begins with a space that it does not have
 * @param trims whether spaces at the ends, and several together, are left out
 * @param normalization what characters become
 */
@JsonTypeName("sentencePiece")
public record SentencePieceTokenizer(
        Model model, boolean addsPrefix, boolean trims, CharacterMap normalization, PieceTable pieces)
        implements Tokenizer {
    private static final String SPACE = Character.toString(ByteSymbols.SPACE);

    /** How pieces are chosen. */
    public enum Model {
        /** The most likely ones. */
        @JsonProperty("unigram")
        UNIGRAM,
        /** By merging pairs. */
        @JsonProperty("bpe")
        BPE
    }

    @Override
    public List<String> tokens(String text) {
        String normalized = normalized(text);
        List<String> cut =
                model == Model.UNIGRAM ? PieceCutter.unigram(pieces, normalized) : PieceCutter.bpe(pieces, normalized);
        List<String> tokens = new ArrayList<>(cut.size());
        boolean unknownBefore = false;
        for (String piece : cut) {
            boolean unknown = !isKnown(piece);
            if (!unknown) {
                tokens.add(piece);
            } else if (pieces.bytes()) {
                ByteSymbols.add(piece, tokens);
            } else if (!unknownBefore) {
                tokens.add(Vocabulary.UNKNOWN);
            }
            unknownBefore = unknown;
        }
        return tokens;
    }

    private boolean isKnown(String piece) {
        PieceTable.Piece found = pieces.match(piece);
        return found != null && (found.kind() != PieceTable.Kind.O || model == Model.BPE);
    }

    /** The text as it is cut. */
    String normalized(String text) {
        byte[] bytes = ByteSymbols.utf8(text);
        String asCharacters = pieces.userBytes().isEmpty() ? "" : PieceTable.latin1(bytes);
        ByteArrayOutputStream all = new ByteArrayOutputStream(bytes.length + bytes.length / 4);
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        boolean afterSpace = trims;
        boolean started = false;
        for (int at = 0; at < bytes.length; ) {
            part.reset();
            int kept = asCharacters.isEmpty() ? 0 : pieces.userBytes().longest(asCharacters, at);
            if (kept > 0) {
                part.write(bytes, at, kept);
                at += kept;
            } else {
                at += normalization.apply(bytes, at, part);
            }
            byte[] becomes = part.toByteArray();
            int from = 0;
            while (afterSpace && from < becomes.length && becomes[from] == ' ') {
                from++;
            }
            if (from < becomes.length) {
                if (!started && addsPrefix) {
                    all.write(' ');
                }
                started = true;
                all.write(becomes, from, becomes.length - from);
                afterSpace = becomes[becomes.length - 1] == ' ';
            }
            afterSpace &= trims;
        }
        String result = all.toString(StandardCharsets.UTF_8).replace(" ", SPACE);
        while (trims && result.endsWith(SPACE)) {
            result = result.substring(0, result.length() - 1);
        }
        return result;
    }

    @Override
    public String text(List<String> tokens) {
        List<String> shown = tokens.stream().filter(token -> !isControl(token)).toList();
        String text = ByteSymbols.text(shown);
        if (trims) {
            return text.replaceFirst("^ +", "");
        }
        return addsPrefix && text.startsWith(" ") ? text.substring(1) : text;
    }

    private boolean isControl(String token) {
        return pieces.controls().contains(token);
    }

    /** Pieces of text and of bytes, in the order of the file. */
    @Override
    public List<String> symbols() {
        return pieces.pieces().stream()
                .filter(piece -> piece.kind() == PieceTable.Kind.B || isKnown(piece.text()))
                .map(PieceTable.Piece::text)
                .filter(text -> !text.equals(Vocabulary.UNKNOWN))
                .toList();
    }
}
