package io.carousel.task.language;

/**
 * How well a model foresees a text; the state was carried over the whole of it.
 *
 * <p>Every token counts, that which ends a line among them; the first is foreseen as if a line had just ended. Figures for a
 * token can be compared between models with the same vocabulary; those for a character between all models, as long as no token
 * was unknown: an unknown one costs what {@code <unk>} costs, whatever it is.
 *
 * @param source the name of the text
 * @param tokens of the text
 * @param characters of the text as it stands, each line end as one
 * @param unknown the tokens that the vocabulary does not have
 * @param nats the sum of the surprises of all tokens, {@code -log p} each
 */
public record LanguageEvaluation(String source, long tokens, long characters, long unknown, double nats) {
    private static final double LOG_2 = StrictMath.log(2);

    public LanguageEvaluation {
        if (tokens < 1) {
            throw new IllegalArgumentException("tokens of a text must be at least 1, got " + tokens);
        }
    }

    /** The mean cross-entropy of a token, in nats. */
    public double natsPerToken() {
        return nats / tokens;
    }

    /** The mean cross-entropy of a token, in bits. */
    public double bitsPerToken() {
        return nats / LOG_2 / tokens;
    }

    /** The bits of all tokens for each character of the text. */
    public double bitsPerCharacter() {
        return nats / LOG_2 / characters;
    }

    /** The exponential of the mean cross-entropy: among how many equally likely tokens the model wavered. */
    public double perplexity() {
        return StrictMath.exp(natsPerToken());
    }
}
