package io.carousel.data;

/**
 * A place where a time index does not go on by one step.
 *
 * @param row the row after the gap, from 0
 * @param before the stamp before the gap
 * @param after the stamp after it
 * @param missing how many stamps are missing between them, or -1 if {@code after} is not on the grid of the step
 */
public record Gap(int row, String before, String after, long missing) {}
