package io.carousel.task.translate;

import io.carousel.text.TokenCode;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of tokens in a pair whose target may copy: those of the target's vocabulary, and from its size on those of tokens
 * that only the source has, in the order of their first appearance.
 *
 * @param vocabulary V
 * @param symbols for each row of the source its number, -1 for its end
 * @param own the tokens that only the source has
 */
record CopyNumbers(int vocabulary, int[] symbols, List<String> own) {
    static CopyNumbers of(List<String> source, TokenCode target) {
        int vocabulary = target.vocabulary().size();
        int[] known = target.numbers(source);
        int[] symbols = new int[source.size() + 1];
        List<String> own = new ArrayList<>();
        for (int i = 0; i < known.length; i++) {
            String token = source.get(i);
            if (known[i] == 0 && !own.contains(token)) {
                own.add(token);
            }
            symbols[i] = known[i] == 0 ? vocabulary + own.indexOf(token) : known[i];
        }
        symbols[known.length] = -1;
        return new CopyNumbers(vocabulary, symbols, own);
    }

    /** The numbers of a target's tokens; 0 for those that neither side knows. */
    int[] numbers(List<String> tokens, TokenCode target) {
        int[] numbers = target.numbers(tokens);
        for (int t = 0; t < numbers.length; t++) {
            int place = numbers[t] == 0 ? own.indexOf(tokens.get(t)) : -1;
            numbers[t] = place >= 0 ? vocabulary + place : numbers[t];
        }
        return numbers;
    }

    /** The token with a number. */
    String token(int number, TokenCode target) {
        return number < vocabulary ? target.vocabulary().symbol(number) : own.get(number - vocabulary);
    }
}
