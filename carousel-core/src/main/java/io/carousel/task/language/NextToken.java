package io.carousel.task.language;

/**
 * A token that may come next.
 *
 * @param symbol as the vocabulary has it
 * @param probability of it
 */
public record NextToken(String symbol, double probability) {}
