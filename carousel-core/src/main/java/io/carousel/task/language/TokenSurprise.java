package io.carousel.task.language;

/**
 * How surprising a token was.
 *
 * @param symbol the token as it stands in the text
 * @param known whether the vocabulary has it; if not, the surprise is that of {@code <unk>}
 * @param bits {@code -log2 p}, given all tokens before it
 */
public record TokenSurprise(String symbol, boolean known, double bits) {}
