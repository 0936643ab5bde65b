package io.carousel.task.forecast;

/**
 * How the target is prepared for the network; chosen on the validation part unless it is given.
 *
 * @param log the scale
 * @param level what is taken away from each window
 * @param windowScale whether each window is divided by the mean size of its own steps, so that calm and wild series of one
 *     file look alike
 * @param harmonics how many pairs of sine and cosine tell the place in the season, 0 for none
 */
public record SeriesTransform(LogScale log, LevelRemoval level, boolean windowScale, int harmonics) {
    private static final int MOST_HARMONICS = 32;

    public SeriesTransform {
        requireHarmonics(harmonics);
    }

    static void requireHarmonics(int harmonics) {
        if (harmonics < 0) {
            throw new IllegalArgumentException("harmonics must not be negative, got " + harmonics);
        }
        ForecastSpec.atMost("harmonics", harmonics, MOST_HARMONICS);
    }

    /** How many things it does beside removing a level. */
    int complexity() {
        return (log == LogScale.NONE ? 0 : 1) + (windowScale ? 1 : 0) + (harmonics > 0 ? 1 : 0);
    }

    /** In words, such as {@code log, differences to one season ago, 2 harmonics of the season}. */
    public String inWords() {
        StringBuilder words = new StringBuilder();
        words.append(log == LogScale.NONE ? "no log" : log == LogScale.LOG ? "log" : "log of 1 + y");
        switch (level) {
            case NONE -> words.append(", level kept");
            case LAST -> words.append(", differences to the last value");
            case MEAN -> words.append(", differences to the mean of the window");
            case SEASON -> words.append(", differences to one season ago");
        }
        if (windowScale) {
            words.append(", each window scaled by its own steps");
        }
        if (harmonics > 0) {
            words.append(", ").append(harmonics).append(" harmonics of the season");
        }
        return words.toString();
    }
}
