package io.carousel.task.tag;

import io.carousel.data.DataException;
import io.carousel.eval.SpanScore;
import io.carousel.layer.Network;
import io.carousel.text.TagScheme;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Scores a tagger on sentences whose tags are known. */
final class TagEvaluator {
    private final Network network;
    private final TagEncoding encoding;
    private final WordForms forms;

    TagEvaluator(Network network, TagEncoding encoding) {
        this.network = network;
        this.encoding = encoding;
        forms = new WordForms(encoding.spec());
    }

    TagEvaluation evaluate(List<Sentence> sentences, String source) {
        requireTags(sentences, source);
        List<List<String>> predicted = new TagDecoding(network, encoding).best(sentences);
        boolean spans = encoding.scheme() != TagScheme.NONE;
        SpanScore score = SpanScore.empty();
        SpanScore usual = SpanScore.empty();
        List<String> unknownWanted = new ArrayList<>();
        List<String> unknownPredicted = new ArrayList<>();
        long correct = 0;
        for (int i = 0; i < sentences.size(); i++) {
            Sentence sentence = sentences.get(i);
            score = score.plus(SpanScore.of(sentence.tags(), predicted.get(i)));
            usual = usual.plus(SpanScore.of(sentence.tags(), usualTags(sentence)));
            correct += sentence.tags().equals(predicted.get(i)) ? 1 : 0;
            for (int t = 0; t < sentence.words().size(); t++) {
                if (number(sentence.words().get(t)) == 0) {
                    unknownWanted.add(sentence.tags().get(t));
                    unknownPredicted.add(predicted.get(i).get(t));
                }
            }
        }
        return new TagEvaluation(
                sentences.size(),
                correct,
                withoutSpans(score, spans),
                withoutSpans(SpanScore.of(unknownWanted, unknownPredicted), false),
                withoutSpans(usual, spans),
                spans,
                notes(sentences));
    }

    private int number(String word) {
        return encoding.words().number(forms.lookup(word));
    }

    private List<String> usualTags(Sentence sentence) {
        return sentence.words().stream()
                .map(word -> encoding.writtenTags().get(encoding.usualTags().get(number(word))))
                .toList();
    }

    private static SpanScore withoutSpans(SpanScore score, boolean spans) {
        return spans
                ? score
                : new SpanScore(
                        score.elements(),
                        score.correctElements(),
                        new SpanScore.Counts(0, 0, 0),
                        Collections.emptySortedMap());
    }

    private static void requireTags(List<Sentence> sentences, String source) {
        if (sentences.stream().allMatch(sentence -> sentence.words().isEmpty())) {
            throw new DataException(source + " must have at least one word to be evaluated, got none");
        }
        for (Sentence sentence : sentences) {
            if (!sentence.tagged()) {
                throw new DataException("sentence at line " + sentence.line() + " of " + source
                        + " must have a tag for each word to be evaluated, got none; read the column of the tags");
            }
        }
    }

    private List<String> notes(List<Sentence> sentences) {
        Set<String> known = new HashSet<>(encoding.writtenTags());
        Set<String> unseen = new TreeSet<>();
        long words = 0;
        for (Sentence sentence : sentences) {
            for (String tag : sentence.tags()) {
                if (!known.contains(tag)) {
                    unseen.add(tag);
                    words++;
                }
            }
        }
        return unseen.isEmpty()
                ? List.of()
                : List.of(words + (words == 1 ? " word has a tag" : " words have tags")
                        + " that training has not seen, and count as wrong: " + shorten(unseen));
    }

    private static String shorten(Set<String> tags) {
        List<String> first = tags.stream().limit(10).toList();
        return String.join(", ", first) + (tags.size() > 10 ? " and " + (tags.size() - 10) + " more" : "");
    }
}
