package io.carousel.task.language;

/**
 * A token that a model wrote.
 *
 * @param symbol as the vocabulary has it
 * @param text what it adds to the text, with the space before it where there is one; empty while a character that is written
 *     byte by byte is not whole
 * @param logProbability the natural logarithm of its probability by the model, whatever the temperature
 */
public record WrittenToken(String symbol, String text, double logProbability) {}
