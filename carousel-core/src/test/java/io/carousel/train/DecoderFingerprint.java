package io.carousel.train;

import io.carousel.data.SequenceBatch;
import io.carousel.data.SequencePair;
import io.carousel.kernel.Kernels;
import io.carousel.layer.AttentionSpec;
import io.carousel.layer.DecoderSpec;
import io.carousel.layer.DenseBridge;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.Direction;
import io.carousel.layer.DropoutSpec;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.SourceSpec;
import io.carousel.task.translate.BeamDecoder;
import io.carousel.task.translate.DecoderOptions;
import io.carousel.task.translate.Hypothesis;
import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Trains a small decoder with attention, which is told now and then what it gave itself, and digests all that came of it. */
final class DecoderFingerprint {
    private static final int VOCABULARY = 9;
    private static final int START = 0;
    private static final int END = 1;
    private static final int LONGEST = 6;

    private DecoderFingerprint() {}

    static String digest(int threads) {
        Network network = network();
        ScheduledSampling falling = new ScheduledSampling(ScheduledSampling.Decay.LINEAR, 8, 0.25);
        TeacherForcing training = new TeacherForcing(network, pairs(24, Rng.of(6)), new SoftmaxOutput(0.1))
                .withSampling(falling, OwnOutput.drawn());
        TeacherForcing validation = new TeacherForcing(network, pairs(7, Rng.of(7)), new SoftmaxOutput());
        TrainingPlan plan =
                TrainingPlan.defaults().withEpochs(3).withBatchSize(8).withShardSize(3);
        TrainingResult result = Trainer.builder(plan).threads(threads).build().fit(training, validation);

        Fingerprint fingerprint = new Fingerprint().add(network.parameters().values());
        for (EpochReport epoch : result.history()) {
            fingerprint.add(epoch.trainingLoss()).add(Objects.requireNonNull(epoch.validationLoss()));
        }
        write(network)
                .forEach(texts -> texts.forEach(text -> {
                    text.tokens().forEach(fingerprint::add);
                    fingerprint.add(text.logProbability()).add(text.score());
                }));
        return fingerprint.hex();
    }

    /** What a search makes of a few sources. */
    private static List<List<Hypothesis>> write(Network network) {
        Kernels kernels = Kernels.best();
        List<float[][]> sources = new ArrayList<>();
        Rng rng = Rng.of(8);
        for (int length : new int[] {3, 0, LONGEST, 1}) {
            float[][] rows = new float[length][];
            for (int t = 0; t < length; t++) {
                rows[t] = new float[] {symbol(rng)};
            }
            sources.add(rows);
        }
        DecoderOptions options = DecoderOptions.search(3)
                .withTokens(1, 8)
                .withPenalties(0.6, 0.3)
                .withBest(2);
        BeamDecoder decoder =
                new BeamDecoder(network, kernels, new BeamDecoder.Symbols(START, END, Set.of(START)), options);
        return decoder.decode(network.encode(kernels, SequenceBatch.of(sources, 1)));
    }

    /** Sources of up to {@link #LONGEST} symbols, and the same backward. */
    private static List<SequencePair> pairs(int count, Rng rng) {
        List<SequencePair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] source = new int[1 + rng.nextInt(LONGEST)];
            int[] target = new int[source.length];
            for (int t = 0; t < source.length; t++) {
                source[t] = symbol(rng);
                target[source.length - 1 - t] = source[t];
            }
            pairs.add(SequencePair.ofTokens(source, target, START, END));
        }
        return pairs;
    }

    private static int symbol(Rng rng) {
        return 2 + rng.nextInt(VOCABULARY - 2);
    }

    private static Network network() {
        NetworkSpec encoder = new NetworkSpec(
                1,
                List.of(
                        new EmbeddingSpec("words", VOCABULARY, 7),
                        new DropoutSpec("words_dropout", 0.2),
                        RecurrentSpec.of("encoder", "gru", List.of(9)).withDirection(Direction.BIDIRECTIONAL)));
        RecurrentSpec levels =
                RecurrentSpec.of("decoder", "lstm", List.of(18, 17)).withDropout(0.2);
        AttentionSpec attention = AttentionSpec.additive(19).withCoverage(LONGEST, 0.5);
        return Network.create(
                new NetworkSpec(
                        1,
                        List.of(
                                new EmbeddingSpec("target", VOCABULARY, 7),
                                new DropoutSpec("target_dropout", 0.2),
                                new DecoderSpec(levels, attention, 18, DecoderSpec.Feeding.OUTPUT, 16),
                                new DenseSpec("head", VOCABULARY)),
                        new SourceSpec(encoder, new DenseBridge("bridge"))),
                Rng.of(5).stream("weights"));
    }
}
