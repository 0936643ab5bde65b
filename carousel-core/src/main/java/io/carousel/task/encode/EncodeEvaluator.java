package io.carousel.task.encode;

import io.carousel.autograd.Tape;
import io.carousel.data.DataException;
import io.carousel.eval.PrincipalComponents;
import io.carousel.kernel.Kernels;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.encode.EncodeEvaluation.OtherError;
import io.carousel.task.encode.EncodeEvaluation.PartScore;
import io.carousel.task.encode.EncodeEvaluation.SequenceError;
import io.carousel.task.encode.SequenceCoder.Coded;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import io.carousel.text.TokenCode;
import io.carousel.train.ShardLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Compares what an autoencoder makes with what the sequences are. */
final class EncodeEvaluator {
    private final Autoencoder autoencoder;
    private final EncodeEncoding encoding;
    private final SequenceCoder coder;
    private final ExampleSet set;
    private final Kernels kernels;
    private final List<Coded> sequences;
    private final double[] errors;
    private final long[] targets;
    private final List<String> notes;

    EncodeEvaluator(Autoencoder autoencoder, SequenceCoder coder, ExampleSet set, Kernels kernels) {
        if (set.size() == 0) {
            throw new DataException(set.source() + " must have examples to evaluate, got none");
        }
        this.autoencoder = autoencoder;
        this.coder = coder;
        this.set = set;
        this.kernels = kernels;
        encoding = autoencoder.encoding();
        sequences = autoencoder.code(set, encoding.chosen().ahead());
        errors = new double[set.size()];
        targets = new long[set.size()];
        notes = new ArrayList<>(set.notes());
    }

    EncodeEvaluation evaluate() {
        List<PartScore> scores = new ArrayList<>();
        List<Part> parts = encoding.chosen().decoder().parts();
        for (int i = 0; i < parts.size(); i++) {
            scores.add(encoding.isText() ? tokens(parts.get(i), i) : numbers(parts.get(i)));
        }
        List<SequenceError> each = new ArrayList<>();
        for (int i = 0; i < errors.length; i++) {
            double error = targets[i] == 0 ? 0 : errors[i] / targets[i];
            each.add(new SequenceError(set.examples().get(i).id(), error));
        }
        List<String> sentences = new ArrayList<>();
        boolean good = true;
        for (PartScore score : scores) {
            good &= sentence(score, sentences);
        }
        return new EncodeEvaluation(
                encoding.isText(), set.size(), scores, each, good, String.join(" ", sentences), notes);
    }

    // ---------------------------------------------------------------- numbers

    private PartScore numbers(Part part) {
        float[][] made = autoencoder.made(kernels, sequences, part);
        long count = 0;
        double own = 0;
        double mean = 0;
        double last = 0;
        double linear = 0;
        long coded = 0;
        PrincipalComponents components = part == Part.RECONSTRUCTION ? encoding.linear() : null;
        for (int i = 0; i < made.length; i++) {
            Coded sequence = sequences.get(i);
            float[] target = coder.target(part, sequence);
            double error = squared(made[i], target);
            own += error;
            errors[i] += error;
            targets[i] += target.length;
            count += target.length;
            mean += squared(repeated(means(sequence), target.length), target);
            last += squared(repeated(last(sequence), target.length), target);
            if (components != null && components.mean().size() == target.length) {
                float[] seen = coder.turned(part, target);
                linear += squared(components.kept(seen), seen);
                coded++;
            }
        }
        List<OtherError> others = new ArrayList<>();
        others.add(new OtherError("the mean of the sequence", mean / count));
        if (part == Part.PREDICTION) {
            others.add(new OtherError("the last value", last / count));
        } else if (components != null && coded == made.length) {
            others.add(new OtherError(
                    components.axes().size() + " principal component"
                            + (components.axes().size() == 1 ? "" : "s"),
                    linear / count));
        } else if (components != null) {
            notes.add("there is no comparison with principal components, as not all sequences have " + encoding.steps()
                    + " time steps");
        }
        return new PartScore(part, count, own / count, others, null, null, null);
    }

