package io.carousel.task.translate;

import io.carousel.kernel.Kernels;
import io.carousel.layer.Source;
import io.carousel.layer.StateTable;
import io.carousel.task.BestSteps;
import io.carousel.task.TokenSampler;
import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The texts of one source that are on their way, and those that have ended. */
final class SentenceBeam {
    /** What is taken for the attention of a row that was attended to less. */
    private static final float LEAST = 1e-10f;

    private final int index;
    private final Source source;
    private final BeamDecoder.Symbols symbols;
    private final DecoderOptions options;
    private final int outputs;
    private final StateTable states;
    private final int firstRow;
    private final BestSteps steps;
    private final List<TokenSampler> samplers = new ArrayList<>();
    private final float[] drawn;
    private final List<Text> ended = new ArrayList<>();
    private List<Text> texts;
    private int half;

    /**
     * A text.
     *
     * @param before all of it but the last token; null for the empty text, whose token is the start symbol
     * @param sum of the logarithms of the probabilities
     * @param row where its state stands
     * @param covered the sum of the attention of all its tokens; null where nobody asks for it
     */
    private record Text(
            @Nullable Text before,
            int token,
            double sum,
            int length,
            int row,
            boolean stopped,
            float @Nullable [] covered) {}

    /**
     * The beam of a source.
     *
     * @param index of the source in the call
     * @param firstRow of the table, from where on there are rows for two beams
     */
    SentenceBeam(
            int index,
            Source source,
            BeamDecoder.Symbols symbols,
            DecoderOptions options,
            Kernels kernels,
            int outputs,
            StateTable states,
            int firstRow) {
        this.index = index;
        this.source = source;
        this.symbols = symbols;
        this.options = options;
        this.outputs = outputs;
        this.states = states;
        this.firstRow = firstRow;
        steps = new BestSteps(2 * options.beam());
        drawn = new float[options.draws() ? outputs : 0];
        texts = new ArrayList<>();
        int count = options.draws() ? options.best() : 1;
        for (int i = 0; i < count; i++) {
            states.write(firstRow + i, source.firstState());
            texts.add(new Text(null, symbols.start(), 0, 0, firstRow + i, false, null));
            if (options.draws()) {
                Rng random = Rng.of(options.seed()).stream("decoder").stream(i);
                samplers.add(new TokenSampler(
                        options.temperature(), options.topK(), options.topP(), 0, random, kernels, outputs));
            }
        }
    }

    int index() {
        return index;
    }

    Source source() {
        return source;
    }

    /** How many texts are on their way. */
    int size() {
        return texts.size();
    }

    /** Where the state of a text stands. */
    int row(int text) {
        return texts.get(text).row;
    }

    /** The last token of a text. */
    int token(int text) {
        return texts.get(text).token;
    }

    /**
     * Goes on by a token.
     *
     * @param scores {@code [size, outputs]} from {@code offset} on: the logarithms of the probabilities, some of which are
     *     overwritten
     * @param attention of each text, from {@code first} on; null where coverage does not count
     */
    void advance(float[] scores, int offset, float[] @Nullable [] attention, int first) {
        for (int i = 0; i < texts.size(); i++) {
            forbid(texts.get(i), scores, offset + i * outputs);
        }
        if (options.draws()) {
            draw(scores, offset, attention, first);
        } else {
            search(scores, offset, attention, first);
        }
    }

    private void forbid(Text text, float[] scores, int offset) {
        for (int never : symbols.never()) {
            if (never >= 0 && never < outputs) {
                scores[offset + never] = Float.NEGATIVE_INFINITY;
            }
        }
        if (text.length < options.least()) {
            scores[offset + symbols.end()] = Float.NEGATIVE_INFINITY;
        }
        int n = options.distinct();
        if (n > 0 && text.length >= n - 1) {
            int[] tokens = tokens(text);
            for (int i = 0; i + n <= tokens.length; i++) {
                boolean same = true;
                for (int k = 0; same && k < n - 1; k++) {
                    same = tokens[i + k] == tokens[tokens.length - n + 1 + k];
                }
                if (same) {
                    scores[offset + tokens[i + n - 1]] = Float.NEGATIVE_INFINITY;
                }
            }
        }
    }

    private static int[] tokens(Text text) {
        int[] tokens = new int[text.length];
        Text at = text;
        for (int i = text.length - 1; i >= 0 && at != null; i--) {
            tokens[i] = at.token;
            at = at.before;
        }
        return tokens;
    }

