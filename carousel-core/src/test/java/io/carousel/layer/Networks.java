package io.carousel.layer;

import io.carousel.autograd.Gradients;
import io.carousel.cell.Cells;
import io.carousel.data.SequenceBatch;
import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Networks and batches for tests of what holds for every network. */
public final class Networks {
    private Networks() {}

    /** Specs that together use every layer and every choice; inputs have three features. */
    public static Stream<NetworkSpec> specs() {
        return Stream.concat(streaming(), backward());
    }

    /** Those with layers that read backward, of every cell. */
    public static Stream<NetworkSpec> backward() {
        return Stream.concat(
                backwardOfOneCell(),
                cells().map(cell -> new NetworkSpec(
                        3, List.of(stack(cell).withDirection(Direction.BIDIRECTIONAL), new DenseSpec("head", 2)))));
    }

    /** Those that can be fed one time step at a time, of every cell. */
    public static Stream<NetworkSpec> streaming() {
        return Stream.concat(
                streamingOfOneCell(),
                cells().map(cell -> new NetworkSpec(3, List.of(stack(cell), new DenseSpec("head", 2)))));
    }

    /** Two layers of a cell, wider and narrower than a vector; one of a cell that fits the lowest only. */
    public static RecurrentSpec stack(String cell) {
        boolean lowestOnly = Cells.create(cell, 3, 18).readsTimeGap();
        return RecurrentSpec.of("encoder", cell, lowestOnly ? List.of(18) : List.of(18, 6));
    }

    private static Stream<NetworkSpec> backwardOfOneCell() {
        RecurrentSpec encoder = RecurrentSpec.of("encoder", "lstm", List.of(9, 5));
        RecurrentSpec both = encoder.withDirection(Direction.BIDIRECTIONAL);
        return Stream.of(
                new NetworkSpec(3, List.of(encoder.withDirection(Direction.BACKWARD), new DenseSpec("head", 2))),
                new NetworkSpec(3, List.of(both.withDropout(0.3), new LastStepSpec(), new DenseSpec("head", 2))),
                new NetworkSpec(
                        3,
                        List.of(RecurrentSpec.of("encoder", "lstm", List.of(5, 5))
                                .withDirection(Direction.BIDIRECTIONAL)
                                .withMerge(Merge.SUM)
                                .withConnection(Connection.HIGHWAY)
                                .withInitialState(InitialState.LEARNED))),
                new NetworkSpec(3, List.of(both.withMerge(Merge.AVERAGE).withClip(new Clip(0.3, 0.5)))),
                new NetworkSpec(3, List.of(both.withMerge(Merge.MULTIPLY))),
                new NetworkSpec(3, List.of(both, PoolingSpec.last("pool", Direction.BIDIRECTIONAL))),
                new NetworkSpec(
                        3,
                        List.of(
                                encoder.withDirection(Direction.BACKWARD),
                                PoolingSpec.last("pool", Direction.BACKWARD))),
                new NetworkSpec(3, List.of(both, PoolingSpec.attention("pool", 7), new DenseSpec("head", 2))),
                new NetworkSpec(3, List.of(both.withRegularization(regularization()))),
                new NetworkSpec(
                        3,
                        List.of(
                                RecurrentSpec.of("first", "lstm", List.of(7)),
                                new SumSpec(List.of(
                                        List.of(both, new DenseSpec("head", 2)), List.of(new DenseSpec("linear", 2)))),
                                new WindowSpec("recent", 2))));
    }

    /** Every regulariser, of which prediction shows zoneout. */
    private static Regularization regularization() {
        return Regularization.NONE
                .withVariationalDropout(0.2, 0.3)
                .withDropConnect(0.1)
                .withZoneout(0.2, 0.4)
                .withPenalties(2, 1);
    }

    private static Stream<NetworkSpec> streamingOfOneCell() {
        RecurrentSpec encoder =
                RecurrentSpec.of("encoder", "lstm", List.of(9, 17)).withDropout(0.3);
        RecurrentSpec deep = RecurrentSpec.of("deep", "lstm", List.of(6, 6, 6));
        return Stream.of(
                new NetworkSpec(3, List.of(deep.withConnection(Connection.RESIDUAL))),
                new NetworkSpec(3, List.of(deep.withRegularization(regularization()))),
                new NetworkSpec(
                        3, List.of(deep.withRegularization(regularization()).withClip(new Clip(0.3, 0.5)))),
                new NetworkSpec(3, List.of(deep.withClip(new Clip(0.3, 0.5)))),
                new NetworkSpec(
                        3, List.of(RecurrentSpec.of("gru", "gru", List.of(17)).withClip(Clip.ofActivations(0.5)))),
                new NetworkSpec(
                        3, List.of(deep.withConnection(Connection.HIGHWAY).withInitialState(InitialState.LEARNED))),
                new NetworkSpec(3, List.of(encoder)),
                new NetworkSpec(3, List.of(encoder, PoolingSpec.mean("pool"), new DenseSpec("head", 2))),
                new NetworkSpec(3, List.of(encoder, PoolingSpec.max("pool"))),
                new NetworkSpec(3, List.of(encoder, PoolingSpec.last("pool", Direction.FORWARD))),
                new NetworkSpec(3, List.of(encoder, PoolingSpec.attention("pool", 19))),
                new NetworkSpec(3, List.of(encoder, new DropoutSpec("drop", 0.5), new DenseSpec("head", 2))),
                new NetworkSpec(3, List.of(new WindowSpec("recent", 4), new DenseSpec("linear", 2))),
                new NetworkSpec(
                        3,
                        List.of(new SumSpec(List.of(
                                List.of(
                                        RecurrentSpec.of("encoder", "lstm", List.of(33)),
                                        new LastStepSpec(),
                                        new DenseSpec("head", 2)),
                                List.of(new WindowSpec("recent", 2), new DenseSpec("linear", 2)))))),
                new NetworkSpec(
                        3,
                        List.of(new SumSpec(
                                List.of(List.of(RecurrentSpec.of("residual", "lstm", List.of(3))), List.of())))));
    }

    /** The text of a spec for every cell; with options where they matter. */
    public static Stream<String> cells() {
        return Stream.concat(Cells.names().stream(), Stream.of("slstm:heads=2"));
    }

    public static Network network(NetworkSpec spec) {
        Network network = Network.create(spec, Rng.of(21));
        float[] values = network.parameters().values();
        float[] noise = Gradients.normal(Rng.of(22), values.length, 0.1);
        for (int i = 0; i < values.length; i++) {
            values[i] += noise[i];
        }
        network.parameters().changed();
        return network;
    }

    /** Sequences of normal numbers, three features a time step. */
    public static List<float[][]> sequences(int... lengths) {
        Rng rng = Rng.of(23);
        List<float[][]> sequences = new ArrayList<>();
        for (int length : lengths) {
            float[][] sequence = new float[length][];
            for (int t = 0; t < length; t++) {
                sequence[t] = Gradients.normal(rng, 3, 1);
            }
            sequences.add(sequence);
        }
        return sequences;
    }

    public static SequenceBatch batch(List<float[][]> sequences) {
        return SequenceBatch.of(sequences, 3);
    }
}
