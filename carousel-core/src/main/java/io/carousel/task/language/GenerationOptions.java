package io.carousel.task.language;

import io.carousel.kernel.Kernels;
import io.carousel.task.TokenSampler;
import io.carousel.tensor.Rng;
import org.jspecify.annotations.Nullable;

/**
 * How a model writes: it draws each token at random, or searches for the most likely text.
 *
 * <pre>{@code
 * q_v  is proportional to  p_v^(1 / temperature),  of the topK most likely tokens,
 *      of those the fewest that together have topP
 * }</pre>
 *
 * <p>Source of top-p: Holtzman, Buys, Du, Forbes, Choi, <i>The Curious Case of Neural Text Degeneration</i>, 2019; of the length
 * penalty, here without its constant: Wu et al., <i>Google's Neural Machine Translation System</i>, 2016.
 *
 * @param length the most tokens that are written
 * @param temperature below 1 likely tokens become likelier; 0 always takes the most likely one
 * @param topK 0 for all
 * @param topP in (0, 1], 1 for all
 * @param beam how many texts a search keeps; 1 draws at random
 * @param lengthPenalty α: a search compares {@code log p / length^α}; 0 for log p itself, which likes short texts
 * @param seed of the random numbers
 * @param stop the symbol at which writing ends, itself not written, such as {@code <eos>}; null for none
 * @param unknown whether {@code <unk>} may be written
 */
public record GenerationOptions(
        int length,
        double temperature,
        int topK,
        double topP,
        int beam,
        double lengthPenalty,
        long seed,
        @Nullable String stop,
        boolean unknown) {
    /** The widest search. */
    public static final int WIDEST_BEAM = 100;

    public GenerationOptions {
        if (length < 1) {
            throw new IllegalArgumentException("length must be at least 1 token, got " + length);
        }
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be finite and not negative, got " + temperature
                    + "; 1 writes as the model says, 0 always the most likely token");
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k must not be negative, got " + topK + "; 0 takes all tokens");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top-p must be in (0, 1], got " + topP + "; 1 takes all tokens");
        }
        if (beam < 1 || beam > WIDEST_BEAM) {
            throw new IllegalArgumentException(
                    "beam must be from 1 to " + WIDEST_BEAM + ", got " + beam + "; 1 draws at random");
        }
        if (!(lengthPenalty >= 0) || Double.isInfinite(lengthPenalty)) {
            throw new IllegalArgumentException("length penalty must be finite and not negative, got " + lengthPenalty);
        }
        if (beam > 1 && (temperature != 1 || topK != 0 || topP != 1)) {
            throw new IllegalArgumentException("temperature, top-k and top-p must be left at 1, 0 and 1 for a beam of "
                    + beam + ", got " + temperature + ", " + topK + " and " + topP
                    + "; a search draws nothing at random");
        }
        if (beam == 1 && lengthPenalty != 0) {
            throw new IllegalArgumentException("length penalty must be 0 without a beam, got " + lengthPenalty
                    + "; it compares the texts of a search");
        }
    }

    /** At most 100 tokens, drawn as the model says, with seed 1 and no stop; never {@code <unk>}. */
    public static GenerationOptions defaults() {
        return new GenerationOptions(100, 1, 0, 1, 1, 0, 1, null, false);
    }

    /** Draws tokens as these options say. */
    TokenSampler sampler(Kernels kernels, int symbols) {
        return new TokenSampler(
                temperature, topK, topP, unknown ? 0 : 1, Rng.of(seed).stream("generation"), kernels, symbols);
    }

    public GenerationOptions withLength(int tokens) {
        return new GenerationOptions(tokens, temperature, topK, topP, beam, lengthPenalty, seed, stop, unknown);
    }

    public GenerationOptions withTemperature(double value) {
        return new GenerationOptions(length, value, topK, topP, beam, lengthPenalty, seed, stop, unknown);
    }

    public GenerationOptions withTopK(int tokens) {
        return new GenerationOptions(length, temperature, tokens, topP, beam, lengthPenalty, seed, stop, unknown);
    }

    public GenerationOptions withTopP(double probability) {
        return new GenerationOptions(length, temperature, topK, probability, beam, lengthPenalty, seed, stop, unknown);
    }

    /** A search that keeps so many texts and compares {@code log p / length^penalty}. */
    public GenerationOptions withBeam(int width, double penalty) {
        return new GenerationOptions(length, temperature, topK, topP, width, penalty, seed, stop, unknown);
    }

    public GenerationOptions withSeed(long value) {
        return new GenerationOptions(length, temperature, topK, topP, beam, lengthPenalty, value, stop, unknown);
    }

    public GenerationOptions withStop(@Nullable String symbol) {
        return new GenerationOptions(length, temperature, topK, topP, beam, lengthPenalty, seed, symbol, unknown);
    }

    public GenerationOptions withUnknown(boolean allowed) {
        return new GenerationOptions(length, temperature, topK, topP, beam, lengthPenalty, seed, stop, allowed);
    }
}
