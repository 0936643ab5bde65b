package io.carousel.task.forecast;

/**
 * Which rows of a series training saw.
 *
 * @param series the name of the series
 * @param rows how many it had
 * @param validationFrom the first row that chose and stopped
 * @param testFrom the first row that training never saw; {@code rows} when it saw all
 * @param trainedUntil the time stamp of the last row that training saw, as the file prints it
 * @param trainedStamp the same as a number, see {@link io.carousel.data.TimeIndex#stamp}
 */
public record SeriesSplit(
        String series, int rows, int validationFrom, int testFrom, String trainedUntil, long trainedStamp) {}