    private static double squared(float[] made, float[] target) {
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
            double error = (double) made[i] - target[i];
            sum += error * error;
        }
        return sum;
    }

    /** Of each feature over the time steps that are read. */
    private static float[] means(Coded sequence) {
        double[] sums = new double[sequence.width()];
        for (int i = 0; i < sequence.seen() * sums.length; i++) {
            sums[i % sums.length] += sequence.values()[i];
        }
        float[] means = new float[sums.length];
        for (int f = 0; f < sums.length; f++) {
            means[f] = (float) (sums[f] / sequence.seen());
        }
        return means;
    }

    private static float[] last(Coded sequence) {
        int end = sequence.seen() * sequence.width();
        return Arrays.copyOfRange(sequence.values(), end - sequence.width(), end);
    }

    private static float[] repeated(float[] row, int length) {
        float[] all = new float[length];
        for (int i = 0; i < length; i++) {
            all[i] = row[i % row.length];
        }
        return all;
    }

    // ---------------------------------------------------------------- texts

    private PartScore tokens(Part part, int index) {
        float[][] made = autoencoder.made(kernels, sequences, part);
        List<Long> counts = encoding.symbolCounts();
        int frequent = 0;
        long all = counts.size();
        for (int v = 0; v < counts.size(); v++) {
            frequent = counts.get(v) > counts.get(frequent) ? v : frequent;
            all += counts.get(v);
        }
        long count = 0;
        long wrong = 0;
        long usual = 0;
        int whole = 0;
        double surprise = 0;
        for (int i = 0; i < made.length; i++) {
            float[] tokens = coder.target(part, sequences.get(i));
            float[] target = Arrays.copyOf(tokens, tokens.length + 1);
            target[tokens.length] = TokenCode.END_NUMBER;
            int mistakes = 0;
            for (int t = 0; t < target.length; t++) {
                mistakes += t < made[i].length && made[i][t] == target[t] ? 0 : 1;
                usual += target[t] == frequent ? 0 : 1;
                surprise -= StrictMath.log((counts.get((int) target[t]) + 1.0) / all);
            }
            whole += mistakes == 0 ? 1 : 0;
            wrong += mistakes;
            errors[i] += mistakes;
            targets[i] += target.length;
            count += target.length;
        }
        return new PartScore(
                part,
                count,
                wrong / (double) count,
                List.of(new OtherError("the most frequent symbol", usual / (double) count)),
                whole / (double) made.length,
                StrictMath.exp(loss(index) / count),
                StrictMath.exp(surprise / count));
    }

    /** The sum of the cross-entropies of all targets of a part, in nats. */
    private double loss(int part) {
        EncodeObjective objective =
                new EncodeObjective(autoencoder.model().network(), encoding.chosen(), coder, sequences, 0, 0);
        double sum = 0;
        for (int from = 0; from < sequences.size(); from += Decoding.BATCH) {
            int[] batch = IntStream.range(from, Math.min(sequences.size(), from + Decoding.BATCH))
                    .toArray();
            Tape tape = new Tape(kernels, new Workspace());
            tape.begin();
            ShardLoss loss = objective.of(part, tape, batch);
            Tensor value = loss.sum().value();
            sum += value.data()[value.offset()];
        }
        return sum;
    }

    // ---------------------------------------------------------------- words

    /** Adds a sentence; tells whether nothing else is better. */
    private boolean sentence(PartScore score, List<String> sentences) {
        OtherError best = score.others().get(0);
        for (OtherError other : score.others()) {
            best = other.error() < best.error() ? other : best;
        }
        boolean good = score.error() < best.error();
        String what = score.part() == Part.RECONSTRUCTION ? "reconstruction" : "prediction";
        StringBuilder against = new StringBuilder();
        for (OtherError other : score.others()) {
            against.append(against.length() == 0 ? "" : " and ")
                    .append(shown(other.error()))
                    .append(" of ")
                    .append(other.way());
        }
        sentences.add("The " + what
                + (encoding.isText() ? " has a share of wrong tokens of " : " has a mean squared error of ")
                + shown(score.error()) + ", against " + against + ": "
                + (good
                        ? "the network does better."
                        : "the network does not beat " + best.way() + "; "
                                + (best.way().contains("principal")
                                        ? "a linear code of the same size keeps more here."
                                        : "its vectors say little about these sequences.")));
        return good;
    }

    private static String shown(double error) {
        return String.format(Locale.ROOT, "%.4f", error);
    }
}
