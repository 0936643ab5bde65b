package io.carousel.text;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a SentencePiece model with their scores.
 *
 * <p>A value, kept in a model as a list of texts such as {@code N -3.25 ▁the}: what it is, its score, and the piece. Immutable.
 */
public final class PieceTable {
    /** The most pieces. */
    public static final int MOST = 100_000;

    /** The longest piece in UTF-16 units. */
    private static final int LONGEST = 1024;

    /** What a piece is for. */
    enum Kind {
        /** A piece of text. */
        N,
        /** What stands for text that no piece fits. */
        X,
        /** A sign that is never in a text, such as {@code </s>}. */
        C,
        /** Text that is always kept whole. */
        U,
        /** Left out when texts are cut. */
        O,
        /** A byte, such as {@code <0xE2>}. */
        B
    }

    /**
     * A piece.
     *
     * @param text what it stands for, with {@code ▁} for a space
     */
    record Piece(Kind kind, float score, String text) {}

    private final List<Piece> pieces;
    private final Map<String, Piece> matching = new HashMap<>();
    private final PieceTrie trie = new PieceTrie();
    private final PieceTrie userTrie = new PieceTrie();
    private final PieceTrie userBytes = new PieceTrie();
    private final Set<String> controls = new HashSet<>();
    private final float least;
    private final float most;
    private final boolean bytes;

    private PieceTable(List<Piece> pieces) {
        this.pieces = pieces;
        if (pieces.size() > MOST) {
            throw new IllegalArgumentException("pieces must be at most " + MOST + ", got " + pieces.size());
        }
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        int unknown = 0;
        int byteCount = 0;
        Map<String, Piece> all = new HashMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            check(piece, all.putIfAbsent(piece.text, piece) == null);
            unknown += piece.kind == Kind.X ? 1 : 0;
            byteCount += piece.kind == Kind.B ? 1 : 0;
            if (piece.kind == Kind.N) {
                low = Math.min(low, piece.score);
                high = Math.max(high, piece.score);
            }
            if (piece.kind == Kind.N || piece.kind == Kind.U || piece.kind == Kind.O) {
                matching.put(piece.text, piece);
                trie.put(piece.text, i);
            }
            if (piece.kind == Kind.C) {
                controls.add(piece.text);
            }
            if (piece.kind == Kind.U) {
                userTrie.put(piece.text, i);
                userBytes.put(latin1(ByteSymbols.utf8(piece.text)), i);
            }
        }
        if (unknown != 1 || (byteCount != 0 && byteCount != 256) || !(low <= high)) {
            throw new IllegalArgumentException("pieces must be one unknown, none or 256 bytes, and some text, got "
                    + unknown + " unknown and " + byteCount + " bytes of " + pieces.size() + " pieces");
        }
        least = low;
        most = high;
        bytes = byteCount > 0;
    }

    private static void check(Piece piece, boolean isNew) {
        if (piece.text.isEmpty() || piece.text.length() > LONGEST || !isNew) {
            throw new IllegalArgumentException("pieces must be different and have 1 to " + LONGEST
                    + " characters, got \"" + shown(piece.text) + "\"" + (isNew ? "" : " twice"));
        }
        if (!Float.isFinite(piece.score)) {
            throw new IllegalArgumentException(
                    "score of the piece \"" + shown(piece.text) + "\" must be finite, got " + piece.score);
        }
        if (piece.kind == Kind.B && ByteSymbols.value(piece.text) < 0) {
            throw new IllegalArgumentException(
                    "a piece for a byte must be written like <0xE2>, got \"" + shown(piece.text) + "\"");
        }
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    static PieceTable ofPieces(List<Piece> pieces) {
        return new PieceTable(List.copyOf(pieces));
    }

    /**
     * Pieces from their texts.
     *
     * @throws IllegalArgumentException when a text is none, or the pieces do not fit together
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PieceTable of(List<String> lines) {
        List<Piece> pieces = new ArrayList<>();
        for (String line : lines) {
            int first = line.indexOf(' ');
            int second = line.indexOf(' ', first + 1);
            if (first < 0 || second < 0) {
                throw new IllegalArgumentException(
                        "a piece must be a kind, a score and a text, got \"" + shown(line) + "\"");
            }
            try {
                pieces.add(new Piece(
                        Kind.valueOf(line.substring(0, first)),
                        Float.parseFloat(line.substring(first + 1, second)),
                        line.substring(second + 1)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "a piece must be a kind, a score and a text, got \"" + shown(line) + "\"", e);
            }
        }
        return ofPieces(pieces);
    }

    /** A text for each piece. */
    @JsonValue
    public List<String> lines() {
        return pieces.stream()
                .map(piece -> piece.kind + " " + piece.score + " " + piece.text)
                .toList();
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** The piece that is this text and may be cut out of texts; null when there is none. */
    @Nullable
    Piece match(String text) {
        return matching.get(text);
    }

    /** All pieces that may be cut out of texts. */
    PieceTrie trie() {
        return trie;
    }

    /** Those that are always kept whole. */
    PieceTrie userTrie() {
        return userTrie;
    }

    /** The same with bytes of UTF-8 as characters. */
    PieceTrie userBytes() {
        return userBytes;
    }

    /** Bytes as characters, each by itself. */
    static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Signs that are never in a text. */
    Set<String> controls() {
        return controls;
    }

    /** The least score of a piece of text. */
    float least() {
        return least;
    }

    /** The highest score of a piece of text. */
    float most() {
        return most;
    }

    /** Whether what no piece fits is written as bytes. */
    boolean bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PieceTable table && pieces.equals(table.pieces);
    }

    @Override
    public int hashCode() {
        return pieces.hashCode();
    }

    @Override
    public String toString() {
        return pieces.size() + " pieces";
    }
}
