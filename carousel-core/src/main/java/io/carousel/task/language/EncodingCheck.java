package io.carousel.task.language;

import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.model.FormatException;
import io.carousel.model.Model;

/** Whether a network and its vocabulary belong together. */
final class EncodingCheck {
    private EncodingCheck() {}

    static void check(Model model, LanguageEncoding encoding, String source) throws FormatException {
        int symbols = encoding.vocabulary().size();
        try {
            new TextCode(encoding.spec().tokenizer(), encoding.vocabulary());
        } catch (IllegalArgumentException e) {
            throw new FormatException(source, e.getMessage() + "; the file is damaged", e);
        }
        LayerSpec first = model.spec().layers().get(0);
        if (!(first instanceof EmbeddingSpec embedding)) {
            throw new FormatException(
                    source, "first layer of a language model must be an embedding; the file is damaged");
        }
        FormatException.requireSize(source, "tokens of " + embedding.name(), embedding.vocabulary(), symbols);
        FormatException.requireSize(
                source, "outputs of the network", model.network().outputSize(), symbols);
        if (model.network().readsBackward()) {
            throw new FormatException(
                    source,
                    "layers of a language model must read forward only, got one that does not; the file is damaged");
        }
        LanguageOutput output = encoding.spec().output();
        if (!output.fits(model.network())) {
            throw new FormatException(
                    source,
                    "last layer of a language model must be "
                            + (output instanceof LanguageOutput.Adaptive ? "an adaptive softmax" : "dense")
                            + " as its output says, got another; the file is damaged");
        }
    }
}
