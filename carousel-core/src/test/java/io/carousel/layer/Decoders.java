package io.carousel.layer;

import io.carousel.autograd.Gradients;
import io.carousel.tensor.Rng;
import java.util.List;
import java.util.stream.Stream;

/** Networks with a source, for tests of what holds for all of them; both inputs have three features. */
public final class Decoders {
    private Decoders() {}

    /** Specs that together use every bridge and every choice of attention. */
    public static Stream<NetworkSpec> specs() {
        return Stream.concat(bridges(), attentions());
    }

    /** Those with attention. */
    static Stream<NetworkSpec> attentions() {
        RecurrentSpec two = RecurrentSpec.of("decoder", "lstm", List.of(5, 4)).withDropout(0.3);
        RecurrentSpec one = RecurrentSpec.of("decoder", "gru", List.of(6));
        RecurrentSpec regular = RecurrentSpec.of("decoder", "lstm", List.of(4))
                .withRegularization(Regularization.NONE.withZoneout(0.2, 0.1).withVariationalDropout(0, 0.2))
                .withInitialState(InitialState.LEARNED)
                .withClip(new Clip(0.8, 1.5));
        AttentionSpec additive = AttentionSpec.additive(7);
        return Stream.of(
                attending(two, additive, DecoderSpec.Feeding.CONTEXT),
                attending(one, additive, DecoderSpec.Feeding.OUTPUT),
                attending(one, additive, DecoderSpec.Feeding.NOTHING),
                attending(one, AttentionSpec.dot(), DecoderSpec.Feeding.CONTEXT),
                attending(one, AttentionSpec.dot(), DecoderSpec.Feeding.OUTPUT),
                attending(two, AttentionSpec.general(), DecoderSpec.Feeding.OUTPUT),
                attending(regular, AttentionSpec.general(), DecoderSpec.Feeding.CONTEXT),
                attending(two, AttentionSpec.general().local(2, 5), DecoderSpec.Feeding.OUTPUT),
                attending(one, additive.local(1, 1), DecoderSpec.Feeding.CONTEXT),
                attending(two, AttentionSpec.scaled(6, 3), DecoderSpec.Feeding.OUTPUT),
                attending(one, AttentionSpec.scaled(6, 2), DecoderSpec.Feeding.NOTHING),
                attending(one, AttentionSpec.scaled(6, 1).local(3, 1), DecoderSpec.Feeding.CONTEXT),
                attending(two, additive.withCoverage(9, 0.7), DecoderSpec.Feeding.CONTEXT),
                attending(one, additive.withCoverage(9, 0), DecoderSpec.Feeding.NOTHING),
                attending(
                        RecurrentSpec.of("decoder", "layer-norm-lstm", List.of(5)),
                        additive,
                        DecoderSpec.Feeding.CONTEXT),
                attending(
                        RecurrentSpec.of("decoder", "min-lstm", List.of(5)),
                        AttentionSpec.general(),
                        DecoderSpec.Feeding.OUTPUT));
    }

    private static NetworkSpec attending(RecurrentSpec levels, AttentionSpec attention, DecoderSpec.Feeding feeding) {
        RecurrentSpec encoder = both("gru", 3);
        return new NetworkSpec(
                3,
                List.of(new DecoderSpec(levels, attention, 6, feeding, 5), new DenseSpec("head", 2)),
                new SourceSpec(
                        new NetworkSpec(3, List.of(encoder)),
                        levels.initialState() == InitialState.LEARNED ? new NoBridge() : new DenseBridge("bridge")));
    }

    /** Those without attention, which use every bridge. */
    private static Stream<NetworkSpec> bridges() {
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
