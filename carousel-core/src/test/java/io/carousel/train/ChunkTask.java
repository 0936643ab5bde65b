package io.carousel.train;

import io.carousel.autograd.Gradients;
import io.carousel.data.LabelledSequence;
import io.carousel.data.StreamedSequences;
import io.carousel.data.Streams;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.InitialState;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ragged sequences of random numbers with targets at most of their time steps, and a network of two layers for them. */
final class ChunkTask {
    static final int FEATURES = 2;
    static final List<Integer> HIDDEN_SIZES = List.of(4, 2);

    private ChunkTask() {}

    static Network network(double dropout) {
        return network("lstm", dropout);
    }

    static Network network(String cell, double dropout) {
        return network(cell, dropout, InitialState.ZERO);
    }

    static Network network(String cell, double dropout, InitialState initial) {
        return Network.create(
                new NetworkSpec(
                        FEATURES,
                        List.of(
                                RecurrentSpec.of("encoder", cell, HIDDEN_SIZES)
                                        .withDropout(dropout)
                                        .withInitialState(initial),
                                new DenseSpec("head", 1))),
                Rng.of(11));
    }

    /** Four streams of eleven, twelve, twelve and nine time steps, in which ten sequences start and one is empty. */
    static Streams packed() {
        return StreamedSequences.packed(sequences(11, 3, 1, 2, 1, 0, 5, 7, 9, 5), 4);
    }

    static Streams each(int... lengths) {
        return StreamedSequences.each(sequences(lengths));
    }

    private static List<LabelledSequence> sequences(int... lengths) {
        Rng rng = Rng.of(12);
        List<LabelledSequence> sequences = new ArrayList<>();
        int steps = 0;
        for (int length : lengths) {
            float[][] inputs = new float[length][];
            List<float @Nullable []> targets = new ArrayList<>();
            for (int t = 0; t < length; t++) {
                inputs[t] = Gradients.normal(rng, FEATURES, 1);
                targets.add(steps++ % 5 == 3 ? null : Gradients.normal(rng, 1, 1));
            }
            sequences.add(new LabelledSequence(inputs, targets));
        }
        return sequences;
    }
}
