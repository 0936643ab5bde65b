package io.carousel.task.tag;

import io.carousel.data.DataException;
import io.carousel.task.CharacterReader;
import io.carousel.task.WordCharacters;
import io.carousel.text.TagScheme;
import io.carousel.text.Vocabulary;
import io.carousel.text.VocabularyBuilder;
import io.carousel.text.WordVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What training sentences hold: words, characters, values of features and tags, each with its number. */
final class TagVocabularies {
    /** Characters and values of features that are seen less often are unknown, so that the unknown is learnt, too. */
    private static final int LEAST_COUNT = 2;

    private final TagSpec spec;
    private final WordForms forms;
    private final List<Sentence> training;
    private final List<List<String>> givenTags;
    private final Vocabulary words;
    private final Vocabulary characters;
    private final List<Vocabulary> features;
    private final List<String> tags;
    private final List<String> writtenTags;

    /**
     * Reads sentences.
     *
     * @param networkTags the tags of each in the scheme of the network
     * @param givenTags the same as they are given
     */
    TagVocabularies(
            TagSpec spec,
            List<Sentence> training,
            List<List<String>> networkTags,
            List<List<String>> givenTags,
            TagScheme scheme,
            @Nullable WordVectors vectors) {
        this.spec = spec;
        this.training = training;
        this.givenTags = givenTags;
        forms = new WordForms(spec);
        words = withVectorWords(wordsOfTraining(), vectors);
        characters = characterVocabulary();
        features = featureVocabularies();
        tags = tags(networkTags, scheme);
        writtenTags = byCount(counts(givenTags));
    }

    private Vocabulary wordsOfTraining() {
        VocabularyBuilder builder = new VocabularyBuilder();
        for (Sentence sentence : training) {
            builder.add(sentence.words().stream().map(forms::lookup).toList());
        }
        return builder.build(spec.leastCount(), spec.mostWords());
    }

    /** The first words of a file of vectors are known, too. */
    private Vocabulary withVectorWords(Vocabulary own, @Nullable WordVectors vectors) {
        if (vectors == null || spec.vectorWords() == 0) {
            return own;
        }
        Set<String> all = new LinkedHashSet<>(own.symbols());
        int[] seen = {0};
        vectors.read(new WordVectors.Sink() {
            @Override
            public boolean wants(String word) {
                String form = forms.lookup(word);
                if (seen[0] < spec.vectorWords() && !form.isEmpty()) {
                    seen[0]++;
                    all.add(form);
                }
                return false;
            }

            @Override
            public void take(String word, float[] vector) {}
        });
        return Vocabulary.of(List.copyOf(all));
    }

    private Vocabulary characterVocabulary() {
        VocabularyBuilder builder = new VocabularyBuilder();
        if (spec.characters() != CharacterReader.NONE) {
            for (Sentence sentence : training) {
                sentence.words().forEach(word -> builder.add(WordCharacters.of(word, spec.mostCharacters())));
            }
        }
        return builder.build(LEAST_COUNT, Integer.MAX_VALUE);
    }

    private List<Vocabulary> featureVocabularies() {
        List<VocabularyBuilder> builders = new ArrayList<>();
        int count = training.get(0).features().get(0).size() + forms.derived();
        for (int i = 0; i < count; i++) {
            builders.add(new VocabularyBuilder());
        }
        for (Sentence sentence : training) {
            for (int t = 0; t < sentence.words().size() && count > 0; t++) {
                List<String> values = forms.features(
                        sentence.words().get(t), sentence.features().get(t));
                if (values.size() != count) {
                    throw new DataException("every word must have the same number of features, got " + values.size()
                            + " in the sentence at line " + sentence.line() + " and " + count
                            + " in the first; read the same columns");
                }
                for (int i = 0; i < count; i++) {
                    builders.get(i).add(List.of(values.get(i)));
                }
            }
        }
        return builders.stream()
                .map(builder -> builder.build(LEAST_COUNT, spec.mostWords()))
                .toList();
    }

    /** Tags by how often they are seen; O is always there where there are spans, so that every sentence can be tagged. */
    private static List<String> tags(Collection<List<String>> sentences, TagScheme scheme) {
        Map<String, Long> counts = new LinkedHashMap<>();
        if (scheme != TagScheme.NONE) {
            counts.put(TagScheme.OUTSIDE, 0L);
        }
        counts(sentences).forEach((tag, count) -> counts.merge(tag, count, Long::sum));
        if (counts.values().stream().filter(count -> count > 0).count() < 2) {
            throw new DataException("training sentences must have at least two different tags, got "
                    + String.join(", ", counts.keySet()) + " alone; there is nothing to tell apart");
        }
        if (counts.size() > TagEncoding.MOST_TAGS) {
            throw new DataException("tags must be at most " + TagEncoding.MOST_TAGS + " different ones, got "
                    + counts.size() + "; read the column of the tags");
        }
        return byCount(counts);
    }

    private static Map<String, Long> counts(Collection<List<String>> sentences) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (List<String> sentence : sentences) {
            sentence.forEach(tag -> counts.merge(tag, 1L, Long::sum));
        }
        return counts;
    }

    private static List<String> byCount(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    Vocabulary words() {
        return words;
    }

    Vocabulary characters() {
        return characters;
    }

    List<Vocabulary> features() {
        return features;
    }

    List<String> tags() {
        return tags;
    }

    /** How often each word of the vocabulary is seen; unknown ones together. */
    long[] counts() {
        long[] counts = new long[words.size()];
        for (Sentence sentence : training) {
            for (String word : sentence.words()) {
                counts[words.number(forms.lookup(word))]++;
            }
        }
        return counts;
    }

    /** Tags as they are given, the most frequent first. */
    List<String> writtenTags() {
        return writtenTags;
    }

    /** For each word the tag that it has most often, of equal ones the more frequent; of a word not seen, that of all. */
    List<Integer> usualTags() {
        Map<String, Integer> numbers = new HashMap<>();
        writtenTags.forEach(tag -> numbers.put(tag, numbers.size()));
        Map<Integer, int[]> counts = new HashMap<>();
        for (int s = 0; s < training.size(); s++) {
            List<String> sentence = training.get(s).words();
            for (int t = 0; t < sentence.size(); t++) {
                int word = words.number(forms.lookup(sentence.get(t)));
                int tag = numbers.getOrDefault(givenTags.get(s).get(t), 0);
                if (word != 0) {
                    counts.computeIfAbsent(word, any -> new int[writtenTags.size()])[tag]++;
                }
            }
        }
        Integer[] usual = new Integer[words.size()];
        Arrays.fill(usual, 0);
        counts.forEach((word, found) -> {
            for (int tag = 0; tag < found.length; tag++) {
                usual[word] = found[tag] > found[usual[word]] ? tag : usual[word];
            }
        });
        return List.of(usual);
    }
}
