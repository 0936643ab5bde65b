package io.carousel.task.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.optim.AveragedSgd;
import io.carousel.task.CharacterReader;
import io.carousel.task.FitOptions;
import io.carousel.task.WordCharacters;
import io.carousel.text.Span;
import io.carousel.text.TagScheme;
import io.carousel.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SequenceTaggerTest {
    private static Sentence words(String text) {
        return Sentence.of(List.of(text.split(" ")));
    }

    @Test
    void whatComesAfterDecidesWhatANameIs() {
        SequenceTagger tagger = TagExamples.tagger();

        List<TagPrediction> predictions = tagger.predict(
                List.of(words("yesterday Teddy Roosevelt7 was here"), words("yesterday Teddy bears here")), 3);

        assertThat(predictions.get(0).tags()).containsExactly("O", "B-PER", "I-PER", "O", "O");
        assertThat(predictions.get(1).tags()).containsExactly("O", "B-PRO", "I-PRO", "O");
        assertThat(predictions.get(1).best().spans()).containsExactly(new Span("PRO", 1, 3));
        assertThat(predictions.get(0).taggings()).hasSize(3);
        double before = 1;
        for (Tagging tagging : predictions.get(0).taggings()) {
            assertThat(tagging.probability()).isBetween(0.0, before);
            assertThat(TagScheme.IOB2.firstViolation(tagging.tags())).isEqualTo(-1);
            before = tagging.probability();
        }
        assertThat(predictions.get(0).confidence()).hasSize(5).allMatch(p -> p > 0.5 && p <= 1.0001);
        assertThat(tagger.knows("bears")).isTrue();
        assertThat(tagger.knows("Roosevelt7")).as("digits are alike").isTrue();
        assertThat(tagger.knows("unheard")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(CharacterReader.class)
    void everyReaderOfCharactersLearnsAndIsSavedWithTheSameBits(CharacterReader reader, @TempDir Path folder)
            throws IOException {
        TagSpec spec = TagExamples.spec()
                .characters(reader)
                .capitals(true)
                .suffixes(List.of(2, 3))
                .scheme(TagScheme.BIOES)
                .build();
        TagFit fit = SequenceTagger.fit(TagExamples.data(), spec, TagExamples.plan(), FitOptions.defaults());
        Path file = folder.resolve("tagger.model");
        fit.tagger().save(file);
        SequenceTagger loaded = SequenceTagger.load(file);

        assertThat(loaded.encoding()).isEqualTo(fit.tagger().encoding());
        List<Sentence> sentences = TagExamples.sentences(40, 2);
        assertThat(loaded.predict(sentences, 4)).isEqualTo(fit.tagger().predict(sentences, 4));
        TagEvaluation evaluation = loaded.evaluate(SentenceSet.of(sentences));
        assertThat(evaluation.f1()).isGreaterThan(0.95).isGreaterThan(evaluation.mainOfUsual());
        assertThat(evaluation.main()).isEqualTo(evaluation.f1());
        assertThat(evaluation.notes()).isEmpty();
        assertThat(fit.validation()).isNotNull();
        assertThat(loaded.encoding().tags()).contains("O", "B-PER", "E-PER", "S-PER");
    }

    @Test
    void wordsByThemselvesAreTaggedBySoftmaxWithinTheRulesOfTheScheme() {
        TagSpec spec = TagExamples.spec().output(TagOutput.SOFTMAX).build();
        SequenceTagger tagger = SequenceTagger.fit(TagExamples.data(), spec, TagExamples.plan(), FitOptions.defaults())
                .tagger();
        List<Sentence> sentences = TagExamples.sentences(40, 2);

        assertThat(tagger.evaluate(SentenceSet.of(sentences)).f1()).isGreaterThan(0.9);
        for (TagPrediction prediction : tagger.predict(sentences, 5)) {
            for (Tagging tagging : prediction.taggings()) {
                assertThat(TagScheme.IOB2.firstViolation(tagging.tags())).isEqualTo(-1);
            }
        }
    }

    @Test
    void theBestTagsAreThoseOfThePrediction() {
        SequenceTagger tagger = TagExamples.tagger();
        List<Sentence> sentences = TagExamples.sentences(50, 5);

        assertThat(tagger.tags(sentences))
                .isEqualTo(tagger.predict(sentences, 1).stream()
                        .map(TagPrediction::tags)
                        .toList());
    }

    @Test
    void aSentenceWithoutWordsHasOneTaggingWithoutTags() {
        TagPrediction empty =
                TagExamples.tagger().predict(List.of(Sentence.of(List.of())), 3).get(0);

        assertThat(empty.taggings()).containsExactly(new Tagging(List.of(), List.of(), 1));
        assertThat(empty.confidence()).isEmpty();
    }

    @Test
    void aTagThatTrainingHasNotSeenCountsAsWrongAndIsNamed() {
        Sentence sentence = words("yesterday Teddy bears here").withTags(List.of("O", "B-TOY", "I-TOY", "O"));
        TagEvaluation evaluation = TagExamples.tagger().evaluate(SentenceSet.of(List.of(sentence)));

        assertThat(evaluation.score().correctElements()).isEqualTo(2);
        assertThat(evaluation.notes())
                .containsExactly("2 words have tags that training has not seen, and count as wrong: B-TOY, I-TOY");
    }

    @Test
    void sentencesWithoutWordsAreLeftOutOfTheTrainingWithANote() {
        List<Sentence> sentences = new java.util.ArrayList<>(TagExamples.sentences(30, 1));
        sentences.add(Sentence.of(List.of()));
        TagFit fit = SequenceTagger.fit(
                TagData.of(SentenceSet.of(sentences)),
                TagExamples.spec().build(),
                TagExamples.plan().withEpochs(1),
                FitOptions.defaults());

        assertThat(fit.notes()).containsExactly("1 sentence of sentences has no words and was left out");
    }

    @Test
    void whatCannotBeLearntFromIsNamed() {
        List<Sentence> sentences = TagExamples.sentences(30, 1);
        List<Sentence> outside = sentences.stream()
                .map(sentence -> sentence.withTags(
                        sentence.words().stream().map(word -> "O").toList()))
                .toList();
        List<Sentence> untagged = List.of(words("one two"));
        TagSpec spec = TagExamples.spec().build();

        assertThatThrownBy(() -> fit(outside, spec))
                .isInstanceOf(DataException.class)
                .hasMessage("training sentences must have at least two different tags, got O alone; "
                        + "there is nothing to tell apart");
        assertThatThrownBy(() -> fit(untagged, spec))
                .hasMessage("sentence at line 0 of sentences must have a tag for each word to learn from, got none; "
                        + "read the column of the tags");
        assertThatThrownBy(() -> fit(List.of(), spec))
                .hasMessage("sentences must have at least one sentence with words, got none");
        assertThatThrownBy(() -> TagExamples.tagger().evaluate(SentenceSet.of(untagged)))
                .hasMessage("sentence at line 0 of sentences must have a tag for each word to be evaluated, got none; "
                        + "read the column of the tags");
        List<Sentence> parts = List.of(
                words("a b").withTags(List.of("DET", "NOUN")), words("a").withTags(List.of("DET")));
        assertThatThrownBy(() ->
                        fit(parts, TagExamples.spec().scheme(TagScheme.BIOES).build()))
                .hasMessage("tags must be those of spans to be converted to BIOES, got tags such as DET; "
                        + "leave the scheme out");
        Sentence withFeature = new Sentence(List.of("a"), List.of(List.of("DET")), List.of(), 3);
        assertThatThrownBy(() -> TagExamples.tagger().predict(List.of(withFeature), 1))
                .hasMessage("words must have 0 features as in training, got 1 in sentence \"a\"; "
                        + "read the same columns as in training");
    }

    private static TagFit fit(List<Sentence> sentences, TagSpec spec) {
        return SequenceTagger.fit(
                TagData.of(SentenceSet.of(sentences)), spec, TagExamples.plan(), FitOptions.defaults());
    }

    @Test
    void tagsWithASlipAreReadAsConllevalReadsThemAndGivenAsIob2() {
        List<Sentence> sentences = new java.util.ArrayList<>(TagExamples.sentences(100, 1));
        sentences.add(words("yesterday Bo was here").withTags(List.of("O", "I-PER", "O", "O")));
        TagFit fit = fit(sentences, TagExamples.spec().validation(0).build());

        assertThat(fit.notes())
                .containsExactly(
                        "the tags keep neither to IOB1 nor to IOB2 nor to BIOES, IOB2 first in the sentence at "
                                + "line 0; they were read as conlleval reads them, and IOB2 is given");
        assertThat(fit.tagger().encoding().written()).isEqualTo(TagScheme.IOB2);
        assertThat(fit.tagger().tags(List.of(words("yesterday Bo was here"))).get(0))
                .containsExactly("O", "B-PER", "O", "O");
    }

    @Test
    void partsOfSpeechAreTaggedWithoutSpans() {
        List<Sentence> sentences = new java.util.ArrayList<>();
        for (int i = 0; i < 30; i++) {
            sentences.add(words("the dog barks").withTags(List.of("DET", "NOUN", "VERB")));
            sentences.add(words("dogs bark").withTags(List.of("NOUN", "VERB")));
        }
        SequenceTagger tagger = fit(
                        sentences,
                        TagExamples.spec().characters(CharacterReader.NONE).build())
                .tagger();
        TagPrediction prediction =
                tagger.predict(List.of(words("the dog barks")), 2).get(0);

        assertThat(prediction.tags()).containsExactly("DET", "NOUN", "VERB");
        assertThat(prediction.best().spans()).isEmpty();
        TagEvaluation evaluation = tagger.evaluate(SentenceSet.of(sentences));
        assertThat(evaluation.main()).isEqualTo(evaluation.accuracy()).isEqualTo(1);
        assertThat(evaluation.f1()).isZero();
    }

    @Test
    void sentencesThatAreHeldOutAreTheSameForTheSameSeedAndNotLearntFrom() {
        TagSpec spec = TagExamples.spec().validation(0.25).build();
        TagFit fit =
                SequenceTagger.fit(TagExamples.data(), spec, TagExamples.plan().withEpochs(1), FitOptions.defaults());

        assertThat(fit.tagger().encoding().validationSentences()).isEqualTo(30);
        assertThat(fit.tagger().encoding().trainingSentences()).isEqualTo(90);
    }

    @Test
    void withoutValidationEveryEpochIsMade() {
        TrainingPlan plan = TagExamples.plan().withEpochs(3).withPatience(1).withOptimizer(new AveragedSgd());

        TagFit fit = SequenceTagger.fit(
                TagExamples.data(), TagExamples.spec().validation(0).build(), plan, FitOptions.defaults());

        assertThat(fit.stages().get(0).epochs()).hasSize(3);
        assertThat(fit.validation()).isNull();
    }

    @Test
    void aSpecPrintsAsJsonAndReadsBackEqual() throws FormatException {
        TagSpec spec = TagExamples.spec()
                .scheme(TagScheme.BIOES)
                .suffixes(List.of(2))
                .cell("gru")
                .build();

        assertThat(Json.read(Json.write(spec), TagSpec.class, "spec")).isEqualTo(spec);
        assertThat(new HashSet<>(List.of(spec, TagSpec.builder().build()))).hasSize(2);
    }

    @Test
    void defaultsAreThoseOfTheirPapers() {
        TagSpec spec = TagSpec.builder().build();

        assertThat(spec.wordDropout()).isEqualTo(0.25); // Kiperwasser and Goldberg 2016
        assertThat(spec.characterSize()).isEqualTo(30); // Ma and Hovy 2016
        assertThat(spec.hidden()).isEqualTo(200);
        assertThat(spec.dropout()).isEqualTo(0.5);
        assertThat(spec.suffixes()).containsExactly(2, 3); // Huang, Xu and Yu 2015
        assertThat(spec.output()).isEqualTo(TagOutput.CRF);
    }

    @Test
    void ofALongWordTheFirstAndTheLastCharactersAreRead() {
        assertThat(WordCharacters.of("abcdefg", 5)).containsExactly("a", "b", "c", "f", "g");
        assertThat(WordCharacters.of("abcde", 5)).containsExactly("a", "b", "c", "d", "e");
        assertThat(WordCharacters.of("a\uD83D\uDE00", 5)).containsExactly("a", "\uD83D\uDE00");
    }

    @Test
    void wordsAreLookedUpComposedInSmallLettersAndWithZerosForDigits() {
        WordForms forms = new WordForms(TagExamples.spec().build());

        assertThat(forms.lookup("Cafe\u0301 1990")).isEqualTo("caf\u00e9 0000");
    }

    @Test
    void shapesTellCapitalsAndDigitsApart() {
        assertThat(List.of("word", "Word", "WORD", "iPhone", "F16", "3.14", "--", "A").stream()
                        .map(WordShape::of))
                .containsExactly(
                        WordShape.SMALL,
                        WordShape.INITIAL,
                        WordShape.CAPITALS,
                        WordShape.MIXED,
                        WordShape.LETTERS_AND_DIGITS,
                        WordShape.DIGITS,
                        WordShape.SYMBOLS,
                        WordShape.INITIAL);
    }
}
