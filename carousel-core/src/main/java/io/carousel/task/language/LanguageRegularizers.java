package io.carousel.task.language;

/**
 * What keeps a language model from learning its text by heart; each at 0 does nothing. Rates are in [0, 1).
 *
 * <p>With {@code variational}, a mask stays the same for all time steps of a chunk (Gal, Ghahramani, <i>A Theoretically
 * Grounded Application of Dropout in Recurrent Neural Networks</i>, 2016), else it is drawn anew for each (Zaremba, Sutskever,
 * Vinyals, <i>Recurrent Neural Network Regularization</i>, 2014).
 *
 * @param input the rate at which elements of what the embedding gives are dropped
 * @param between the same between the recurrent layers
 * @param output the same of what the top layer gives
 * @param variational whether those three keep their mask
 * @param dropConnect the rate at which recurrent weights are dropped (Merity, Keskar, Socher, <i>Regularizing and Optimizing
 *     LSTM Language Models</i>, 2017)
 * @param activationPenalty α, the factor of the mean square of what the top layer gives
 * @param temporalPenalty β, the factor of the mean square of its change from step to step (both: Merity, McCann, Socher,
 *     <i>Revisiting Activation Regularization for Language RNNs</i>, 2017)
 * @param words the rate at which tokens of the vocabulary are dropped wherever they are read, see {@link
 *     io.carousel.layer.EmbeddingSpec}
 */
public record LanguageRegularizers(
        double input,
        double between,
        double output,
        boolean variational,
        double dropConnect,
        double activationPenalty,
        double temporalPenalty,
        double words) {
    /** Nothing. */
    public static final LanguageRegularizers NONE = new LanguageRegularizers(0, 0, 0, false, 0, 0, 0, 0);

    public LanguageRegularizers {
        requireRate("input dropout", input);
        requireRate("dropout between layers", between);
        requireRate("output dropout", output);
        requireRate("drop connect", dropConnect);
        requireRate("word dropout", words);
        requirePenalty("activation penalty", activationPenalty);
        requirePenalty("temporal penalty", temporalPenalty);
    }

    /** Regularizers that drop no words. */
    public LanguageRegularizers(
            double input,
            double between,
            double output,
            boolean variational,
            double dropConnect,
            double activationPenalty,
            double temporalPenalty) {
        this(input, between, output, variational, dropConnect, activationPenalty, temporalPenalty, 0);
    }

    private static void requireRate(String what, double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException(what + " must be in [0, 1), got " + rate + "; 0 turns it off");
        }
    }

    private static void requirePenalty(String what, double factor) {
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException(
                    what + " must be finite and not negative, got " + factor + "; 0 turns it off");
        }
    }

    /** Dropout of the same rate at all three places, with masks that are drawn anew for each time step. */
    public static LanguageRegularizers dropout(double rate) {
        return new LanguageRegularizers(rate, rate, rate, false, 0, 0, 0, 0);
    }

    /** Dropout of these rates, with masks that stay the same for a chunk. */
    public static LanguageRegularizers variational(double input, double between, double output) {
        return new LanguageRegularizers(input, between, output, true, 0, 0, 0, 0);
    }

    /** The same with DropConnect on recurrent weights. */
    public LanguageRegularizers withDropConnect(double rate) {
        return new LanguageRegularizers(
                input, between, output, variational, rate, activationPenalty, temporalPenalty, words);
    }

    /** The same with penalties. */
    public LanguageRegularizers withPenalties(double activation, double temporal) {
        return new LanguageRegularizers(input, between, output, variational, dropConnect, activation, temporal, words);
    }

    /** The same that drops whole words. */
    public LanguageRegularizers withWordDropout(double rate) {
        return new LanguageRegularizers(
                input, between, output, variational, dropConnect, activationPenalty, temporalPenalty, rate);
    }
}
