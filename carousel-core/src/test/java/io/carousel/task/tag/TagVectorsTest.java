package io.carousel.task.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.DataException;
import io.carousel.task.FitOptions;
import io.carousel.text.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagVectorsTest {
    private static final String FILE = """
            here 1 2 3
            Teddy 4 5 6
            TEDDY 7 8 9
            rosa 1 1 1
            Rosa 2 2 2
            elsewhere 3 3 3
            """;

    @TempDir
    private Path folder;

    private WordVectors vectors() throws IOException {
        return WordVectors.of(Files.writeString(folder.resolve("glove.txt"), FILE));
    }

    private TagFit fit(TagSpec.Builder spec) throws IOException {
        return SequenceTagger.fit(
                TagExamples.data().withVectors(vectors()),
                spec.wordSize(0).build(),
                TagExamples.plan().withEpochs(2),
                FitOptions.defaults());
    }

    private static float[] row(SequenceTagger tagger, String word) {
        int number = tagger.encoding().words().number(word);
        var weight = tagger.model().network().parameters().get("words.weight");
        return Arrays.copyOfRange(
                tagger.model().network().parameters().values(),
                weight.offset() + 3 * number,
                weight.offset() + 3 * number + 3);
    }

    @Test
    void frozenRowsKeepTheVectorsOfTheFile() throws IOException {
        TagFit fit = fit(TagExamples.spec().frozenWords(true));

        assertThat(fit.tagger().encoding().wordSize()).isEqualTo(3);
        assertThat(row(fit.tagger(), "here")).containsExactly(1, 2, 3);
        assertThat(row(fit.tagger(), "teddy"))
                .as("by its small letters, the first")
                .containsExactly(4, 5, 6);
        assertThat(row(fit.tagger(), "rosa")).as("its own form").containsExactly(1, 1, 1);
        assertThat(fit.notes())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("3 of ")
                .endsWith(" words have a vector of glove.txt, 1 of them by their small letters");
        assertThat(fit.tagger().knows("elsewhere")).isFalse();
    }

    @Test
    void formsInTheirOwnLettersFindTheirOwnVectors() throws IOException {
        TagFit fit = fit(TagExamples.spec().frozenWords(true).lowerCase(false));

        assertThat(row(fit.tagger(), "Teddy")).containsExactly(4, 5, 6);
        assertThat(row(fit.tagger(), "Rosa")).containsExactly(2, 2, 2);
    }

    @Test
    void rowsThatAreNotFrozenLearn() throws IOException {
        TagFit fit = fit(TagExamples.spec());

        assertThat(row(fit.tagger(), "here")).isNotEqualTo(new float[] {1, 2, 3});
        assertThat((double) row(fit.tagger(), "here")[1]).isBetween(1.0, 3.0);
    }

    @Test
    void theFirstWordsOfTheFileAreKnownIfAskedFor() throws IOException {
        TagFit fit = fit(TagExamples.spec().frozenWords(true).vectorWords(6));

        assertThat(fit.tagger().knows("elsewhere")).isTrue();
        assertThat(row(fit.tagger(), "elsewhere")).containsExactly(3, 3, 3);
        assertThat(fit(TagExamples.spec().vectorWords(5)).tagger().knows("elsewhere"))
                .isFalse();
    }

    @Test
    void vectorsThatDoNotFitAreNamed() throws IOException {
        WordVectors other = WordVectors.of(Files.writeString(folder.resolve("other.txt"), "xyz 1 2\n"));

        assertThatThrownBy(() -> SequenceTagger.fit(
                        TagExamples.data().withVectors(other),
                        TagExamples.spec().build(),
                        TagExamples.plan(),
                        FitOptions.defaults()))
                .isInstanceOf(DataException.class)
                .hasMessageMatching("other.txt must have a vector for at least one of the \\d+ words of the training, "
                        + "got none; name vectors of their language");
        WordVectors vectors = vectors();
        assertThatThrownBy(() -> SequenceTagger.fit(
                        TagExamples.data().withVectors(vectors),
                        TagExamples.spec().wordSize(50).build(),
                        TagExamples.plan(),
                        FitOptions.defaults()))
                .hasMessage("word size must be that of the vectors, 3, got 50; leave it out");
    }
}
