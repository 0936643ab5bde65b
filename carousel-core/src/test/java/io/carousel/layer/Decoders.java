package io.carousel.layer;

import io.carousel.autograd.Gradients;
import io.carousel.tensor.Rng;
import java.util.List;
import java.util.stream.Stream;

/** Networks with a source, for tests of what holds for all of them; both inputs have three features. */
public final class Decoders {
    private Decoders() {}

    /** Specs that together use every bridge. */
    public static Stream<NetworkSpec> specs() {
        return Stream.of(
                decoder(encoder("lstm", 5), new NoBridge(), "lstm", 4),
                decoder(encoder("lstm", 18, 6), new CopyBridge(), "lstm", 18, 6),
                decoder(both("gru", 5, 7), new CopyBridge(Direction.BACKWARD), "gru", 5, 7),
                decoder(both("lstm", 5), new DenseBridge("bridge"), "gru", 9, 4),
                decoder(both("gru", 5, 4), new DenseBridge("bridge", false), "lstm", 6),
                decoder(encoder("lstm", 5), new VectorBridge("code", 3, false), "lstm", 6),
                decoder(both("gru", 5), new VectorBridge("code", 3, true), "lstm", 6),
                two(encoder("gru", 5), new VectorBridge("code", 3, false)));
    }

    static RecurrentSpec encoder(String cell, Integer... hiddenSizes) {
        return RecurrentSpec.of("encoder", cell, List.of(hiddenSizes));
    }

    static RecurrentSpec both(String cell, Integer... hiddenSizes) {
        return encoder(cell, hiddenSizes).withDirection(Direction.BIDIRECTIONAL);
    }

    static NetworkSpec decoder(RecurrentSpec encoder, BridgeSpec bridge, String cell, Integer... hiddenSizes) {
        return new NetworkSpec(
                3,
                List.of(RecurrentSpec.of("decoder", cell, List.of(hiddenSizes)), new DenseSpec("head", 2)),
                new SourceSpec(new NetworkSpec(3, List.of(encoder)), bridge));
    }

    /** Two decoders of one source, beside each other. */
    static NetworkSpec two(RecurrentSpec encoder, BridgeSpec bridge) {
        JoinSpec join = new JoinSpec(List.of(branch("first", "lstm", 6), branch("second", "gru", 4)));
        return new NetworkSpec(3, List.of(join), new SourceSpec(new NetworkSpec(3, List.of(encoder)), bridge));
    }

    /** A decoder with layers of that name. */
    static List<LayerSpec> branch(String name, String cell, int hidden) {
        return List.of(RecurrentSpec.of(name, cell, List.of(hidden)), new DenseSpec(name + "_head", 2));
    }

    /** A network whose weights are all random. */
    public static Network network(NetworkSpec spec) {
        Network network = Network.create(spec, Rng.of(7));
        float[] values = network.parameters().values();
        System.arraycopy(Gradients.normal(Rng.of(8), values.length, 0.5), 0, values, 0, values.length);
        network.parameters().changed();
        return network;
    }
}
