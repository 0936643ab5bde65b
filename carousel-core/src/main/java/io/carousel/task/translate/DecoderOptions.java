package io.carousel.task.translate;

/**
 * How a decoder writes: it searches with a beam, takes the most likely token each time, or draws at random.
 *
 * <pre>{@code
 * score = log p / lp + cp        lp = ((5 + length) / 6)^α        cp = β Σ_i log min(Σ_t a_ti, 1)
 * }</pre>
 *
 * <p>with a the attention of time step t to the source's row i. The length counts the end symbol.
 *
 * <p>Source of the penalties: Wu et al., <i>Google's Neural Machine Translation System</i>, 2016.
 *
 * @param beam how many texts a search keeps; 1 takes the most likely token each time, or draws
 * @param best how many texts are wanted, at most the beam; where tokens are drawn, any number
 * @param least the fewest tokens of a text, the end symbol not counted
 * @param most the most tokens of a text, the end symbol not counted: after so many the end may follow, and a text that would rather
 *     go on is cut there
 * @param lengthPenalty α; 0 compares log p itself, which likes short texts
 * @param coveragePenalty β; 0 for none
 * @param distinct no n tokens in a row are written twice; 0 allows all
 * @param temperature 0 draws nothing; 1 draws as the model says, less makes likely tokens likelier
 * @param topK only the so many most likely tokens are drawn; 0 for all
 * @param topP of those the fewest that together have this probability, in (0, 1]
 * @param seed of what is drawn
 */
public record DecoderOptions(
        int beam,
        int best,
        int least,
        int most,
        double lengthPenalty,
        double coveragePenalty,
        int distinct,
        double temperature,
        int topK,
        double topP,
        long seed) {
    /** The widest search. */
    public static final int WIDEST_BEAM = 1000;

    public DecoderOptions {
        if (beam < 1 || beam > WIDEST_BEAM) {
            throw new IllegalArgumentException("beam must be from 1 to " + WIDEST_BEAM + ", got " + beam);
        }
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be finite and not negative, got " + temperature
                    + "; 0 draws nothing, 1 as the model says");
        }
        if (temperature > 0 && beam > 1) {
            throw new IllegalArgumentException("temperature must be 0 for a beam of " + beam + ", got " + temperature
                    + "; a search draws nothing at random");
        }
        int room = temperature > 0 ? WIDEST_BEAM : beam;
        if (best < 1 || best > room) {
            throw new IllegalArgumentException(
                    "wanted texts must be from 1 to " + room + ", got " + best + "; widen the beam");
        }
        if (least < 0 || most < 1 || least > most) {
            throw new IllegalArgumentException(
                    "tokens of a text must be at least 0 and at most 1 or more, got " + least + " to " + most);
        }
        requirePenalty("length penalty", lengthPenalty);
        requirePenalty("coverage penalty", coveragePenalty);
        if (distinct < 0) {
            throw new IllegalArgumentException(
                    "tokens in a row that are written once must not be negative, got " + distinct + "; 0 allows all");
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k must not be negative, got " + topK + "; 0 takes all tokens");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top-p must be in (0, 1], got " + topP + "; 1 takes all tokens");
        }
    }

    private static void requirePenalty(String what, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " must be finite and not negative, got " + value);
        }
    }

    /** The most likely token each time, at most 100. */
    public static DecoderOptions greedy() {
        return new DecoderOptions(1, 1, 0, 100, 0, 0, 0, 0, 0, 1, 1);
    }

    /** A search with a length penalty of 0.6, the middle of what Wu et al. found best, and the most likely text of at most 100 tokens. */
    public static DecoderOptions search(int beam) {
        return new DecoderOptions(beam, 1, 0, 100, 0.6, 0, 0, 0, 0, 1, 1);
    }

    /** Tokens drawn as the model says, at most 100. */
    public static DecoderOptions drawn(long seed) {
        return new DecoderOptions(1, 1, 0, 100, 0, 0, 0, 1, 0, 1, seed);
    }

    public DecoderOptions withBest(int texts) {
        return new DecoderOptions(
                beam, texts, least, most, lengthPenalty, coveragePenalty, distinct, temperature, topK, topP, seed);
    }

    public DecoderOptions withTokens(int fewest, int largest) {
        return new DecoderOptions(
                beam, best, fewest, largest, lengthPenalty, coveragePenalty, distinct, temperature, topK, topP, seed);
    }

    public DecoderOptions withPenalties(double length, double coverage) {
        return new DecoderOptions(beam, best, least, most, length, coverage, distinct, temperature, topK, topP, seed);
    }

    public DecoderOptions withDistinct(int tokens) {
        return new DecoderOptions(
                beam, best, least, most, lengthPenalty, coveragePenalty, tokens, temperature, topK, topP, seed);
    }

    public DecoderOptions withDrawing(double heat, int likeliest, double share) {
        return new DecoderOptions(
                beam, best, least, most, lengthPenalty, coveragePenalty, distinct, heat, likeliest, share, seed);
    }

    /** Whether tokens are drawn at random. */
    boolean draws() {
        return temperature > 0;
    }

    /** How many texts are on their way at a time. */
    int width() {
        return draws() ? best : beam;
    }

    /** What the logarithm of the probability of a text of that length is divided by, the end symbol counted. */
    double lengthFactor(int length) {
        return lengthPenalty == 0 ? 1 : StrictMath.pow((5.0 + length) / 6, lengthPenalty);
    }
}
