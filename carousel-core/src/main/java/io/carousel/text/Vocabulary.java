package io.carousel.text;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbered symbols: token i of the list has the number i.
 *
 * <p>Symbol 0 is {@value #UNKNOWN}, which stands for every token that is not in the list. A value, kept in a model as the
 * list. Immutable.
 */
public final class Vocabulary {
    /** What stands for every token that a vocabulary does not have. */
    public static final String UNKNOWN = "<unk>";

    private final List<String> symbols;
    private final Map<String, Integer> numbers;

    private Vocabulary(List<String> symbols) {
        this.symbols = symbols;
        numbers = new HashMap<>(2 * symbols.size());
        for (int i = 0; i < symbols.size(); i++) {
            String symbol = symbols.get(i);
            if (symbol.isEmpty() || numbers.put(symbol, i) != null) {
                throw new IllegalArgumentException("symbols of a vocabulary must be different and not empty, got "
                        + (symbol.isEmpty() ? "an empty one" : "\"" + symbol + "\" twice"));
            }
        }
    }

    /**
     * A vocabulary of these symbols in this order.
     *
     * @throws IllegalArgumentException when the first is not {@value #UNKNOWN}, or one is empty or there twice
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Vocabulary of(List<String> symbols) {
        if (symbols.isEmpty() || !symbols.get(0).equals(UNKNOWN)) {
            throw new IllegalArgumentException("first symbol of a vocabulary must be " + UNKNOWN + ", got "
                    + (symbols.isEmpty() ? "no symbols" : symbols.get(0)));
        }
        return new Vocabulary(List.copyOf(symbols));
    }

    /** V: the number of symbols, {@value #UNKNOWN} among them. */
    public int size() {
        return symbols.size();
    }

    /** All symbols in the order of their numbers. */
    @JsonValue
    public List<String> symbols() {
        return symbols;
    }

    public boolean contains(String token) {
        return numbers.containsKey(token);
    }

    /** The number of a token; 0 when it is unknown. */
    public int number(String token) {
        return numbers.getOrDefault(token, 0);
    }

    /** The numbers of tokens; 0 for those that are unknown. */
    public int[] numbers(List<String> tokens) {
        int[] found = new int[tokens.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = number(tokens.get(i));
        }
        return found;
    }

    /** The symbol with that number. */
    public String symbol(int number) {
        if (number < 0 || number >= symbols.size()) {
            throw new IllegalArgumentException(
                    "number of a symbol must be from 0 to " + (symbols.size() - 1) + ", got " + number);
        }
        return symbols.get(number);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vocabulary vocabulary && symbols.equals(vocabulary.symbols);
    }

    @Override
    public int hashCode() {
        return symbols.hashCode();
    }

    @Override
    public String toString() {
        return "a vocabulary of " + symbols.size() + " symbols";
    }
}
