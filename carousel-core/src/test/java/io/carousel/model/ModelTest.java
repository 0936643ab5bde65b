package io.carousel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.cell.Cells;
import io.carousel.layer.CrfSpec;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.TiedDenseSpec;
import io.carousel.layer.WindowSpec;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ModelTest {

    @TempDir
    Path folder;

    private final Model model = ModelExamples.small();
    private Path file;
    private Map<String, String> metadata;
    private List<NamedTensor> tensors;

    @BeforeEach
    void save() throws IOException {
        file = folder.resolve("m.carousel");
        model.save(file);
        SafeTensors content = SafeTensors.read(file);
        metadata = new TreeMap<>(content.metadata());
        tensors = new ArrayList<>(content.tensors());
    }

    @Test
    void aModelReadsBackEqual() throws IOException {
        Model back = Model.load(file);
        assertThat(back.spec()).isEqualTo(model.spec());
        assertThat(back.task()).isEqualTo(model.task());
        assertThat(back.provenance()).isEqualTo(model.provenance());
        assertThat(back.network().parameters().values())
                .isEqualTo(model.network().parameters().values());
    }

    @Test
    void aWordModelWithATiedWeightReadsBackEqual() throws IOException {
        NetworkSpec spec = new NetworkSpec(
                1,
                List.of(
                        new EmbeddingSpec("embedding", 12, 4).withStart(EmbeddingSpec.Start.NORMAL, 0.5),
                        RecurrentSpec.of("encoder", "lstm", List.of(4)),
                        new TiedDenseSpec("decoder", 12, "embedding")));
        Model words = Model.of(Network.create(spec, Rng.of(1)), Json.object(), ModelExamples.provenance());
        words.save(file);
        Model back = Model.load(file);

        assertThat(back.spec()).isEqualTo(spec);
        assertThat(SafeTensors.read(file).tensors().stream().map(NamedTensor::name))
                .contains("embedding.weight", "decoder.bias")
                .doesNotContain("decoder.weight");
        assertThat(back.network().parameters().values())
                .isEqualTo(words.network().parameters().values());
    }

    @Test
    void aTaggerOfWholeSequencesReadsBackEqual() throws IOException {
        NetworkSpec spec = new NetworkSpec(2, List.of(new DenseSpec("scores", 3), new CrfSpec("crf", 3)));
        Model tagger = Model.of(Network.create(spec, Rng.of(1)), Json.object(), ModelExamples.provenance());
        tagger.save(file);
        Model back = Model.load(file);

        assertThat(back.spec()).isEqualTo(spec);
        assertThat(SafeTensors.read(file).tensors().stream().map(NamedTensor::name))
                .contains("crf.transitions", "crf.start", "crf.end");
        assertThat(back.network().parameters().values())
                .isEqualTo(tagger.network().parameters().values());
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        Path again = folder.resolve("again");
        Model.load(file).save(again);
        assertThat(again).hasSameBinaryContentAs(file);
        ModelExamples.small().save(again);
        assertThat(again).hasSameBinaryContentAs(file);
    }

    @Test
    void weightsCarryTheNamesAndShapesOfPyTorch() throws IOException {
        Map<String, String> shapes = new TreeMap<>();
        SafeTensors.readHeader(file)
                .tensors()
                .forEach(t -> shapes.put(t.name(), t.shape().toString()));
        assertThat(shapes)
                .containsEntry("encoder.weight_ih_l0", "[16, 2]")
                .containsEntry("encoder.weight_hh_l0", "[16, 4]")
                .containsEntry("encoder.bias_ih_l0", "[16]")
                .containsEntry("encoder.bias_hh_l0", "[16]")
                .containsEntry("encoder.weight_ih_l1", "[12, 4]")
                .containsEntry("head.weight", "[2, 3]")
                .containsEntry("head.bias", "[2]");
    }

    @Test
    void trainingOnChangesNothingInTheModel() {
        Network network = Network.create(ModelExamples.spec(), Rng.of(1));
        Model made = Model.of(network, Json.object(), ModelExamples.provenance());
        float before = made.network().parameters().values()[0];
        network.parameters().values()[0] = 99;
        network.parameters().changed();
        assertThat(made.network().parameters().values()[0]).isEqualTo(before);
    }

    @Test
    void theTaskAndThePlanCannotBeChangedFromOutside() {
        model.task().put("target", "other");
        model.provenance().plan().put("epochs", 99);
        assertThat(model.task().get("target").asString()).isEqualTo("flow");
        assertThat(model.provenance().plan().get("epochs").intValue()).isEqualTo(3);
    }

    @Test
    void aWeightThatIsNotFiniteIsNotSaved() {
        Network network = Network.create(ModelExamples.spec(), Rng.of(1));
        network.parameters().values()[network.parameters().get("head.bias").offset() + 1] = Float.NaN;
        network.parameters().changed();
        assertThatThrownBy(() -> Model.of(network, Json.object(), ModelExamples.provenance()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weight 1 of head.bias must be finite, got NaN; keep the weights of an earlier epoch");
    }

    @Test
    void aWeightThatIsNotFiniteIsNotLoaded() {
        replace("head.bias", Tensor.of(Shape.of(2), 0, Float.NEGATIVE_INFINITY));
        refused("weight 1 of tensor head.bias must be finite, got -Infinity; train the model again");
    }

    @Test
    void aTaskThatCouldNotBeReadBackIsNotSaved() {
        ObjectNode task = Json.object();
        ArrayNode words = task.putArray("words");
        for (int i = 0; i <= Json.MAX_TOKENS; i++) {
            words.add(i);
        }
        Model large = Model.of(model.network(), task, model.provenance());
        Path path = folder.resolve("large.carousel");
        assertThatThrownBy(() -> large.save(path))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("the model to save, carousel.task: JSON")
                .hasMessageContaining("Token count");
        assertThat(path).doesNotExist();
    }

    @Test
    void aMissingTensorIsRefused() {
        tensors.removeIf(t -> t.name().equals("head.bias"));
        refused(
                "file must have a tensor for each weight of the network, got none for [head.bias]; the file is damaged");
    }

    @Test
    void anExtraTensorIsRefused() {
        tensors.add(new NamedTensor("extra", Tensor.zeros(1)));
        refused("tensor extra must be a weight of the network; the file is damaged");
    }

    @Test
    void aTensorOfAnotherShapeIsRefused() {
        replace("head.weight", Tensor.zeros(3, 2));
        refused("tensor head.weight must have shape [2, 3] as the network says, got [3, 2]; the file is damaged");
    }

    @Test
    void anotherFormatIsRefused() {
        metadata.put("carousel.format", "model 2");
        refused(
                "metadata carousel.format must be \"model 1\", got \"model 2\"; it is no model, or one of a later release");
    }

    @Test
    void aSafetensorsFileThatIsNoModelIsRefused() {
        metadata.clear();
        refused("metadata must have the key carousel.format, got only []; the file was not written by Carousel");
    }

    @Test
    void aKeyThatIsNotKnownIsRefused() {
        metadata.put("carousel.extra", "1");
        refused("metadata must have only the keys");
    }

    @Test
    void aNetworkOfAbsurdSizeIsRefusedBeforeRoomIsMade() {
        for (int size : new int[] {1 << 29, 1 << 30, Integer.MAX_VALUE, 1 << 20}) {
            network(new NetworkSpec(2, List.of(RecurrentSpec.of("encoder", "lstm", List.of(size)))));
            refused("");
            network(new NetworkSpec(2, List.of(new DenseSpec("head", size))));
            refused("");
            network(new NetworkSpec(size, List.of(new DenseSpec("head", 2))));
            refused("");
        }
    }

    @Test
    void aNetworkThatRemembersAbsurdlyMuchIsRefused() {
        tensors.clear();
        network(new NetworkSpec(2, List.of(new WindowSpec("w", 1 << 28))));
        refused("network must remember at most 16777216 numbers of a sequence, got 536870912; the file is damaged");
        network(new NetworkSpec(2, List.of(new WindowSpec("w", Integer.MAX_VALUE))));
        refused("network must be one that can be built");
    }

    @Test
    void aNetworkWithOneNameTwiceIsRefused() {
        network(new NetworkSpec(2, List.of(new DenseSpec("head", 2), new DenseSpec("head", 2))));
        refused("network must have weights of different names, got head.weight twice; the file is damaged");
        tensors.clear();
        network(new NetworkSpec(2, List.of(new WindowSpec("w", 2), new WindowSpec("w", 2))));
        refused("network must have state parts of different names; the file is damaged");
    }

    @Test
    void aLayerThatIsNotKnownIsRefused() {
        metadata.put("carousel.network", "{\"inputSize\":2,\"layers\":[{\"type\":\"java.net.URL\"}]}");
        refused(", carousel.network: JSON");
        metadata.put("carousel.network", "{\"inputSize\":2,\"layers\":[null]}");
        refused(", carousel.network: JSON");
        NetworkSpec known = new NetworkSpec(2, List.of(RecurrentSpec.of("encoder", "lstm", List.of(3))));
        metadata.put("carousel.network", Json.write(known).replace("lstm", "gru9"));
        refused("cell must be one of " + Cells.names()
                + ", got gru9; name one of them, or put the cell of that name on the class path");
    }

    @Test
    void nestingThatIsDeepIsRefused() {
        String deep = "{\"type\":\"sum\",\"branches\":[[".repeat(1000);
        metadata.put("carousel.network", "{\"inputSize\":2,\"layers\":[" + deep);
        refused("depth");
        metadata.put("carousel.task", "{\"a\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}");
        metadata.put("carousel.network", Json.write(model.spec()));
        refused("depth");
    }

    @Test
    void aFileWithoutChecksumIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] renamed = text.replace("carousel.sha256", "carousel.sha255").getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, renamed);
        assertThatThrownBy(() -> Model.load(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("metadata must have the key carousel.sha256, got none");
    }

    private void network(NetworkSpec spec) {
        metadata.put("carousel.network", Json.write(spec));
    }

    private void replace(String name, Tensor tensor) {
        tensors.replaceAll(t -> t.name().equals(name) ? new NamedTensor(name, tensor) : t);
    }

    private void refused(String reason) {
        Path hostile = folder.resolve("hostile.carousel");
        assertThatThrownBy(() -> {
                    SafeTensors.write(hostile, metadata, tensors);
                    Model.load(hostile);
                })
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(hostile.toString())
                .hasMessageContaining(reason);
    }
}
