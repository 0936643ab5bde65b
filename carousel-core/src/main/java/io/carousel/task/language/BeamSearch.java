package io.carousel.task.language;

import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.layer.State;
import io.carousel.task.BestSteps;
import io.carousel.task.SessionGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The most likely text among those that a beam of some width finds.
 *
 * <p>Of all ways to go on with the texts of the beam, the most likely are the next beam; one that the stop symbol ends leaves
 * it. Ties go to the earlier text, then to the lower number of the token.
 */
final class BeamSearch {
    private static final int NO_STOP = -1;

    private final GenerationOptions options;
    private final int first;
    private final int stop;
    private final int symbols;
    private final Kernels kernels;
    private final SessionGroup group;
    private final LogProbabilities logs;
    private final float[] inputs;
    private final float[] scores;
    private final BestSteps steps;

    /**
     * A text of the beam.
     *
     * @param before all of it but the last token; null for the empty text
     * @param sum of the logarithms of the probabilities
     */
    record Text(@Nullable Text before, int token, float logProbability, double sum, int length, boolean stopped) {
        /** All tokens, but for the stop symbol. */
        List<Text> path() {
            List<Text> path = new ArrayList<>();
            for (Text at = stopped ? before : this; at != null && at.length > 0; at = at.before) {
                path.add(at);
            }
            Collections.reverse(path);
            return path;
        }
    }

    BeamSearch(Network network, Kernels kernels, GenerationOptions options, @Nullable Integer stop) {
        this.options = options;
        this.kernels = kernels;
        this.stop = stop == null ? NO_STOP : stop;
        first = options.unknown() ? 0 : 1;
        symbols = network.outputSize();
        group = new SessionGroup(network, kernels);
        logs = LogProbabilities.of(network);
        inputs = new float[options.beam()];
        steps = new BestSteps(2 * options.beam());
        scores = new float[Math.multiplyExact(options.beam(), symbols)];
    }

    /**
     * Searches.
     *
     * @param state after the prompt
     * @param next the logarithms of the probabilities of what comes next
     * @return the best text; null when it was cancelled before one was found
     */
    @Nullable
    Text search(State state, float[] next, BooleanSupplier cancelled) {
        List<Text> beam = List.of(new Text(null, NO_STOP, 0, 0, 0, false));
        long[] sessions = {group.open(state)};
        System.arraycopy(next, 0, scores, 0, symbols);
        Text best = null;
        for (int length = 1; length <= options.length() && !beam.isEmpty(); length++) {
            if (cancelled.getAsBoolean()) {
                return better(best, beam.get(0).length == 0 ? null : beam.get(0));
            }
            List<Text> following = new ArrayList<>();
            List<Integer> parents = new ArrayList<>();
            findSteps(beam);
            for (int i = 0; i < steps.count(); i++) {
                int place = steps.place(i);
                int token = steps.token(i);
                Text text = new Text(
                        beam.get(place), token, scores[place * symbols + token], steps.sum(i), length, token == stop);
                if (text.stopped) {
                    best = better(best, text);
                } else if (following.size() < options.beam()) {
                    following.add(text);
                    parents.add(place);
                }
            }
            if (length == options.length()
                    || (best != null && !following.isEmpty() && settled(best, following.get(0)))) {
                for (Text text : following) {
                    best = length == options.length() ? better(best, text) : best;
                }
                return best;
            }
            sessions = step(sessions, following, parents);
            beam = following;
        }
        return best;
    }

    /** Finds the best ways to go on: enough for a whole beam even if some of them are the stop symbol. */
    private void findSteps(List<Text> beam) {
        steps.clear();
        for (int place = 0; place < beam.size(); place++) {
            steps.offer(place, beam.get(place).sum, scores, place * symbols, first, symbols);
        }
    }

    /** Feeds each text its last token, in a session that goes on from that of the text before. */
    private long[] step(long[] before, List<Text> texts, List<Integer> parents) {
        long[] after = new long[texts.size()];
        for (int i = 0; i < after.length; i++) {
            after[i] = group.fork(before[parents.get(i)]);
            inputs[i] = texts.get(i).token;
        }
        for (long session : before) {
            group.close(session);
        }
        group.step(after.length, after, inputs, scores);
        logs.apply(kernels, after.length, symbols, scores, 0);
        return after;
    }

    private double value(Text text) {
        return options.lengthPenalty() == 0
                ? text.sum
                : text.sum / StrictMath.pow(text.length, options.lengthPenalty());
    }

    private @Nullable Text better(@Nullable Text best, @Nullable Text other) {
        return best == null || (other != null && value(other) > value(best)) ? other == null ? best : other : best;
    }

    /** Whether no text that goes on from the best of the beam can become better: its sum only falls. */
    private boolean settled(Text best, Text alive) {
        return value(best) >= alive.sum / StrictMath.pow(options.length(), options.lengthPenalty());
    }
}
