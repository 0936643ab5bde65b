package io.carousel.text;

import io.carousel.data.DataException;
import io.carousel.data.InputFile;
import io.carousel.text.PieceTable.Kind;
import io.carousel.text.PieceTable.Piece;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the {@code .model} file of SentencePiece.
 *
 * <p>Unigram and BPE models, with any rules of normalisation ({@code nmt_nfkc}, {@code nfkc}, the two that fold case, {@code
 * identity}, and a user's own, because the compiled rules in the file are applied), symbols that a user defined, unused pieces,
 * and bytes for what no piece fits. Refused: models of words and of characters, spaces at the ends of words or not escaped,
 * rules for going back, and more than {@value PieceTable#MOST} pieces.
 */
public final class SentencePieceFile {
    /** The most bytes of a file. */
    private static final int MOST_BYTES = 64 << 20;

    private final String name;
    private final List<Piece> pieces = new ArrayList<>();
    private long model = 1;
    private boolean bytes;
    private boolean addsPrefix = true;
    private boolean trims = true;
    private CharacterMap normalization = CharacterMap.NONE;

    private SentencePieceFile(String name) {
        this.name = name;
    }

    /**
     * The tokenizer of a model file.
     *
     * @throws DataException when the file cannot be read, is no such model, or one of a kind that is refused
     */
    public static SentencePieceTokenizer read(Path path) {
        InputFile file = new InputFile(path, "SentencePiece model");
        SentencePieceFile reading = new SentencePieceFile(file.name());
        List<byte[]> content = new ArrayList<>();
        file.readBytes(in -> content.add(in.readNBytes(MOST_BYTES + 1)));
        if (content.get(0).length > MOST_BYTES) {
            throw new DataException(file.name() + " must be a SentencePiece model of at most " + MOST_BYTES
                    + " bytes, got more; name a .model file");
        }
        return reading.read(content.get(0));
    }

    private SentencePieceTokenizer read(byte[] content) {
        ProtobufReader message = new ProtobufReader(content, name);
        for (int field = message.next(); field > 0; field = message.next()) {
            switch (field) {
                case 1 -> piece(message.message());
                case 2 -> trainer(message.message());
                case 3 -> normalizer(message.message());
                case 5 -> denormalizer(message.message());
                default -> message.skip();
            }
        }
        if (pieces.isEmpty()) {
            throw new DataException(
                    name + " must be a SentencePiece model, got no pieces; name a .model file that it has written");
        }
        if (!bytes) {
            pieces.removeIf(piece -> piece.kind() == Kind.B);
        }
        try {
            return new SentencePieceTokenizer(
                    model == 1 ? SentencePieceTokenizer.Model.UNIGRAM : SentencePieceTokenizer.Model.BPE,
                    addsPrefix,
                    trims,
                    normalization,
                    PieceTable.ofPieces(pieces));
        } catch (IllegalArgumentException e) {
            throw new DataException(name + ": " + e.getMessage(), e);
        }
    }

    private void piece(ProtobufReader message) {
        if (pieces.size() == PieceTable.MOST) {
            throw new DataException(
                    name + " must have at most " + PieceTable.MOST + " pieces, got more; train a smaller model");
        }
        String text = "";
        float score = 0;
        long type = 1;
        for (int field = message.next(); field > 0; field = message.next()) {
            switch (field) {
                case 1 -> text = message.text();
                case 2 -> score = message.real();
                case 3 -> type = message.number();
                default -> message.skip();
            }
        }
        Kind[] kinds = {Kind.N, Kind.X, Kind.C, Kind.U, Kind.O, Kind.B};
        if (type < 1 || type > kinds.length) {
            throw refused("pieces of the types 1 to 6", "type " + type);
        }
        pieces.add(new Piece(kinds[(int) type - 1], score, text));
    }

    private void trainer(ProtobufReader message) {
        for (int field = message.next(); field > 0; field = message.next()) {
            switch (field) {
                case 3 -> {
                    model = message.number();
                    if (model != 1 && model != 2) {
                        String got = model == 3 ? "words" : model == 4 ? "characters" : "type " + model;
                        throw refused("a unigram or BPE model", got);
                    }
                }
                case 24 -> refuseIf(message.number() != 0, "spaces before words", "spaces after them");
                case 35 -> bytes = message.number() != 0;
                default -> message.skip();
            }
        }
    }

    private void normalizer(ProtobufReader message) {
        for (int field = message.next(); field > 0; field = message.next()) {
            switch (field) {
                case 2 -> {
                    byte[] rules = message.bytes();
                    try {
                        normalization = CharacterMap.of(rules);
                    } catch (IllegalArgumentException e) {
                        throw new DataException(name + ": " + e.getMessage() + "; get a whole copy of it", e);
                    }
                }
                case 3 -> addsPrefix = message.number() != 0;
                case 4 -> trims = message.number() != 0;
                case 5 -> refuseIf(message.number() == 0, "spaces written as \u2581", "plain spaces");
                default -> message.skip();
            }
        }
    }

    private void denormalizer(ProtobufReader message) {
        for (int field = message.next(); field > 0; field = message.next()) {
            if (field == 2) {
                refuseIf(message.bytes().length > 0, "no rules for going back to text", "some");
            } else {
                message.skip();
            }
        }
    }

    private void refuseIf(boolean wrong, String requirement, String got) {
        if (wrong) {
            throw refused(requirement, got);
        }
    }

    private DataException refused(String requirement, String got) {
        return new DataException(
                name + " must have " + requirement + ", got " + got + "; train the model with other options");
    }
}
