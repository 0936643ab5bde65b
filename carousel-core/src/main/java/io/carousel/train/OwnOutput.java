package io.carousel.train;

import io.carousel.kernel.Kernels;
import io.carousel.loss.Loss;
import io.carousel.loss.SoftmaxCrossEntropy;
import io.carousel.tensor.Rng;

/**
 * Makes the input of a decoder's next time step of what it gave in the last.
 *
 * <p>Implementations are stateless and safe for any number of threads.
 */
@FunctionalInterface
public interface OwnOutput {
    /**
     * The next input.
     *
     * @param outputs the row of what the whole network gave, from {@code outputOffset} on; may be overwritten
     * @param random of the sequence, for who draws
     * @param inputs where the row of the next input stands, to be overwritten
     */
    void next(
            Kernels kernels, float[] outputs, int outputOffset, int size, Rng random, float[] inputs, int inputOffset);

    /** The number of a class, drawn by the probabilities that scores give. */
    static OwnOutput drawn() {
        return (kernels, outputs, outputOffset, size, random, inputs, inputOffset) -> {
            SoftmaxCrossEntropy.logProbabilities(kernels, 1, size, outputs, outputOffset);
            kernels.exp(size, outputs, outputOffset, outputs, outputOffset);
            double left = random.nextDouble();
            int drawn = 0;
            for (int v = 0; v < size; v++) {
                if (outputs[outputOffset + v] > 0) {
                    drawn = v;
                    left -= outputs[outputOffset + v];
                    if (left < 0) {
                        break;
                    }
                }
            }
            inputs[inputOffset] = drawn;
        };
    }

    /** The points that a loss reads in what the network gives, one for each target. */
    static OwnOutput points(Loss loss) {
        return (kernels, outputs, outputOffset, size, random, inputs, inputOffset) -> {
            for (int k = 0; k * loss.outputs() < size; k++) {
                inputs[inputOffset + k] = loss.point(outputs, outputOffset + k * loss.outputs());
            }
        };
    }
}
