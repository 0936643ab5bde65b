package io.carousel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.carousel.Golden;
import io.carousel.autograd.Gradients;
import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.tensor.Rng;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A model file in Python: read without a library, its weights fit {@code torch.nn.LSTM} by name and shape, and give the
 * same outputs. Skipped, and says so, where there is no Python with PyTorch.
 */
@Tag("slow")
class PyTorchFormatTest {

    private static final int FEATURES = 3;
    private static final int HIDDEN = 5;
    private static final int LAYERS = 2;
    private static final int STEPS = 6;

    @TempDir
    Path folder;

    @Test
    void theWeightsOfAModelFileFitPyTorchByNameAndGiveTheSameOutputs() throws Exception {
        String python = pythonWithTorch();
        assumeTrue(python != null, "skipped: no Python with PyTorch (Debian has it as python3-torch)");
        RecurrentSpec recurrent = RecurrentSpec.of("encoder", "lstm", List.of(HIDDEN, HIDDEN));
        Network network =
                Network.create(new NetworkSpec(FEATURES, List.of(recurrent, new DenseSpec("head", 2))), Rng.of(11));
        float[][] sequence = new float[STEPS][];
        for (int t = 0; t < STEPS; t++) {
            sequence[t] = Gradients.normal(Rng.of(100 + t), FEATURES, 1);
        }
        Path file = folder.resolve("model.carousel");
        Model.of(network, Json.object(), ModelExamples.provenance()).save(file);

        JsonNode answer = run(python, file, sequence);

        Model model = Model.load(file);
        SequenceBatch batch = SequenceBatch.of(List.<float[][]>of(sequence), FEATURES);
        float[] actual =
                model.network().predict(Kernels.best(), batch, model.network().initialState(1));
        double[] expected = Golden.doubles(answer.get("head"));
        // The longest path: every time step of every layer, each with the terms of its products and about 40 roundings
        // of
        // the gates, then the head's.
        int roundings = (STEPS + LAYERS - 1) * (FEATURES + 2 * HIDDEN + 40) + HIDDEN + 1;
        assertThat(actual).hasSize(expected.length).hasSize(2 * STEPS);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i])
                    .as("output %d", i)
                    .isCloseTo(expected[i], within(Gradients.bound(roundings, Gradients.largest(expected))));
        }
    }

    private JsonNode run(String python, Path model, float[][] sequence) throws IOException, InterruptedException {
        Path input = Files.writeString(
                folder.resolve("input.json"),
                Json.write(Map.of("name", "encoder", "head", "head", "sequence", sequence)));
        Process process = new ProcessBuilder(python, script().toString(), model.toString())
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return Json.readObject(output.substring(output.indexOf('{')), "output of the script");
    }

    /** The script, from the folder of the module, in which the tests run, or from that of the project. */
    private static Path script() {
        Path path = Path.of("tools", "golden", "check_model_file.py");
        return Files.exists(path) ? path : Path.of("..").resolve(path);
    }

    private static @Nullable String pythonWithTorch() throws InterruptedException {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(python, "-c", "import torch")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor(10, TimeUnit.MINUTES) && process.exitValue() == 0) {
                    return python;
                }
                process.destroyForcibly();
            } catch (IOException e) {
                // Not there: try the next.
            }
        }
        return null;
    }
}
