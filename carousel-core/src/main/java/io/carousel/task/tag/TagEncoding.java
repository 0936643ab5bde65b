package io.carousel.task.tag;

import io.carousel.task.TrainingStage;
import io.carousel.text.TagScheme;
import io.carousel.text.Vocabulary;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a model must know beside its network to tag; the {@code task} object of the model file.
 *
 * @param task always {@value #TASK}
 * @param spec as it was asked for
 * @param format by which the training sentences were read; null where they are from no file
 * @param wordSize E of words
 * @param words in the form by which they are looked up
 * @param characters of words; only {@code <unk>} where they are not read
 * @param features the values of each feature: those of the file first, then the shape, then suffixes
 * @param tags that the network tells apart
 * @param scheme of these tags
 * @param written the scheme of the tags that are given
 * @param writtenTags that training had as they are given, the most frequent first
 * @param usualTags for each word the number, among those, of the tag that it had most often in training: what is foreseen
 *     without a network
 * @param trainingSentences what training learnt from
 * @param validationSentences what chose the best epoch
 * @param stages the course of the training
 * @param stopped whether the training was ended early from outside
 * @param notes what one should know, one sentence each
 */
public record TagEncoding(
        String task,
        TagSpec spec,
        @Nullable SentenceFormat format,
        int wordSize,
        Vocabulary words,
        Vocabulary characters,
        List<Vocabulary> features,
        List<String> tags,
        TagScheme scheme,
        TagScheme written,
        List<String> writtenTags,
        List<Integer> usualTags,
        int trainingSentences,
        int validationSentences,
        List<TrainingStage> stages,
        boolean stopped,
        List<String> notes) {
    static final String TASK = "tag";

    /** The most tags: a chain has a weight for each two of them. */
    static final int MOST_TAGS = 4_096;

    public TagEncoding {
        if (!task.equals(TASK)) {
            throw new IllegalArgumentException(
                    "task of the model must be " + TASK + ", got " + task + "; use the command of that task");
        }
        features = List.copyOf(features);
        tags = List.copyOf(tags);
        writtenTags = List.copyOf(writtenTags);
        usualTags = List.copyOf(usualTags);
        stages = List.copyOf(stages);
        notes = List.copyOf(notes);
        if (wordSize < 1) {
            throw new IllegalArgumentException("word size must be positive, got " + wordSize);
        }
        if (tags.isEmpty() || tags.size() > MOST_TAGS || new HashSet<>(tags).size() != tags.size()) {
            throw new IllegalArgumentException(
                    "tags must be from 1 to " + MOST_TAGS + " different ones, got " + tags.size());
        }
        if (scheme != TagScheme.NONE && !tags.contains(TagScheme.OUTSIDE)) {
            throw new IllegalArgumentException(
                    "tags of scheme " + scheme + " must have the tag " + TagScheme.OUTSIDE + ", got none");
        }
        for (String tag : tags) {
            if (!scheme.isTag(tag)) {
                throw new IllegalArgumentException("tags must be of scheme " + scheme + ", got " + tag);
            }
        }
        if ((scheme == TagScheme.NONE) != (written == TagScheme.NONE)) {
            throw new IllegalArgumentException(
                    "tags that are given must have spans where those of the network have, got " + written + " and "
                            + scheme);
        }
        if (usualTags.size() != words.size()) {
            throw new IllegalArgumentException(
                    "usual tags must be one for each of " + words.size() + " words, got " + usualTags.size());
        }
        for (int tag : usualTags) {
            if (tag < 0 || tag >= writtenTags.size()) {
                throw new IllegalArgumentException(
                        "usual tag must be from 0 to " + (writtenTags.size() - 1) + ", got " + tag);
            }
        }
    }

    /** How many features come from columns of a file. */
    int fileFeatures() {
        return features.size() - new WordForms(spec).derived();
    }

    /** Tags of the network as they are given. */
    List<String> write(List<String> ofNetwork) {
        return scheme == written ? ofNetwork : written.convert(ofNetwork);
    }
}
