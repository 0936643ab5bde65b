package io.carousel.task.language;

/** Is told of every token of a text that is evaluated, in their order; what it throws ends the evaluation. */
@FunctionalInterface
public interface SurpriseListener {
    void token(TokenSurprise surprise);
}
