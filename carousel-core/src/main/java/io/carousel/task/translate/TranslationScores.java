package io.carousel.task.translate;

import io.carousel.eval.Bleu;
import io.carousel.eval.ChrF;
import io.carousel.eval.EditDistance;

/**
 * How near translations are to their references.
 *
 * @param sources how many were translated
 * @param exact those whose tokens are those of a reference
 * @param bleu each translation against all references of its source
 * @param pairBleu each pair for itself, so that a source with several references counts several times, each time with one
 * @param chrf against the references of each source
 * @param tokens the edits of target tokens to the nearest reference: phonemes, characters, words, as the target is cut
 * @param words the same of what stands between spaces
 */
public record TranslationScores(
        long sources, long exact, Bleu bleu, Bleu pairBleu, ChrF chrf, EditDistance tokens, EditDistance words) {

    /** The scores of nothing, to add others to. */
    static TranslationScores empty(boolean lowerCase) {
        return new TranslationScores(
                0,
                0,
                Bleu.empty(lowerCase),
                Bleu.empty(lowerCase),
                ChrF.empty(lowerCase),
                EditDistance.empty(),
                EditDistance.empty());
    }

    /** The scores of both together. */
    TranslationScores plus(TranslationScores other) {
        return new TranslationScores(
                sources + other.sources,
                exact + other.exact,
                bleu.plus(other.bleu),
                pairBleu.plus(other.pairBleu),
                chrf.plus(other.chrf),
                tokens.plus(other.tokens),
                words.plus(other.words));
    }

    /** The share of the translations that are right in every token; 0 of none. */
    public double accuracy() {
        return sources == 0 ? 0 : (double) exact / sources;
    }

    /** The share of the translations that are not: the word error rate of pronunciations. */
    public double errorRate() {
        return 1 - accuracy();
    }
}
