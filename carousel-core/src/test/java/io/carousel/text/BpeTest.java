package io.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.tensor.Rng;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class BpeTest {
    private static final String ODD =
            "It's \u2581 \ud83d\udc0e\ud83d\udc0e caf\u00e9\t 3.14!!  \u6f22\u5b57 <unk> <0x41> x";

    private static BpeTokenizer learned(int symbols, String... lines) {
        BpeLearner learner = new BpeLearner(false);
        for (String line : lines) {
            learner.add(line);
        }
        return learner.learn(symbols);
    }

    @Test
    void theLearningEndsWhenItIsToldToBeforeAMerge() {
        BpeLearner learner = new BpeLearner(false);
        learner.add("low low lower newest newest widest");
        int[] merges = {0};
        Runnable check = () -> {
            if (merges[0]++ == 3) {
                throw new CancellationException("enough");
            }
        };

        assertThatThrownBy(() -> learner.learn(600, check))
                .isInstanceOf(CancellationException.class)
                .hasMessage("enough");
        assertThat(merges[0]).isEqualTo(4);
        assertThat(learner.learn(600).merges().entries()).hasSizeGreaterThan(10);
    }

    /** Sennrich's example: the pairs with their counts can be added up by hand. */
    @Test
    void theMostFrequentPairIsMergedFirst() {
        List<String> lines = new ArrayList<>();
        lines.addAll(Collections.nCopies(5, "low"));
        lines.addAll(Collections.nCopies(2, "lower"));
        lines.addAll(Collections.nCopies(6, "newest"));
        lines.addAll(Collections.nCopies(3, "widest"));
        BpeTokenizer tokenizer = learned(600, lines.toArray(String[]::new));

        // e 17, w 16, s 9, t 9, l 7, o 7, n 6, d 3, i 3, r 2
        assertThat(tokenizer.merges().entries().subList(0, 10))
                .containsExactly("e", "w", "s", "t", "l", "o", "n", "d", "i", "r");
        // e s 9 and s t 9: the pair of the earlier symbols; then es t 9; l o 7 and w est 6, n e 6, e w 6
        assertThat(tokenizer.merges().entries().subList(10, 13)).containsExactly("e s", "es t", "l o");
        assertThat(tokenizer.tokens("newest lowest")).startsWith("newest").endsWith("est");
        assertThat(tokenizer.tokens("low")).containsExactly("low");
    }

    @Test
    void incrementalCountsGiveWhatCountingAnewGives() {
        Rng rng = Rng.of(11);
        for (int round = 0; round < 20; round++) {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                StringBuilder word = new StringBuilder();
                int length = 1 + rng.nextInt(9);
                for (int c = 0; c < length; c++) {
                    word.append((char) ('a' + rng.nextInt(3)));
                }
                words.add(word.toString());
            }
            BpeTokenizer tokenizer = learned(512 + round, words.toArray(String[]::new));
            assertThat(tokenizer.merges().entries())
                    .as("round " + round)
                    .isEqualTo(slow(words, tokenizer.merges().entries().size()));
        }
    }

    /** Counts all pairs anew for every merge. */
    private static List<String> slow(List<String> words, int most) {
        Map<Character, Integer> counts = new HashMap<>();
        words.forEach(word -> word.chars().forEach(c -> counts.merge((char) c, 1, Integer::sum)));
        List<String> symbols = new ArrayList<>();
        counts.keySet().stream()
                .sorted((a, b) -> counts.get(a).equals(counts.get(b)) ? a - b : counts.get(b) - counts.get(a))
                .forEach(c -> symbols.add(String.valueOf(c)));
        List<String> entries = new ArrayList<>(symbols);
        List<List<String>> cut = new ArrayList<>();
        words.forEach(word -> cut.add(
                new ArrayList<>(word.codePoints().mapToObj(Character::toString).toList())));
        while (entries.size() < most) {
            Map<String, Integer> pairs = new HashMap<>();
            for (List<String> word : cut) {
                for (int i = 1; i < word.size(); i++) {
                    pairs.merge(word.get(i - 1) + " " + word.get(i), 1, Integer::sum);
                }
            }
            String best = null;
            for (String pair : pairs.keySet()) {
                if (best == null
                        || pairs.get(pair) > pairs.get(best)
                        || (pairs.get(pair).equals(pairs.get(best)) && before(symbols, pair, best))) {
                    best = pair;
                }
            }
            String[] sides = best.split(" ", -1);
            entries.add(best);
            if (!symbols.contains(sides[0] + sides[1])) {
                symbols.add(sides[0] + sides[1]);
            }
            for (List<String> word : cut) {
                for (int i = 1; i < word.size(); i++) {
                    if (word.get(i - 1).equals(sides[0]) && word.get(i).equals(sides[1])) {
                        word.set(i - 1, sides[0] + sides[1]);
                        word.remove(i);
                    }
                }
            }
        }
        return entries;
    }

    private static boolean before(List<String> symbols, String pair, String other) {
        String[] a = pair.split(" ", -1);
        String[] b = other.split(" ", -1);
        int left = Integer.compare(symbols.indexOf(a[0]), symbols.indexOf(b[0]));
        return left < 0 || (left == 0 && symbols.indexOf(a[1]) < symbols.indexOf(b[1]));
    }

    @Test
    void anyTextComesBackAsItWas() {
        BpeTokenizer tokenizer = learned(560, "the sky has turned grey", "the sky has turned green");
        for (String text : new String[] {ODD, " ", "  a  ", "the  sky\n", "\u00a0the", "", "'''", "a\u0301\u0302"}) {
            String composed = Tokenizer.normalized(text, false);
            assertThat(tokenizer.text(tokenizer.tokens(text))).isEqualTo(composed);
            assertThat(tokenizer.symbols()).containsAll(tokenizer.tokens(text));
        }
        assertThat(tokenizer.tokens("the sky")).containsExactly("the", "\u2581sky");
    }

    @Test
    void whatLooksLikeASpecialSymbolIsPlainText() {
        String[] lines = new String[50];
        java.util.Arrays.fill(lines, ODD + " <unk> <eos> <0x41><unk>");
        BpeTokenizer tokenizer = learned(700, lines);
        assertThat(tokenizer.tokens("<unk> <0x41>")).doesNotContain("<unk>", "\u2581<unk>", "<0x41>", "\u2581<0x41>");
    }

    @Test
    void aWordWithoutAnEndIsCut() {
        BpeTokenizer tokenizer = learned(600, "a".repeat(100_000));
        assertThat(tokenizer.tokens("a".repeat(200))).hasSize(4).startsWith("a".repeat(64));
    }

    @Test
    void theOrderOfLinesDoesNotMatterAndSmallLettersAreAnOption() {
        assertThat(learned(600, "one two", "two three")).isEqualTo(learned(600, "two three", "one two"));
        BpeLearner learner = new BpeLearner(true);
        learner.add("Sky sky SKY");
        assertThat(learner.learn(600).tokens("sKy")).containsExactly("sky");
    }

    @Test
    void aLearnedTokenizerIsKeptInJson() throws IOException {
        BpeTokenizer tokenizer = learned(600, ODD, ODD, "the sky the sky");
        Tokenizer back = Json.read(Json.write(tokenizer), Tokenizer.class, "test");
        assertThat(back).isEqualTo(tokenizer).hasSameHashCodeAs(tokenizer);
        assertThat(back.tokens(ODD)).isEqualTo(tokenizer.tokens(ODD));
    }

    @Test
    void mergesThatAreNoneAreRefused() {
        String start = "{\"type\":\"bpe\",\"lowerCase\":false,\"merges\":";
        assertThatThrownBy(() -> Json.read(start + "[\"a\",\"b\",\"a c\"]}", Tokenizer.class, "hostile"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(
                        "merges must be single characters and then pairs of earlier symbols, got \"a c\"");
        assertThatThrownBy(() -> Json.read(start + "[\"a\",\"a a\",\"b\"]}", Tokenizer.class, "hostile"))
                .hasMessageContaining("got \"b\"");
        assertThatThrownBy(() -> Json.read(start + "[\"a\",\"a a\",\"a a\"]}", Tokenizer.class, "hostile"))
                .hasMessageContaining("merges must differ, got \"a a\"");
        assertThatThrownBy(() -> BpeMerges.of(List.of("ab"))).hasMessageContaining("got \"ab\"");
        List<String> doubling = new ArrayList<>(List.of("a"));
        for (String half = "a"; half.length() < 1 << 20; half += half) {
            doubling.add(half + " " + half);
        }
        assertThatThrownBy(() -> BpeMerges.of(doubling))
                .hasMessageStartingWith("merges must not be a special symbol, or longer than a word, got");
    }

    @Test
    void learningFromNothingIsRefused() {
        assertThatThrownBy(() -> new BpeLearner(false).learn(1000))
                .hasMessage("text to learn symbols from must not be empty; add a text first");
        assertThatThrownBy(() -> learned(511, "a"))
                .hasMessage("symbols of a tokenizer must be from 512, of which 256 are bytes, to 131072, got 511");
    }
}
