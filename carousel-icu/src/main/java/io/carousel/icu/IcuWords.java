package io.carousel.icu;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ULocale;
import com.ibm.icu.util.VersionInfo;
import io.carousel.text.TokenizerProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Words as Unicode's text segmentation cuts them (UAX 29), with ICU's dictionaries for languages that are written without
 * spaces, such as Thai, Japanese and Chinese.
 *
 * <p>Text is brought into its composed form (NFC); white space separates and is no token. Options: {@code locale}, a language
 * tag, by default that of no language; {@code lowerCase}, {@code true} or {@code false}, the default. Tokens are put together
 * with a space before a word that follows a word or an end, in scripts that are written with spaces.
 */
public final class IcuWords implements TokenizerProvider {
    private static final Set<String> OPTIONS = new TreeSet<>(Set.of("locale", "lowerCase"));

    @Override
    public String name() {
        return "icu-words";
    }

    @Override
    public String version() {
        return "ICU " + VersionInfo.ICU_VERSION.getMajor() + "." + VersionInfo.ICU_VERSION.getMinor();
    }

    @Override
    public Cutter create(Map<String, String> options) {
        for (String option : options.keySet()) {
            if (!OPTIONS.contains(option)) {
                throw new IllegalArgumentException("option of icu-words must be one of " + OPTIONS + ", got " + option);
            }
        }
        String lowerCase = options.getOrDefault("lowerCase", "false");
        if (!lowerCase.equals("true") && !lowerCase.equals("false")) {
            throw new IllegalArgumentException("lowerCase of icu-words must be true or false, got " + lowerCase);
        }
        return new Words(locale(options.getOrDefault("locale", "und")), lowerCase.equals("true"));
    }

    private static ULocale locale(String tag) {
        ULocale locale = ULocale.forLanguageTag(tag);
        if (!tag.equals("und") && locale.getLanguage().isEmpty()) {
            throw new IllegalArgumentException(
                    "locale of icu-words must be a language tag, got " + tag + "; give one such as th or en-GB");
        }
        return locale;
    }

    /** One tokenizer; an iterator of ICU is for one thread, so each call takes a copy. */
    private static final class Words implements Cutter {
        private final ULocale locale;
        private final boolean lowerCase;
        private final BreakIterator iterator;

        Words(ULocale locale, boolean lowerCase) {
            this.locale = locale;
            this.lowerCase = lowerCase;
            this.iterator = BreakIterator.getWordInstance(locale);
        }

        @Override
        public List<String> tokens(String text) {
            String composed = Normalizer2.getNFCInstance().normalize(text);
            String cut = lowerCase ? UCharacter.toLowerCase(locale, composed) : composed;
            BreakIterator breaks = (BreakIterator) iterator.clone();
            breaks.setText(cut);
            List<String> tokens = new ArrayList<>();
            int from = breaks.first();
            for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
                String token = cut.substring(from, to);
                if (!token.codePoints().allMatch(UCharacter::isUWhiteSpace)) {
                    tokens.add(token);
                }
                from = to;
            }
            return tokens;
        }

        @Override
        public String text(List<String> tokens) {
            StringBuilder text = new StringBuilder();
            for (String token : tokens) {
                int first = token.codePointAt(0);
                if (text.length() > 0 && isSpaced(first) && isEnd(text.codePointBefore(text.length()))) {
                    text.append(' ');
                }
                text.append(token);
            }
            return text.toString();
        }

        /** Whether a symbol begins a word of a script that is written with spaces. */
        private static boolean isSpaced(int point) {
            int wrap = UCharacter.getIntPropertyValue(point, UProperty.LINE_BREAK);
            return UCharacter.isLetterOrDigit(point)
                    && wrap != UCharacter.LineBreak.COMPLEX_CONTEXT
                    && wrap != UCharacter.LineBreak.IDEOGRAPHIC
                    && wrap != UCharacter.LineBreak.CONDITIONAL_JAPANESE_STARTER
                    && wrap != UCharacter.LineBreak.NONSTARTER;
        }

        /** Whether a space may follow: after a word, and after what closes or ends something. */
        private static boolean isEnd(int point) {
            int type = UCharacter.getType(point);
            return isSpaced(point)
                    || type == UCharacterCategory.END_PUNCTUATION
                    || type == UCharacterCategory.FINAL_PUNCTUATION
                    || ",.;:!?%".indexOf(point) >= 0;
        }
    }
}
