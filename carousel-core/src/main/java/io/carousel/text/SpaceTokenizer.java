package io.carousel.text;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/**
 * What stands between white space is a token: for text that was cut before, such as the Penn Treebank's.
 *
 * @param lowerCase whether capitals become small letters
 */
@JsonTypeName("spaces")
public record SpaceTokenizer(boolean lowerCase) implements Tokenizer {
    @Override
    public List<String> tokens(String text) {
        String normalized = Tokenizer.normalized(text, lowerCase).strip();
        return normalized.isEmpty() ? List.of() : List.of(normalized.split("\\s+"));
    }

    @Override
    public String text(List<String> tokens) {
        return String.join(" ", tokens);
    }
}
