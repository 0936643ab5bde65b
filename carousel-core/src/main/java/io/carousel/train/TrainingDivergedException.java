package io.carousel.train;

import java.util.Locale;

/** A loss or a gradient is NaN or infinite; the parameters are as they were before the update that it belongs to. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrainingDivergedException(String message) {
        super(message);
    }

    static TrainingDivergedException loss(double loss, double norm, int epoch, long step) {
        return new TrainingDivergedException("loss is " + loss + " at epoch " + epoch + ", step " + step
                + " (gradient norm " + brief(norm) + "); lower the learning rate or set a clip norm");
    }

    static TrainingDivergedException gradient(double loss, double norm, int epoch, long step) {
        return new TrainingDivergedException("gradient norm is " + norm + " at epoch " + epoch + ", step " + step
                + " (loss " + brief(loss) + "); lower the learning rate or set a clip norm");
    }

    static TrainingDivergedException validation(double loss, int epoch, long step) {
        return new TrainingDivergedException("validation loss is " + loss + " at epoch " + epoch + ", step " + step
                + "; lower the learning rate or set a clip norm");
    }

    /** Two digits, such as 8.1e19. */
    private static String brief(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        return String.format(Locale.ROOT, "%.2g", value).replace("e+", "e");
    }
}
