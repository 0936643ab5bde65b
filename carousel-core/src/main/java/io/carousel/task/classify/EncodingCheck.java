package io.carousel.task.classify;

import io.carousel.model.FormatException;
import io.carousel.model.Model;
import io.carousel.text.Vocabulary;

/** Whether a network and its encodings belong together. */
final class EncodingCheck {
    private EncodingCheck() {}

    /** The encoder of a model. */
    static InputEncoder check(Model model, ClassifyEncoding encoding, String source) throws FormatException {
        InputEncoder encoder;
        try {
            encoder = InputEncoder.of(encoding);
        } catch (IllegalArgumentException e) {
            throw new FormatException(source, e.getMessage() + "; the file is damaged", e);
        }
        FormatException.requireSize(
                source, "inputs of the network", model.spec().inputSize(), encoder.width());
        FormatException.requireSize(
                source,
                "outputs of the network",
                model.network().outputSize(),
                encoding.labels().size());
        Vocabulary vocabulary = encoding.vocabulary();
        for (int symbols : ClassifyNetwork.symbols(model.spec().layers())) {
            FormatException.requireSize(
                    source, "symbols of the embedding", symbols, vocabulary == null ? 0 : vocabulary.size());
        }
        Vocabulary characters = encoding.characters();
        for (int symbols : ClassifyNetwork.characters(model.spec().layers())) {
            FormatException.requireSize(
                    source, "characters of the network", symbols, characters == null ? 0 : characters.size());
        }
        if (!ClassifyNetwork.pools(model.spec().layers())) {
            throw new FormatException(source, "network must make one row of each sequence; the file is damaged");
        }
        return encoder;
    }
}
