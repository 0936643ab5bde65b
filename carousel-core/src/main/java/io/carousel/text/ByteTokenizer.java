package io.carousel.text;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Every byte of the text in UTF-8 is a token, written as two hexadecimal digits; no text is unknown to it.
 *
 * <p>The text is taken as it is. Bytes that are no UTF-8, as a network may write them, become the replacement character.
 */
@JsonTypeName("bytes")
public record ByteTokenizer() implements Tokenizer {
    @Override
    public List<String> tokens(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> tokens = new ArrayList<>(bytes.length);
        for (byte each : bytes) {
            tokens.add(NAMES.get(each & 0xff));
        }
        return tokens;
    }

    @Override
    public String text(List<String> tokens) {
        byte[] bytes = new byte[tokens.size()];
        for (int i = 0; i < bytes.length; i++) {
            int value = NAMES.indexOf(tokens.get(i));
            bytes[i] = value < 0 ? (byte) '?' : (byte) value;
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public List<String> symbols() {
        return NAMES;
    }

    private static final List<String> NAMES = names();

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            names.add(Character.toString(Character.forDigit(value >> 4, 16)) + Character.forDigit(value & 15, 16));
        }
        return List.copyOf(names);
    }
}
