package io.carousel.eval;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How many of the n-grams of translations stand in their references, as sacreBLEU counts and by its defaults.
 *
 * <pre>{@code
 * p_n  = correct_n / total_n                     n = 1 … 4; an n-gram counts at most as often as one reference has it
 * p_n  = 1 / (2^k total_n)                       for the k-th n without a correct n-gram ("exp")
 * BP   = exp(1 - r / c)                          where c < r, else 1; c tokens, r those of the closest references
 * BLEU = 100 BP exp(¼ Σ log p_n)                 0 where nothing is correct
 * }</pre>
 *
 * <p>Tokens are those of 13a, of the scorer of the WMT evaluations. Where no translation has 4 tokens, the p_n without an n-gram are 0 and so is the
 * score; {@link #sentence} leaves them out instead, which is what one sentence needs. Counts of sentences are added by {@link
 * #plus}; a mean of scores of sentences is another thing.
 *
 * <p>Source: Papineni et al., <i>BLEU: a Method for Automatic Evaluation of Machine Translation</i>, 2002; Chen, Cherry, <i>A
 * Systematic Comparison of Smoothing Techniques for Sentence-Level BLEU</i>, 2014, method 3; Post, <i>A Call for Clarity in
 * Reporting BLEU Scores</i>, 2018.
 *
 * @param lowerCase whether capitals count as small letters
 * @param tokens c, of the translations
 * @param referenceTokens r, of the reference of each translation that is closest in length, of two the shorter
 * @param correct n-grams that stand in a reference, by n - 1
 * @param total n-grams of the translations, by n - 1
 * @param references how many there are for a translation: all the different numbers
 */
public record Bleu(
        boolean lowerCase,
        long tokens,
        long referenceTokens,
        List<Long> correct,
        List<Long> total,
        Set<Integer> references) {
    /** The longest n-gram. */
    public static final int ORDER = 4;

    public Bleu {
        correct = List.copyOf(correct);
        total = List.copyOf(total);
        references = Set.copyOf(references);
        if (correct.size() != ORDER || total.size() != ORDER) {
            throw new IllegalArgumentException("counts of n-grams must be " + ORDER + ", got " + correct.size()
                    + " correct and " + total.size() + " in total");
        }
    }

    /** The counts of no translation, to add others to. */
    public static Bleu empty(boolean lowerCase) {
        List<Long> none = List.of(0L, 0L, 0L, 0L);
        return new Bleu(lowerCase, 0, 0, none, none, Set.of());
    }

    /** The counts of one translation, with capitals as they are. */
    public static Bleu of(String translation, List<String> references) {
        return of(translation, references, false);
    }

    /**
     * The counts of one translation.
     *
     * @param references at least one
     * @param lowerCase whether capitals count as small letters
     */
    public static Bleu of(String translation, List<String> references, boolean lowerCase) {
        if (references.isEmpty()) {
            throw new IllegalArgumentException("a translation must have at least one reference, got none; add one");
        }
        List<String> tokens = tokens(translation, lowerCase);
        Map<List<String>, Integer> allowed = new HashMap<>();
        int closest = -1;
        for (String reference : references) {
            List<String> other = tokens(reference, lowerCase);
            counts(other).forEach((ngram, count) -> allowed.merge(ngram, count, Math::max));
            int difference = Math.abs(other.size() - tokens.size()) - Math.abs(closest - tokens.size());
            closest = closest < 0 || difference < 0 || (difference == 0 && other.size() < closest)
                    ? other.size()
                    : closest;
        }
        Long[] correct = {0L, 0L, 0L, 0L};
        Long[] total = {0L, 0L, 0L, 0L};
        counts(tokens).forEach((ngram, count) -> {
            int n = ngram.size() - 1;
            total[n] += count;
            correct[n] += Math.min(count, allowed.getOrDefault(ngram, 0));
        });
        return new Bleu(lowerCase, tokens.size(), closest, List.of(correct), List.of(total), Set.of(references.size()));
    }

    private static List<String> tokens(String text, boolean lowerCase) {
        return WmtTokens.of(lowerCase ? text.toLowerCase(Locale.ROOT) : text);
    }

    private static Map<List<String>, Integer> counts(List<String> tokens) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int n = 1; n <= ORDER; n++) {
            for (int from = 0; from + n <= tokens.size(); from++) {
                counts.merge(tokens.subList(from, from + n), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** The counts of both together. */
    public Bleu plus(Bleu other) {
        if (lowerCase != other.lowerCase) {
            throw new IllegalArgumentException(
                    "counts to add must be of the same case, got " + signature() + " and " + other.signature());
        }
        Long[] bothCorrect = new Long[ORDER];
        Long[] bothTotal = new Long[ORDER];
        for (int n = 0; n < ORDER; n++) {
            bothCorrect[n] = correct.get(n) + other.correct.get(n);
            bothTotal[n] = total.get(n) + other.total.get(n);
        }
        Set<Integer> numbers = new HashSet<>(references);
        numbers.addAll(other.references);
        return new Bleu(
                lowerCase,
                tokens + other.tokens,
                referenceTokens + other.referenceTokens,
                List.of(bothCorrect),
                List.of(bothTotal),
                numbers);
    }

    /** The score of the translations whose counts these are, from 0 to 100. */
    public double score() {
        return score(ORDER);
    }

    /** The score of one translation from 0 to 100, over the n of which it has n-grams. */
    public static double sentence(String translation, List<String> references) {
        Bleu counts = of(translation, references);
        int orders = (int) counts.total.stream().filter(count -> count > 0).count();
        return counts.score(orders);
    }

    private double score(int orders) {
        if (correct.stream().allMatch(count -> count == 0)) {
            return 0;
        }
        double sum = 0;
        double unseen = 1;
        for (int n = 0; n < orders; n++) {
            if (total.get(n) == 0) {
                return 0;
            }
            unseen = correct.get(n) == 0 ? 2 * unseen : unseen;
            double precision =
                    correct.get(n) == 0 ? 100 / (unseen * total.get(n)) : 100.0 * correct.get(n) / total.get(n);
            sum += StrictMath.log(precision);
        }
        return brevityPenalty() * StrictMath.exp(sum / orders);
    }

    /** What short translations are multiplied by; 0 where they have no token and the references have. */
    public double brevityPenalty() {
        if (tokens >= referenceTokens) {
            return 1;
        }
        return tokens == 0 ? 0 : StrictMath.exp(1 - (double) referenceTokens / tokens);
    }

    /** What was counted and how, in sacreBLEU's words, without its version. */
    public String signature() {
        return signature(references, lowerCase) + "|eff:no|tok:13a|smooth:exp";
    }

    /** How many references a translation has, and what becomes of capitals. */
    static String signature(Set<Integer> references, boolean lowerCase) {
        String number =
                references.size() == 1 ? references.iterator().next().toString() : references.isEmpty() ? "0" : "var";
        return "nrefs:" + number + "|case:" + (lowerCase ? "lc" : "mixed");
    }
}
