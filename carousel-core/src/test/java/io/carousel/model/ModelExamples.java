package io.carousel.model;

import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.layer.DecoderSpec;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.DropoutSpec;
import io.carousel.layer.LastStepSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.SourceSpec;
import io.carousel.layer.SumSpec;
import io.carousel.layer.VectorBridge;
import io.carousel.layer.WindowSpec;
import io.carousel.tensor.Rng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Small models that are always the same. Its {@link #main} writes the files that stand for a release in the tests. */
final class ModelExamples {

    private ModelExamples() {}

    /** Every kind of layer that there is. */
    static NetworkSpec spec() {
        List<LayerSpec> recurrent = List.of(
                RecurrentSpec.of("encoder", "lstm", List.of(4, 3)).withDropout(0.1),
                new DropoutSpec("drop", 0.2),
                new LastStepSpec(),
                new DenseSpec("head", 2));
        List<LayerSpec> linear = List.of(new WindowSpec("skip", 3), new DenseSpec("linear", 2));
        return new NetworkSpec(2, List.of(new SumSpec(List.of(recurrent, linear))));
    }

    static Model small() {
        ObjectNode task = Json.object();
        task.put("type", "forecast").put("target", "flow").put("horizon", 2);
        task.putObject("scaler").put("type", "standard").put("mean", 0.1).put("deviation", 2.5);
        return Model.of(Network.create(spec(), Rng.of(7)), task, provenance());
    }

    /** A model with a source. */
    static Model decoder() {
        NetworkSpec encoder = new NetworkSpec(2, List.of(RecurrentSpec.of("encoder", "gru", List.of(3))));
        NetworkSpec spec = new NetworkSpec(
                2,
                List.of(
                        DecoderSpec.additive(RecurrentSpec.of("decoder", "gru", List.of(4)), 3),
                        new DenseSpec("head", 2)),
                new SourceSpec(encoder, new VectorBridge("code", 3, true)));
        return Model.of(Network.create(spec, Rng.of(7)), Json.object(), provenance());
    }

    static Provenance provenance() {
        return new Provenance(
                "flow.csv",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                Json.object().put("epochs", 3).put("learningRate", 0.001),
                7,
                "Carousel 0.1.0",
                "OpenJDK 64-Bit Server VM 17.0.15+6",
                "vector 512",
                Duration.ofMillis(1234),
                Instant.parse("2026-11-20T12:34:56Z"),
                null);
    }

    /** What the model makes of three sequences, the shortest of one time step: all outputs, as the bits of floats. */
    static List<Integer> outputs(Model model) {
        List<float[][]> sequences = new ArrayList<>();
        for (int length : new int[] {4, 1, 6}) {
            float[][] sequence = new float[length][];
            for (int t = 0; t < length; t++) {
                sequence[t] = new float[] {(t - 2) / 4f, (length + t) / 8f};
            }
            sequences.add(sequence);
        }
        Network network = model.network();
        float[] outputs =
                network.predict(Kernels.best(), SequenceBatch.of(sequences, 2), network.initialState(sequences.size()));
        List<Integer> bits = new ArrayList<>();
        for (float output : outputs) {
            bits.add(Float.floatToRawIntBits(output));
        }
        return bits;
    }

    /** Writes the model to the file {@code NAME.carousel}, and its outputs to {@code NAME.json}. */
    public static void main(String[] arguments) throws IOException {
        Model model = small();
        model.save(Path.of(arguments[0] + ".carousel"));
        Files.writeString(Path.of(arguments[0] + ".json"), Json.write(outputs(model)) + "\n");
    }
}
