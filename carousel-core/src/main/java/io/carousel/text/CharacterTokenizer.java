package io.carousel.text;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/**
 * Every character is a token: a code point of the composed form, so that one outside the basic plane is not cut in two.
 *
 * @param lowerCase whether capitals become small letters
 */
@JsonTypeName("characters")
public record CharacterTokenizer(boolean lowerCase) implements Tokenizer {
    @Override
    public List<String> tokens(String text) {
        return Tokenizer.normalized(text, lowerCase)
                .codePoints()
                .mapToObj(Character::toString)
                .toList();
    }

    @Override
    public String text(List<String> tokens) {
        return String.join("", tokens);
    }
}
