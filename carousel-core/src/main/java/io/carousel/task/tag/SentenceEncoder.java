package io.carousel.task.tag;

import io.carousel.data.BatchLayout;
import io.carousel.data.DataException;
import io.carousel.data.SequenceBatch;
import io.carousel.task.WordCharacters;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Words to rows of numbers: that of the word, those of its features, those of its characters. */
final class SentenceEncoder {
    private final TagEncoding encoding;
    private final WordForms forms;
    private final int width;
    private final Map<String, Map<List<String>, float[]>> rows = new HashMap<>();

    SentenceEncoder(TagEncoding encoding) {
        this.encoding = encoding;
        forms = new WordForms(encoding.spec());
        width = TagNetwork.inputSize(encoding);
    }

    /**
     * The rows of a sentence; words that repeat share theirs, which nobody may write.
     *
     * @throws DataException when a word has another number of features than in training
     */
    float[][] encode(Sentence sentence) {
        float[][] encoded = new float[sentence.words().size()][];
        for (int i = 0; i < encoded.length; i++) {
            List<String> features = sentence.features().get(i);
            if (features.size() != encoding.fileFeatures()) {
                throw new DataException("words must have " + encoding.fileFeatures()
                        + " features as in training, got " + features.size() + " in sentence \""
                        + shorten(String.join(" ", sentence.words()))
                        + "\"; read the same columns as in training");
            }
            String word = sentence.words().get(i);
            encoded[i] = rows.computeIfAbsent(word, any -> new HashMap<>())
                    .computeIfAbsent(features, any -> row(word, features));
        }
        return encoded;
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private float[] row(String word, List<String> fromFile) {
        float[] row = new float[width];
        row[0] = encoding.words().number(forms.lookup(word));
        List<String> features = forms.features(word, fromFile);
        for (int i = 0; i < features.size(); i++) {
            row[1 + i] = encoding.features().get(i).number(features.get(i));
        }
        int most = TagNetwork.characters(encoding.spec());
        WordCharacters.write(word, most, encoding.characters(), row, 1 + features.size());
        return row;
    }

    /** The sentences {@code examples[from]} to before {@code examples[to]} as a batch, in this order. */
    static SequenceBatch batch(
            Workspace workspace, List<EncodedSentence> sentences, int[] examples, int from, int to, int width) {
        List<float[][]> rows = Arrays.stream(examples, from, to)
                .mapToObj(example -> sentences.get(example).rows())
                .toList();
        return batch(workspace, rows, width);
    }

    /** Encoded sentences as a batch, in their order. */
    static SequenceBatch batch(Workspace workspace, List<float[][]> sentences, int width) {
        int[] lengths = sentences.stream().mapToInt(sentence -> sentence.length).toArray();
        SequenceBatch batch = SequenceBatch.allocate(workspace, BatchLayout.of(lengths), width);
        for (int index = 0; index < lengths.length; index++) {
            for (int t = 0; t < lengths[index]; t++) {
                System.arraycopy(sentences.get(index)[t], 0, batch.values().data(), batch.offset(index, t), width);
            }
        }
        return batch;
    }
}
