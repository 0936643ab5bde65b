package io.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What sacreBLEU makes of made-up translations, by {@code tools/golden/translation_scores.py}. */
class TranslationScoreGoldenTest {
    /**
     * Four logarithms below 32 in size, each off by an ulp of at most 2^-48, and their sum by three roundings of at most 2^-46
     * each; divided by 4, that is the relative error of the exponential, which itself, the penalty and the products add less than
     * 8 of 2^-52. Both programs may err so.
     */
    private static final double BLEU_ERROR = 2 * ((4 * 0x1p-48 + 3 * 0x1p-46) / 4 + 8 * 0x1p-52);

    /** Means of six positive quotients, and seven operations after them, each off by half an ulp, in both programs. */
    private static final double CHRF_ERROR = 2 * (2 * 7 + 7) * 0x1p-53;

    static Stream<JsonNode> texts() {
        return Golden.read("translation-scores.json").get("tokens").valueStream();
    }

    static Stream<JsonNode> corpora() {
        return Golden.read("translation-scores.json").get("corpora").valueStream();
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void tokensAreThoseOf13a(JsonNode golden) {
        assertThat(WmtTokens.of(golden.get("text").asString())).isEqualTo(strings(golden.get("tokens")));
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void countsAndScoresOfACorpusAreThoseOfSacreBleu(JsonNode golden) {
        boolean lowerCase = golden.get("lowerCase").asBoolean();
        Bleu bleu = Bleu.empty(lowerCase);
        ChrF chrf = ChrF.empty(lowerCase);
        for (int i = 0; i < golden.get("translations").size(); i++) {
            String translation = golden.get("translations").get(i).asString();
            List<String> references = strings(golden.get("references").get(i));
            bleu = bleu.plus(Bleu.of(translation, references, lowerCase));
            chrf = chrf.plus(ChrF.of(translation, references, lowerCase));
        }

        assertThat(counts(bleu.correct())).isEqualTo(counts(golden.get("correct")));
        assertThat(counts(bleu.total())).isEqualTo(counts(golden.get("total")));
        assertThat(List.of(bleu.tokens(), bleu.referenceTokens())).isEqualTo(counts(golden.get("lengths")));
        assertThat(bleu.signature()).isEqualTo(golden.get("bleuSignature").asString());
        assertThat(chrf.signature()).isEqualTo(golden.get("chrfSignature").asString());
        double wanted = golden.get("bleu").asDouble();
        assertThat(bleu.score()).isCloseTo(wanted, within(BLEU_ERROR * wanted));
        double wantedChrf = golden.get("chrf").asDouble();
        assertThat(chrf.score()).isCloseTo(wantedChrf, within(CHRF_ERROR * wantedChrf));
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void scoresOfSentencesAreThoseOfSacreBleu(JsonNode golden) {
        for (int i = 0; i < golden.get("translations").size(); i++) {
            String translation = golden.get("translations").get(i).asString();
            List<String> references = strings(golden.get("references").get(i));

            double wanted = golden.get("sentences").get(i).asDouble();
            assertThat(Bleu.sentence(translation, references)).isCloseTo(wanted, within(BLEU_ERROR * wanted));
            double wantedChrf = golden.get("sentencesChrf").get(i).asDouble();
            assertThat(ChrF.of(translation, references).score()).isCloseTo(wantedChrf, within(CHRF_ERROR * wantedChrf));
        }
    }

    private static List<Long> counts(Iterable<?> numbers) {
        List<Long> counts = new ArrayList<>();
        numbers.forEach(each -> counts.add(each instanceof JsonNode node ? node.asLong() : (Long) each));
        return counts;
    }
}
