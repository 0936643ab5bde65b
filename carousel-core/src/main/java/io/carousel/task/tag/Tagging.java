package io.carousel.task.tag;

import io.carousel.text.Span;
import java.util.List;

/**
 * Tags of a whole sentence.
 *
 * @param tags one for each word
 * @param spans that they mean; empty for tags without spans
 * @param probability of all of them together, among all sequences that the scheme allows
 */
public record Tagging(List<String> tags, List<Span> spans, double probability) {
    public Tagging {
        tags = List.copyOf(tags);
        spans = List.copyOf(spans);
    }
}