    private void draw(float[] scores, int offset, float[] @Nullable [] attention, int first) {
        List<Text> following = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Text from = texts.get(i);
            System.arraycopy(scores, offset + i * outputs, drawn, 0, outputs);
            int token = samplers.get(from.row - firstRow).next(drawn);
            Text text = next(from, token, from.sum + drawn[token], from.row, attention[first + i]);
            if (text.length > options.most() || drawn[token] == Float.NEGATIVE_INFINITY) {
                ended.add(from); // nothing may follow, or only the end, which was not drawn
            } else if (text.stopped) {
                ended.add(text);
            } else {
                following.add(text);
            }
        }
        texts = following;
    }

    private static final Comparator<Hypothesis> BEST_FIRST = Comparator.comparing(Hypothesis::ended)
            .thenComparingDouble(Hypothesis::score)
            .reversed();

    private Text next(Text from, int token, double sum, int row, float @Nullable [] attention) {
        boolean stopped = token == symbols.end();
        int length = stopped ? from.length : from.length + 1;
        return new Text(from, token, sum, length, row, stopped, covered(from.covered, attention));
    }

    private float @Nullable [] covered(float @Nullable [] before, float @Nullable [] attention) {
        if (attention == null || options.coveragePenalty() == 0) {
            return null;
        }
        float[] sum = attention.clone();
        for (int s = 0; before != null && s < sum.length; s++) {
            sum[s] += before[s];
        }
        return sum;
    }

    private void search(float[] scores, int offset, float[] @Nullable [] attention, int first) {
        steps.clear();
        for (int place = 0; place < texts.size(); place++) {
            steps.offer(place, texts.get(place).sum, scores, offset + place * outputs, 0, outputs);
        }
        // All texts on their way are equally long; those of the most tokens can only end.
        boolean full = texts.get(0).length == options.most();
        int width = Math.min(steps.count(), options.beam() - ended.size());
        half = 1 - half;
        List<Text> following = new ArrayList<>();
        BitSet done = new BitSet();
        for (int i = 0; i < width; i++) {
            int place = steps.place(i);
            Text from = texts.get(place);
            int row = firstRow + half * options.beam() + following.size();
            Text text = next(from, steps.token(i), steps.sum(i), row, attention[first + place]);
            if (text.stopped) {
                ended.add(text);
                done.set(place);
            } else if (!full) {
                following.add(text);
                states.copy(from.row, row);
            }
        }
        if (full || (following.isEmpty() && ended.isEmpty())) {
            // nothing may follow
            cut(IntStream.range(0, texts.size())
                    .filter(place -> !done.get(place))
                    .mapToObj(texts::get)
                    .toList());
            return;
        }
        texts = following;
        if (!texts.isEmpty() && settled()) {
            cut(texts);
        }
    }

    /** Ends the search with the texts that have not ended. */
    private void cut(List<Text> open) {
        if (ended.size() < options.best()) {
            ended.addAll(open);
        }
        texts = List.of();
    }

    /** Whether no text on its way can become better than those wanted: its sum only falls, and penalties are at most 0. */
    private boolean settled() {
        if (ended.size() < options.best()) {
            return false;
        }
        double[] scores = ended.stream().mapToDouble(this::score).sorted().toArray();
        double worst = scores[scores.length - options.best()];
        double least = texts.get(0).sum / options.lengthFactor(options.most() + 1);
        return worst >= least;
    }

    /** The best texts, the best first; when it was cancelled, those on their way with them. */
    List<Hypothesis> best() {
        Stream<Text> all =
                ended.size() < options.best() ? Stream.concat(ended.stream(), texts.stream()) : ended.stream();
        return all.map(this::hypothesis)
                .sorted(BEST_FIRST)
                .limit(options.best())
                .toList();
    }

    private Hypothesis hypothesis(Text text) {
        List<Integer> tokens = new ArrayList<>();
        for (Text at = text.stopped ? text.before : text; at != null && at.before != null; at = at.before) {
            tokens.add(at.token);
        }
        Collections.reverse(tokens);
        return new Hypothesis(tokens, text.sum, score(text), text.stopped);
    }

    private double score(Text text) {
        return text.sum / options.lengthFactor(text.length + (text.stopped ? 1 : 0)) + coverage(text.covered);
    }

    private double coverage(float @Nullable [] covered) {
        double sum = 0;
        for (int s = 0; covered != null && s < covered.length; s++) {
            sum += StrictMath.log(Math.min(Math.max(covered[s], LEAST), 1));
        }
        return options.coveragePenalty() * sum;
    }
}
