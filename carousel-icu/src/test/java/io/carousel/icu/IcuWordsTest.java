package io.carousel.icu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.model.Json;
import io.carousel.text.ProvidedTokenizer;
import io.carousel.text.Tokenizer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class IcuWordsTest {
    private static Tokenizer words(String... options) {
        return new ProvidedTokenizer(
                "icu-words", null, options.length == 0 ? Map.of() : Map.of(options[0], options[1]));
    }

    @Test
    void cutsWordsNumbersAndSymbols() {
        assertThat(words().tokens("Can't stop: 3.14 euros, e-mail\u00a0me!"))
                .containsExactly("Can't", "stop", ":", "3.14", "euros", ",", "e", "-", "mail", "me", "!");
    }

    @Test
    void cutsLanguagesThatAreWrittenWithoutSpaces() {
        assertThat(words("locale", "th").tokens("สวัสดีครับ")).containsExactly("สวัสดี", "ครับ");
        assertThat(words("locale", "ja").tokens("私は学生です")).containsExactly("私", "は", "学生", "です");
    }

    @Test
    void composesAndKeepsWhatStandsOutsideTheFirstPlane() {
        assertThat(words().tokens("e\u0301te\u0301 \ud83d\udc69\u200d\ud83d\ude80"))
                .containsExactly("\u00e9t\u00e9", "\ud83d\udc69\u200d\ud83d\ude80");
    }

    @Test
    void writesSmallLettersAsTheLanguageDoes() {
        Tokenizer turkish = new ProvidedTokenizer("icu-words", null, Map.of("locale", "tr", "lowerCase", "true"));

        assertThat(turkish.tokens("ISPARTA")).containsExactly("\u0131sparta");
    }

    @Test
    void putsTokensTogether() {
        Tokenizer words = words();

        assertThat(words.text(words.tokens("Teddy bears, on sale!"))).isEqualTo("Teddy bears, on sale!");
        assertThat(words.text(words.tokens("(an aside) 3 %"))).isEqualTo("(an aside) 3%");
        assertThat(words.text(List.of("私", "は", "学生", "です"))).isEqualTo("私は学生です");
        assertThat(words.text(List.of())).isEmpty();
    }

    @Test
    void isKeptInAModelAndReadBackEqual() throws Exception {
        Tokenizer words = words("locale", "th");
        String json = Json.write(words);

        assertThat(json)
                .contains("\"type\":\"provided\"", "\"name\":\"icu-words\"", "\"version\":\"ICU 77.1\"")
                .contains("\"options\":{\"locale\":\"th\"}");
        assertThat(Json.read(json, Tokenizer.class, "here")).isEqualTo(words).hasSameHashCodeAs(words);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> words("language", "th"))
                .hasMessage("option of icu-words must be one of [locale, lowerCase], got language");
        assertThatThrownBy(() -> words("locale", "??"))
                .hasMessage("locale of icu-words must be a language tag, got ??; give one such as th or en-GB");
        assertThatThrownBy(() -> words("lowerCase", "yes"))
                .hasMessage("lowerCase of icu-words must be true or false, got yes");
        assertThatThrownBy(() -> new ProvidedTokenizer("lucene", null, Map.of()))
                .hasMessage("tokenizer lucene must be on the class path, found only [icu-words]; add the module that "
                        + "brings it");
    }

    @Test
    void servesManyThreads() throws Exception {
        Tokenizer words = words("locale", "th");
        String text = "สวัสดีครับ ".repeat(200);
        List<String> alone = words.tokens(text);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<List<String>> call = () -> words.tokens(text);
            for (Future<List<String>> result : threads.invokeAll(List.of(call, call, call, call, call, call))) {
                assertThat(result.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
