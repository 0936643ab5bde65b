package io.carousel.task.language;

import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.loss.SoftmaxCrossEntropy;

/**
 * Makes logarithms of probabilities of what a network gives.
 *
 * @param given whether the network gives them itself
 */
record LogProbabilities(boolean given) {
    static LogProbabilities of(Network network) {
        return new LogProbabilities(new LanguageOutput.Adaptive().fits(network));
    }

    /** Turns rows of scores into logarithms of probabilities, in place. */
    void apply(Kernels kernels, int rows, int symbols, float[] scores, int offset) {
        if (!given) {
            SoftmaxCrossEntropy.logProbabilities(kernels, rows, symbols, scores, offset);
        }
    }
}
