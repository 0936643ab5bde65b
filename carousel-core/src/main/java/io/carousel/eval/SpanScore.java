package io.carousel.eval;

import io.carousel.text.Span;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How well spans were found, as conlleval, the scorer of the CoNLL shared tasks, counts.
 *
 * <pre>{@code
 * precision = correct / predicted     recall = correct / wanted     f1 = 2 correct / (predicted + wanted)
 * accuracy  = elements whose tags are equal / elements
 * }</pre>
 *
 * <p>A span is correct when start, end and type are; what tags mean is read by {@link Span#of}, whatever the scheme. A span
 * never reaches over the end of a sentence. A quotient of nothing is 0. Overall values are those of the counts of all types
 * together (micro).
 *
 * <p>Source: Tjong Kim Sang, Buchholz, <i>Introduction to the CoNLL-2000 Shared Task: Chunking</i>, 2000.
 *
 * @param elements that have a tag
 * @param correctElements those whose tag was predicted
 * @param overall the spans of all types
 * @param byType in alphabetical order of the types that were wanted or predicted
 */
public record SpanScore(long elements, long correctElements, Counts overall, SortedMap<String, Counts> byType) {
    public SpanScore {
        byType = Collections.unmodifiableSortedMap(new TreeMap<>(byType));
    }

    /**
     * Numbers of spans.
     *
     * @param wanted in the data
     * @param predicted by the model
     * @param correct in both
     */
    public record Counts(long wanted, long predicted, long correct) {
        static final Counts NONE = new Counts(0, 0, 0);

        /** The share of the predicted that are correct; 0 where none is. */
        public double precision() {
            return predicted == 0 ? 0 : (double) correct / predicted;
        }

        /** The share of the wanted that are found; 0 where there is none. */
        public double recall() {
            return wanted == 0 ? 0 : (double) correct / wanted;
        }

        /** The harmonic mean of precision and recall; 0 where there is nothing. */
        public double f1() {
            return wanted + predicted == 0 ? 0 : 2.0 * correct / (wanted + predicted);
        }

        Counts plus(Counts other) {
            return new Counts(wanted + other.wanted, predicted + other.predicted, correct + other.correct);
        }
    }

    /** The share of the elements whose tag is right; 0 where there is none. */
    public double accuracy() {
        return elements == 0 ? 0 : (double) correctElements / elements;
    }

    /** The F1 of all types together. */
    public double f1() {
        return overall.f1();
    }

    /** The score of nothing, to add others to. */
    public static SpanScore empty() {
        return new SpanScore(0, 0, Counts.NONE, new TreeMap<>());
    }

    /**
     * The score of one sentence.
     *
     * @throws IllegalArgumentException when both are not of the same length
     */
    public static SpanScore of(List<String> wanted, List<String> predicted) {
        if (wanted.size() != predicted.size()) {
            throw new IllegalArgumentException(
                    "predicted tags must be " + wanted.size() + ", one for each element, got " + predicted.size());
        }
        long correct = 0;
        for (int i = 0; i < wanted.size(); i++) {
            correct += wanted.get(i).equals(predicted.get(i)) ? 1 : 0;
        }
        SortedMap<String, Counts> byType = new TreeMap<>();
        Set<Span> found = new HashSet<>(Span.of(predicted));
        for (Span span : found) {
            byType.merge(span.type(), new Counts(0, 1, 0), Counts::plus);
        }
        for (Span span : Span.of(wanted)) {
            byType.merge(span.type(), new Counts(1, 0, found.contains(span) ? 1 : 0), Counts::plus);
        }
        return new SpanScore(wanted.size(), correct, sum(byType), byType);
    }

    /**
     * The score of sentences.
     *
     * @throws IllegalArgumentException when there are not as many of both, or one differs in length
     */
    public static SpanScore ofAll(List<List<String>> wanted, List<List<String>> predicted) {
        if (wanted.size() != predicted.size()) {
            throw new IllegalArgumentException("predicted sentences must be " + wanted.size() + ", as there are "
                    + "wanted ones, got " + predicted.size());
        }
        SpanScore score = empty();
        for (int i = 0; i < wanted.size(); i++) {
            score = score.plus(of(wanted.get(i), predicted.get(i)));
        }
        return score;
    }

    /** The score of both together. */
    public SpanScore plus(SpanScore other) {
        SortedMap<String, Counts> together = new TreeMap<>(byType);
        other.byType.forEach((type, counts) -> together.merge(type, counts, Counts::plus));
        return new SpanScore(
                elements + other.elements, correctElements + other.correctElements, sum(together), together);
    }

    private static Counts sum(SortedMap<String, Counts> byType) {
        return byType.values().stream().reduce(Counts.NONE, Counts::plus);
    }
}
