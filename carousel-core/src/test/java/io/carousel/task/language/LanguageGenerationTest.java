package io.carousel.task.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.kernel.Kernels;
import io.carousel.task.TokenSampler;
import io.carousel.task.language.GeneratedText.Ending;
import io.carousel.text.ByteTokenizer;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.SpaceTokenizer;
import io.carousel.text.WordTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageGenerationTest {
    private static final GenerationOptions DEFAULTS = GenerationOptions.defaults();

    private static final LanguageModel WORDS = LanguageTexts.random(
            LanguageTexts.tiny(new WordTokenizer(false)).initialRange(1.0).build(),
            "<unk>",
            "<eos>",
            "a",
            "b",
            ".",
            "c");

    private static final LanguageModel CHARACTERS = LanguageTexts.random(
            LanguageTexts.tiny(new CharacterTokenizer(false)).initialRange(1.0).build(), "<unk>", "\n", "a", "b", "é");

    // ---------------------------------------------------------------- drawing

    @Test
    void temperatureZeroAndTheBestOfOneAreTheSame() {
        GeneratedText zero = WORDS.generate("a b", DEFAULTS.withTemperature(0).withSeed(1));
        GeneratedText one = WORDS.generate("a b", DEFAULTS.withTopK(1).withSeed(2));

        assertThat(zero).isEqualTo(one);
        assertThat(zero.ending()).isEqualTo(Ending.LENGTH);
    }

    @Test
    void tokensAreDrawnAsOftenAsTheirProbabilitiesSay() {
        float[] logs = logs(0.1, 0.2, 0.3, 0.4);

        // three standard deviations of 10,000 draws of the rarest are 90
        assertThat(drawn(DEFAULTS.withUnknown(true), logs)).satisfies(counts -> {
            assertThat(counts[0]).isBetween(910, 1090);
            assertThat(counts[3]).isBetween(3853, 4147);
        });
    }

    @Test
    void unknownIsNotWrittenUnlessAskedFor() {
        assertThat(drawn(DEFAULTS, logs(0.9, 0.05, 0.05))[0]).isZero();
    }

    @Test
    void topKAndTopPLeaveOutTheRest() {
        float[] logs = logs(0.05, 0.1, 0.4, 0.15, 0.3);

        assertThat(which(drawn(DEFAULTS.withTopK(2), logs))).containsExactly(2, 4);
        // of the four that may be written, 0.4 and 0.3 have 0.7 of 0.95
        assertThat(which(drawn(DEFAULTS.withTopP(0.7), logs))).containsExactly(2, 4);
        assertThat(which(drawn(DEFAULTS.withTopP(0.75), logs))).containsExactly(2, 3, 4);
        assertThat(which(drawn(DEFAULTS.withTopP(1e-9), logs))).containsExactly(2);
        assertThat(which(drawn(DEFAULTS.withTopK(100), logs))).containsExactly(1, 2, 3, 4);
    }

    @Test
    void ofEquallyLikelyTokensTheFirstStay() {
        assertThat(which(drawn(DEFAULTS.withTopK(2), logs(0.1, 0.3, 0.3, 0.3)))).containsExactly(1, 2);
    }

    @Test
    void aLowTemperatureMakesLikelyTokensLikelier() {
        float[] logs = logs(0.1, 0.3, 0.6);

        // 0.6² / (0.6² + 0.3²) = 0.8, of which three standard deviations are 0.012
        assertThat(drawn(DEFAULTS.withTemperature(0.5), logs)[2]).isBetween(7880, 8120);
        assertThat(which(drawn(DEFAULTS.withTemperature(1e-6), logs))).containsExactly(2);
    }

    private static float[] logs(double... probabilities) {
        float[] logs = new float[probabilities.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (float) StrictMath.log(probabilities[i]);
        }
        return logs;
    }

    private static int[] drawn(GenerationOptions options, float[] logs) {
        TokenSampler sampler = options.sampler(Kernels.best(), logs.length);
        int[] counts = new int[logs.length];
        for (int i = 0; i < 10_000; i++) {
            counts[sampler.next(logs)]++;
        }
        return counts;
    }

    private static Set<Integer> which(int[] counts) {
        Set<Integer> drawn = new TreeSet<>();
        for (int v = 0; v < counts.length; v++) {
            if (counts[v] > 0) {
                drawn.add(v);
            }
        }
        return drawn;
    }

    // ---------------------------------------------------------------- ends

    @Test
    void theStopSymbolEndsATextAndIsNotWritten() {
        for (int seed = 1; seed <= 20; seed++) {
            GeneratedText text =
                    WORDS.generate("a", DEFAULTS.withSeed(seed).withLength(500).withStop("<eos>"));

            assertThat(text.ending()).isEqualTo(Ending.STOP);
            assertThat(text.text()).doesNotContain("\n");
            assertThat(text.tokens()).noneMatch(token -> token.symbol().equals("<eos>"));
            assertThat(text.logProbability()).isLessThan(0);
        }
    }

    @Test
    void itsLogProbabilityIsThatOfTheScore() {
        GeneratedText text = WORDS.generate(
                "", DEFAULTS.withStop("<eos>").withTemperature(0.8).withSeed(4));
        assertThat(text.ending()).isEqualTo(Ending.STOP);

        // the same numbers in the same order
        assertThat(text.logProbability())
                .isEqualTo(WORDS.score(text.text() + "\n").logProbability());
    }

    @Test
    void aListenerCanEndIt() {
        List<WrittenToken> seen = new ArrayList<>();

        GeneratedText text = WORDS.generate("a", DEFAULTS, token -> {
            seen.add(token);
            return seen.size() < 3;
        });

        assertThat(text.ending()).isEqualTo(Ending.CANCELLED);
        assertThat(text.tokens()).isEqualTo(seen).hasSize(3);
    }

    @Test
    void aSearchCanBeCancelled() {
        GenerationListener cancelling = new GenerationListener() {
            private int asked;

            @Override
            public boolean written(WrittenToken token) {
                return true;
            }

            @Override
            public boolean cancelled() {
                return ++asked > 3;
            }
        };

        GeneratedText text = WORDS.generate("a", DEFAULTS.withBeam(3, 0), cancelling);

        assertThat(text.ending()).isEqualTo(Ending.CANCELLED);
        assertThat(text.tokens()).hasSize(3);
    }

    // ---------------------------------------------------------------- text

    @Test
    void unknownTokensOfThePromptAreNamed() {
        assertThat(WORDS.generate("a zebra a zebra b", DEFAULTS).unknown()).containsExactly("zebra");
        assertThat(CHARACTERS.generate("abxé", DEFAULTS).unknown()).containsExactly("x");
        assertThat(WORDS.generate("", DEFAULTS).unknown()).isEmpty();
    }

    @Test
    void theTextGoesOnRightAfterThePrompt() {
        for (String prompt : List.of("a b", "", "a\n", "a b ")) {
            GeneratedText text = WORDS.generate(prompt, DEFAULTS.withLength(30));
            String whole = prompt + text.text();

            assertThat(whole).doesNotContain("  ").doesNotContain(" .").doesNotContain("\n ");
            List<String> tokens = new ArrayList<>(new WordTokenizer(false).tokens(prompt));
            text.tokens().stream()
                    .map(WrittenToken::symbol)
                    .filter(symbol -> !symbol.equals("<eos>"))
                    .forEach(tokens::add);
            assertThat(new WordTokenizer(false).tokens(whole)).isEqualTo(tokens);
        }
    }

    @Test
    void bytesOfACharacterAreHeldBackUntilItIsWhole() {
        TextCode code = new TextCode(
                new ByteTokenizer(), io.carousel.text.Vocabulary.of(List.of("<unk>", "0a", "c3", "a9", "61", "f0")));
        PieceWriter writer = new PieceWriter(code, "a");

        assertThat(writer.write(4)).isEqualTo("a");
        assertThat(writer.write(2)).isEmpty();
        assertThat(writer.write(3)).isEqualTo("é");
        assertThat(writer.write(5)).isEmpty();
        assertThat(writer.finish()).isEqualTo("\uFFFD");
        PieceWriter broken = new PieceWriter(code, "");
        assertThat(broken.write(2)).isEmpty();
        assertThat(broken.write(1)).isEqualTo("\uFFFD\n");
        assertThat(broken.write(4)).isEqualTo("a");
    }

    @Test
    void piecesOfALongLineAddUpToItsText() {
        PieceWriter writer = new PieceWriter(new TextCode(new SpaceTokenizer(false), WORDS.vocabulary()), "a b");
        StringBuilder text = new StringBuilder("a b");
        StringBuilder wanted = new StringBuilder("a b");
        for (int i = 0; i < 100; i++) {
            int token = 2 + i % 4;
            text.append(writer.write(token));
            wanted.append(' ').append(WORDS.vocabulary().symbol(token));
        }

        assertThat(text.toString()).isEqualTo(wanted.toString());
    }

    // ---------------------------------------------------------------- search

    /** A text and how likely it is. */
    private record Candidate(List<Integer> tokens, double sum, int length) {}

    /** All texts of at most {@code length} tokens, ended by the stop symbol or by their length. */
    private static void enumerate(LanguageSession session, int stop, int length, Candidate from, List<Candidate> all) {
        for (int v = 1; v < session.vocabulary().size(); v++) {
            double sum = from.sum + session.logProbability(v);
            List<Integer> tokens = new ArrayList<>(from.tokens);
            if (v != stop) {
                tokens.add(v);
            }
            Candidate next = new Candidate(tokens, sum, from.length + 1);
            if (v == stop || next.length == length) {
                all.add(next);
            } else {
                LanguageSession fork = session.fork();
                fork.read(v);
                enumerate(fork, stop, length, next, all);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, a", "0, b c", "0.7, a", "1, ''", "2, b", "1, c c ."})
    void aBeamAsWideAsAllTextsFindsTheBestOfThem(double penalty, String prompt) {
        int length = 3; // at most 5 + 4 * 5 + 4 * 4 * 5 texts
        LanguageSession session = WORDS.session();
        session.read(prompt);
        List<Candidate> all = new ArrayList<>();
        enumerate(session, 1, length, new Candidate(List.of(), 0, 0), all);
        Candidate best = all.get(0);
        for (Candidate each : all) {
            best = each.sum / StrictMath.pow(each.length, penalty) > best.sum / StrictMath.pow(best.length, penalty)
                    ? each
                    : best;
        }

        GeneratedText found = WORDS.generate(
                prompt, DEFAULTS.withLength(length).withBeam(100, penalty).withStop("<eos>"));

        assertThat(found.tokens().stream()
                        .map(token -> WORDS.vocabulary().number(token.symbol()))
                        .toList())
                .isEqualTo(best.tokens);
        assertThat(found.logProbability()).isEqualTo(best.sum);
    }

    @Test
    void aWiderBeamFindsNoLessLikelyText() {
        GenerationOptions options = DEFAULTS.withLength(12);
        double greedy = WORDS.generate("a", options.withTemperature(0)).logProbability();

        double searched = WORDS.generate("a", options.withBeam(8, 0)).logProbability();

        assertThat(searched).isGreaterThanOrEqualTo(greedy);
    }

    // ---------------------------------------------------------------- refused

    static List<Object[]> refused() {
        return List.of(
                refused(o -> o.withLength(0), "length must be at least 1 token, got 0"),
                refused(
                        o -> o.withTemperature(-1),
                        "temperature must be finite and not negative, got -1.0; 1 writes as the model says, 0 always the"
                                + " most likely token"),
                refused(o -> o.withTemperature(Double.NaN), "temperature must be finite and not negative, got NaN"),
                refused(o -> o.withTopK(-1), "top-k must not be negative, got -1; 0 takes all tokens"),
                refused(o -> o.withTopP(0), "top-p must be in (0, 1], got 0.0; 1 takes all tokens"),
                refused(o -> o.withTopP(1.5), "top-p must be in (0, 1], got 1.5; 1 takes all tokens"),
                refused(o -> o.withBeam(0, 0), "beam must be from 1 to 100, got 0; 1 draws at random"),
                refused(o -> o.withBeam(101, 0), "beam must be from 1 to 100, got 101; 1 draws at random"),
                refused(o -> o.withBeam(4, -1), "length penalty must be finite and not negative, got -1.0"),
                refused(
                        o -> o.withBeam(1, 1),
                        "length penalty must be 0 without a beam, got 1.0; it compares the texts of a search"),
                refused(
                        o -> o.withTemperature(0.5).withBeam(4, 0),
                        "temperature, top-k and top-p must be left at 1, 0 and 1 for a beam of 4, got 0.5, 0 and 1.0; a"
                                + " search draws nothing at random"));
    }

    private static Object[] refused(UnaryOperator<GenerationOptions> change, String message) {
        return new Object[] {change, message};
    }

    @ParameterizedTest
    @MethodSource("refused")
    void promiseFiveWhatMakesNoSenseIsRefused(UnaryOperator<GenerationOptions> change, String message) {
        assertThatThrownBy(() -> change.apply(DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void promiseFiveAStopSymbolThatTheModelCannotWriteIsRefused() {
        assertThatThrownBy(() -> WORDS.generate("a", DEFAULTS.withStop("zebra")))
                .hasMessage(
                        "stop symbol must be one of the vocabulary, got \"zebra\"; that of a line end is \"<eos>\"");
        assertThatThrownBy(() -> CHARACTERS.generate("a", DEFAULTS.withStop("<eos>")))
                .hasMessage("stop symbol must be one of the vocabulary, got \"<eos>\"; that of a line end is \"\\n\"");
    }

    @Test
    void promiseFiveGapsAndFillingsAreChecked() {
        assertThatThrownBy(() -> WORDS.rank("a b", List.of("c")))
                .hasMessage("text must have a gap, written as … or ... or ___, got none: \"a b\"");
        assertThatThrownBy(() -> WORDS.rank("a … b ___", List.of("c")))
                .hasMessage("text must have one gap, got more: \"a … b ___\"");
        assertThatThrownBy(() -> WORDS.rank("a …", List.of("c", " ")))
                .hasMessage(
                        "fillings must be at least one, none of them empty, got [c,  ]; name what may fill the gap");
        assertThatThrownBy(() -> WORDS.score(""))
                .hasMessage("the text must have at least one line, got none; give a text");
        assertThatThrownBy(() -> WORDS.generate("a \uD83D", DEFAULTS))
                .hasMessage("text must be whole characters, got half of a surrogate pair at 2; it was cut inside a"
                        + " character");
    }

    // ---------------------------------------------------------------- streaming

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aListenerThatKeepsNothingHearsTheSameTextAndTheResultHoldsNone(int beam) {
        LanguageModel bytes = LanguageTexts.random(
                LanguageTexts.tiny(new ByteTokenizer()).initialRange(1.0).build(),
                "<unk>",
                "0a",
                "61",
                "c3",
                "a9",
                "e2");
        for (LanguageModel model : List.of(WORDS, CHARACTERS, bytes)) {
            GenerationOptions options = DEFAULTS.withLength(40).withBeam(beam, 0);
            GeneratedText kept = model.generate("a", options);
            StringBuilder heard = new StringBuilder();
            int[] count = new int[1];
            GeneratedText streamed = model.generate("a", options, new GenerationListener() {
                @Override
                public boolean written(WrittenToken token) {
                    heard.append(token.text());
                    count[0]++;
                    return true;
                }

                @Override
                public boolean kept() {
                    return false;
                }
            });

            assertThat(streamed.tokens()).isEmpty();
            assertThat(heard + streamed.text()).isEqualTo(kept.text());
            assertThat(count[0]).isEqualTo(kept.tokens().size());
            assertThat(streamed.logProbability()).isEqualTo(kept.logProbability());
            assertThat(streamed.ending()).isEqualTo(kept.ending());
        }
    }
}
