package io.carousel.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How many of the n-grams of characters translations and references share: chrF2, as sacreBLEU counts and by its defaults.
 *
 * <pre>{@code
 * P, R = mean over n = 1 … 6 of  matches_n / n-grams of the translations,  matches_n / n-grams of the references
 * chrF = 100 (1 + β²) P R / (β² P + R)            β = 2: recall counts more
 * }</pre>
 *
 * <p>White space is left out; a character is a code point. The mean is over those n of which both sides have n-grams. Of several
 * references that with the best score of its own counts, of equal ones the first.
 *
 * <p>Source: Popović, <i>chrF: character n-gram F-score for automatic MT evaluation</i>, 2015; Post, <i>A Call for Clarity in
 * Reporting BLEU Scores</i>, 2018.
 *
 * @param lowerCase whether capitals count as small letters
 * @param found n-grams of the translations, by n - 1; none where the reference has no n-gram of that length
 * @param wanted n-grams of the references, by n - 1
 * @param matched n-grams of both, by n - 1
 * @param references how many there are for a translation: all the different numbers
 */
public record ChrF(
        boolean lowerCase, List<Long> found, List<Long> wanted, List<Long> matched, Set<Integer> references) {
    /** The longest n-gram. */
    public static final int ORDER = 6;

    /** β². */
    private static final double FACTOR = 4;

    public ChrF {
        found = List.copyOf(found);
        wanted = List.copyOf(wanted);
        matched = List.copyOf(matched);
        references = Set.copyOf(references);
        if (found.size() != ORDER || wanted.size() != ORDER || matched.size() != ORDER) {
            throw new IllegalArgumentException("counts of n-grams must be " + ORDER + ", got " + found.size() + ", "
                    + wanted.size() + " and " + matched.size());
        }
    }

    /** The counts of no translation, to add others to. */
    public static ChrF empty(boolean lowerCase) {
        List<Long> none = List.of(0L, 0L, 0L, 0L, 0L, 0L);
        return new ChrF(lowerCase, none, none, none, Set.of());
    }

    /** The counts of one translation, with capitals as they are. */
    public static ChrF of(String translation, List<String> references) {
        return of(translation, references, false);
    }

    /**
     * The counts of one translation.
     *
     * @param references at least one
     * @param lowerCase whether capitals count as small letters
     */
    public static ChrF of(String translation, List<String> references, boolean lowerCase) {
        if (references.isEmpty()) {
            throw new IllegalArgumentException("a translation must have at least one reference, got none; add one");
        }
        String own = characters(translation, lowerCase);
        List<Map<String, Integer>> counts = new ArrayList<>();
        for (int n = 1; n <= ORDER; n++) {
            counts.add(counts(own, n));
        }
        ChrF best = empty(lowerCase);
        double bestScore = -1;
        for (String reference : references) {
            ChrF one = of(counts, characters(reference, lowerCase), lowerCase, references.size());
            double score = one.score();
            best = score > bestScore ? one : best;
            bestScore = Math.max(score, bestScore);
        }
        return best;
    }

    private static ChrF of(
            List<Map<String, Integer>> translation, String reference, boolean lowerCase, int references) {
        List<Long> found = new ArrayList<>();
        List<Long> wanted = new ArrayList<>();
        List<Long> matched = new ArrayList<>();
        for (int n = 1; n <= ORDER; n++) {
            Map<String, Integer> other = counts(reference, n);
            long all = 0;
            long both = 0;
            for (Map.Entry<String, Integer> each : translation.get(n - 1).entrySet()) {
                all += each.getValue();
                both += Math.min(each.getValue(), other.getOrDefault(each.getKey(), 0));
            }
            found.add(other.isEmpty() ? 0 : all);
            wanted.add(other.values().stream().mapToLong(count -> count).sum());
            matched.add(both);
        }
        return new ChrF(lowerCase, found, wanted, matched, Set.of(references));
    }

    private static String characters(String text, boolean lowerCase) {
        return String.join("", WmtTokens.words(lowerCase ? text.toLowerCase(Locale.ROOT) : text));
    }

    private static Map<String, Integer> counts(String text, int n) {
        int[] points = text.codePoints().toArray();
        Map<String, Integer> counts = new HashMap<>();
        for (int from = 0; from + n <= points.length; from++) {
            counts.merge(new String(points, from, n), 1, Integer::sum);
        }
        return counts;
    }

    /** The counts of both together. */
    public ChrF plus(ChrF other) {
        if (lowerCase != other.lowerCase) {
            throw new IllegalArgumentException(
                    "counts to add must be of the same case, got " + signature() + " and " + other.signature());
        }
        Set<Integer> numbers = new HashSet<>(references);
        numbers.addAll(other.references);
        return new ChrF(
                lowerCase, sums(found, other.found), sums(wanted, other.wanted), sums(matched, other.matched), numbers);
    }

    private static List<Long> sums(List<Long> a, List<Long> b) {
        List<Long> sums = new ArrayList<>();
        for (int n = 0; n < ORDER; n++) {
            sums.add(a.get(n) + b.get(n));
        }
        return sums;
    }

    /** The score of the translations whose counts these are, from 0 to 100. */
    public double score() {
        double precision = 0;
        double recall = 0;
        int orders = 0;
        for (int n = 0; n < ORDER; n++) {
            if (found.get(n) > 0 && wanted.get(n) > 0) {
                precision += (double) matched.get(n) / found.get(n);
                recall += (double) matched.get(n) / wanted.get(n);
                orders++;
            }
        }
        if (orders == 0 || precision + recall == 0) {
            return 0;
        }
        precision /= orders;
        recall /= orders;
        return 100 * (1 + FACTOR) * precision * recall / (FACTOR * precision + recall);
    }

    /** What was counted and how, in sacreBLEU's words, without its version. */
    public String signature() {
        return Bleu.signature(references, lowerCase) + "|eff:yes|nc:6|nw:0|space:no";
    }
}
