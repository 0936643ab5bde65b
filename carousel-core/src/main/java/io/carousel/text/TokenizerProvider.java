package io.carousel.text;

import java.util.List;
import java.util.Map;

/**
 * Makes tokenizers that are not the library's own, such as those of a module that brings a dependency.
 *
 * <p>It is found by {@link java.util.ServiceLoader}: it has a public constructor without parameters and is named in {@code
 * META-INF/services/io.carousel.text.TokenizerProvider}.
 */
public interface TokenizerProvider {
    /** The name by which specs choose the tokenizer: lower-case words with hyphens. */
    String name();

    /** Of what cuts the text, such as a library with its rules; another version may cut some texts otherwise. */
    String version();

    /**
     * A tokenizer, safe for any number of threads.
     *
     * @throws IllegalArgumentException when an option is unknown or does not fit
     */
    Cutter create(Map<String, String> options);

    /** Cuts text into tokens and puts them together, as {@link Tokenizer} says. */
    interface Cutter {
        List<String> tokens(String text);

        String text(List<String> tokens);
    }
}
