package io.carousel.cli;

import io.carousel.text.TokenizerProvider;
import java.util.List;
import java.util.Map;

/** Stands in tests for a module that brings a tokenizer: cuts at spaces, and at what its option names. */
public final class StarTokenizer implements TokenizerProvider {
    @Override
    public String name() {
        return "test-stars";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Cutter create(Map<String, String> options) {
        if (!List.of("cut").containsAll(options.keySet())) {
            throw new IllegalArgumentException("option of test-stars must be cut, got " + options.keySet());
        }
        String cut = options.getOrDefault("cut", " ");
        return new Cutter() {
            @Override
            public List<String> tokens(String text) {
                return List.of(text.replace(cut, " ").strip().split(" +"));
            }

            @Override
            public String text(List<String> tokens) {
                return String.join("*", tokens);
            }
        };
    }
}
