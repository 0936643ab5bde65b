package io.carousel.task;

/**
 * The shift and scale of an input.
 *
 * @param mean over the rows that training saw
 * @param deviation over the same rows, 1 for a constant
 */
record InputScale(double mean, double deviation) {
    static InputScale fit(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = values.length == 0 ? 0 : sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = values.length == 0 ? 0 : Math.sqrt(squares / values.length);
        return new InputScale(mean, deviation > 1e-12 * Math.max(1, Math.abs(mean)) ? deviation : 1);
    }

    double transform(double value) {
        return (value - mean) / deviation;
    }
}
