package io.carousel.data;

/** How each input window sets its own scale, so that a network sees series of any level alike. */
public enum WindowScaling {
    /** It does not. */
    NONE {
        @Override
        public Standardizer fit(double[] values, int from, int to) {
            Statistics.check("window scaling", values, from, to);
            return Standardizer.IDENTITY;
        }
    },

    /** The last value of the window becomes 0; the scale stays. */
    LAST_VALUE {
        @Override
        public Standardizer fit(double[] values, int from, int to) {
            Statistics.check("window scaling", values, from, to);
            return new Standardizer(values[to - 1], 1);
        }
    },

    /** The mean becomes 0; the scale stays. */
    MEAN {
        @Override
        public Standardizer fit(double[] values, int from, int to) {
            Statistics.check("window scaling", values, from, to);
            return new Standardizer(Statistics.mean(values, from, to), 1);
        }
    },

    /** Values are divided by the mean of their sizes (Salinas et al., <i>DeepAR</i>, 2020); by 1 if all are 0. */
    MEAN_SIZE {
        @Override
        public Standardizer fit(double[] values, int from, int to) {
            Statistics.check("window scaling", values, from, to);
            return new Standardizer(0, Statistics.divisor(Statistics.meanAbsolute(values, from, to)));
        }
    },

    /** Mean 0 and deviation 1 over the window; a constant window is only shifted. */
    MEAN_AND_DEVIATION {
        @Override
        public Standardizer fit(double[] values, int from, int to) {
            return Standardizer.fit(values, from, to);
        }
    };

    /**
     * The scale of one window.
     *
     * @param from the first row of the window
     * @param to the row after its last
     * @throws DataException if the window is empty or a value is not finite
     */
    public abstract Standardizer fit(double[] values, int from, int to);
}
