package io.carousel.task.translate;

import io.carousel.data.BatchLayout;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkStepper;
import io.carousel.layer.Source;
import io.carousel.loss.SoftmaxCrossEntropy;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** From sources to translations with a trained network. What a source becomes does not depend on the others. */
final class Decoding {
    /** Sources that are computed at once. */
    private static final int TOGETHER = 32;

    private final Network network;
    private final TranslateEncoding encoding;
    private final Kernels kernels;

    Decoding(Network network, TranslateEncoding encoding, Kernels kernels) {
        this.network = network;
        this.encoding = encoding;
        this.kernels = kernels;
    }

    List<Translation> greedy(List<String> sources) {
        Translation[] all = new Translation[sources.size()];
        List<Integer> waiting = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            if (encoding.source().tokens(sources.get(i)).isEmpty()) {
                all[i] = nothing(sources.get(i));
            } else {
                waiting.add(i);
            }
        }
        for (int from = 0; from < waiting.size(); from += TOGETHER) {
            List<Integer> some = waiting.subList(from, Math.min(waiting.size(), from + TOGETHER));
            List<Translation> found = batch(some.stream().map(sources::get).toList());
            for (int i = 0; i < found.size(); i++) {
                all[some.get(i)] = found.get(i);
            }
        }
        return List.of(all);
    }

    /** What a source without tokens becomes: a target without, surely. */
    private static Translation nothing(String source) {
        return new Translation(
                source,
                List.of(TextSide.END),
                List.of(),
                List.of(new Translation.Candidate("", List.of(), 0, 0, true, List.of())));
    }

    private List<Translation> batch(List<String> sources) {
        List<Source> encoded = encode(sources);
        int[] longest = sources.stream()
                .mapToInt(source -> 50 + 2 * encoding.source().tokens(source).size())
                .toArray();
        int count = sources.size();
        int size = network.outputSize();
        NetworkStepper stepper = network.stepper(kernels, count);
        stepper.begin(encoded);
        float[] x = new float[count];
        Arrays.fill(x, TextSide.END_NUMBER);
        float[] y = new float[count * size];
        double[] logs = new double[count];
        boolean[] ended = new boolean[count];
        List<List<String>> written = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            written.add(new ArrayList<>());
        }
        int most = Arrays.stream(longest).max().orElse(0);
        for (int t = 0; t < most; t++) {
            stepper.step(count, x, 0, y, 0);
            SoftmaxCrossEntropy.logProbabilities(kernels, count, size, y, 0);
            boolean going = false;
            for (int i = 0; i < count; i++) {
                if (ended[i] || t >= longest[i]) {
                    continue;
                }
                int best = TextSide.END_NUMBER;
                for (int v = 1; v < size; v++) {
                    best = y[i * size + v] > y[i * size + best] ? v : best;
                }
                logs[i] += y[i * size + best];
                x[i] = best;
                ended[i] = best == TextSide.END_NUMBER;
                if (!ended[i]) {
                    written.get(i).add(encoding.target().vocabulary().symbol(best));
                }
                going |= !ended[i];
            }
            if (!going) {
                break;
            }
        }
        List<Translation> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String source = sources.get(i);
            List<String> read = new ArrayList<>(encoding.source().tokens(source));
            read.add(TextSide.END);
            List<String> tokens = written.get(i);
            all.add(new Translation(
                    source,
                    read,
                    encoding.source().unknown(source),
                    List.of(new Translation.Candidate(
                            encoding.target().tokenizer().text(tokens),
                            tokens,
                            logs[i],
                            logs[i],
                            ended[i],
                            List.of()))));
        }
        return all;
    }

    private List<Source> encode(List<String> sources) {
        List<int[]> numbers = sources.stream().map(encoding.source()::closed).toList();
        int[] lengths = numbers.stream().mapToInt(each -> each.length).toArray();
        SequenceBatch batch = SequenceBatch.allocate(new Workspace(), BatchLayout.of(lengths), 1);
        for (int index = 0; index < lengths.length; index++) {
            for (int t = 0; t < lengths[index]; t++) {
                batch.values().data()[batch.offset(index, t)] = numbers.get(index)[t];
            }
        }
        return network.encode(kernels, batch);
    }
}
