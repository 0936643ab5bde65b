package io.carousel.task.tag;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;

/** How sentences stand in a file: UTF-8, plain or compressed with gzip. A value, kept in a model as JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ColumnFormat.class, name = "columns"),
    @JsonSubTypes.Type(value = ConlluFormat.class, name = "conllu")
})
public sealed interface SentenceFormat permits ColumnFormat, ConlluFormat {
    /** The most words of a sentence. */
    int MOST_WORDS = 100_000;

    /** How many columns are read beside the word and its tag. */
    int featureColumns();

    /**
     * Reads sentences with their tags.
     *
     * @throws io.carousel.data.DataException that names file and line, when the file cannot be read, has no sentence, or a line
     *     is not of this format
     */
    SentenceSet read(Path file);

    /** Reads sentences without looking at their tags, whose column need not be there. */
    SentenceSet readWords(Path file);
}
