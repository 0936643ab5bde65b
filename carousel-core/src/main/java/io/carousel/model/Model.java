package io.carousel.model;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.cell.StatePart;
import io.carousel.data.AtomicFile;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.SourceSpec;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trained network, the encodings of its task and where it came from.
 *
 * <p>It is kept in one safetensors file: the weights as tensors under their names, and JSON in the metadata. Opening a file,
 * whatever is in it, runs no code, takes no more memory than the file's size asks for, and gives a whole model or an error.
 * See {@code docs/model-file.md}.
 *
 * <p>Immutable, and safe for any number of threads: what a sequence remembers is a {@link io.carousel.layer.State} that its
 * owner keeps.
 */
public final class Model {

    /** The version of the file format that is written; older ones are read. */
    public static final int FORMAT_VERSION = 1;

    private static final long MAX_STATE_SIZE = 1 << 24;

    static final String FORMAT = "carousel.format";
    static final String NETWORK = "carousel.network";
    static final String TASK = "carousel.task";
    static final String PROVENANCE = "carousel.provenance";

    private static final String FORMAT_PREFIX = "model ";
    private static final String PYTORCH = "format";
    private static final Set<String> KEYS = Set.of(PYTORCH, FORMAT, NETWORK, TASK, PROVENANCE);

    private final Network network;
    private final ObjectNode task;
    private final Provenance provenance;

    private Model(Network network, ObjectNode task, Provenance provenance) {
        this.network = network;
        this.task = task;
        this.provenance = provenance;
    }

    /**
     * A model with a copy of the weights of a network, which may be trained on.
     *
     * @param task what the task needs to encode inputs and decode outputs
     * @throws IllegalArgumentException if a weight is NaN or infinite
     */
    public static Model of(Network network, ObjectNode task, Provenance provenance) {
        Parameters copy = Parameters.of(Network.declarations(network.spec()));
        System.arraycopy(network.parameters().values(), 0, copy.values(), 0, copy.size());
        copy.changed();
        for (Parameter parameter : copy.list()) {
            int index = notFinite(parameter.tensor());
            if (index >= 0) {
                throw new IllegalArgumentException(
                        "weight " + index + " of " + parameter.name() + " must be finite, got "
                                + parameter.tensor().data()[parameter.offset() + index]
                                + "; keep the weights of an earlier epoch");
            }
        }
        return new Model(Network.of(network.spec(), copy), (ObjectNode) Json.tree(task), provenance);
    }

    /** The definition of the network. */
    public NetworkSpec spec() {
        return network.spec();
    }

    /** The network with its weights, which nobody may write. */
    public Network network() {
        return network;
    }

    /** The encodings of the task, as a copy. */
    public ObjectNode task() {
        return task.deepCopy();
    }

    public Provenance provenance() {
        return provenance;
    }

    /**
     * Writes the model as one file, complete or not at all; the same model gives the same bytes.
     *
     * @throws IOException if it cannot be written
     */
    public void save(Path path) throws IOException {
        AtomicFile.write(path, content());
    }

    AtomicFile.Content content() throws IOException {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put(PYTORCH, "pt");
        metadata.put(FORMAT, FORMAT_PREFIX + FORMAT_VERSION);
        metadata.put(NETWORK, Json.write(spec()));
        metadata.put(TASK, Json.write(task));
        metadata.put(PROVENANCE, Json.write(provenance));
        for (String key : List.of(NETWORK, TASK, PROVENANCE)) {
            // What is too large to be read back must not be written.
            Json.readObject(metadata.getOrDefault(key, ""), "the model to save, " + key);
        }
        List<NamedTensor> tensors = network.parameters().list().stream()
                .map(parameter -> new NamedTensor(parameter.name(), parameter.tensor()))
                .toList();
        return SafeTensors.content(metadata, tensors);
    }

    /**
     * Reads a model.
     *
     * @throws FormatException if the file is not a sound model of this or an earlier release
     * @throws IOException if it cannot be read
     */
    public static Model load(Path path) throws IOException {
        SafeTensors file = SafeTensors.read(path, Model::check);
        SafeTensorsHeader header = file.header();
        NetworkSpec spec = readSpec(header);
        Parameters parameters = Parameters.of(Network.declarations(spec));
        for (Parameter parameter : parameters.list()) {
            Tensor tensor = file.tensor(parameter.name());
            int index = notFinite(tensor);
            if (index >= 0) {
                throw new FormatException(
                        header.source(),
                        "weight " + index + " of tensor " + parameter.name() + " must be finite, got "
                                + tensor.data()[index] + "; train the model again");
            }
            System.arraycopy(tensor.data(), tensor.offset(), parameters.values(), parameter.offset(), tensor.size());
        }
        parameters.changed();
        return new Model(Network.of(spec, parameters), readTask(header), readProvenance(header));
    }

    /** Everything that can be checked before room is made for the weights. */
    private static void check(SafeTensorsHeader header) throws FormatException {
        checkFormat(header);
        checkKeys(header);
        NetworkSpec spec = readSpec(header);
        readTask(header);
        readProvenance(header);
        try {
            checkTensors(header, Network.declarations(spec));
            checkState(header, spec);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FormatException(header.source(), "network must be one that can be built: " + e.getMessage(), e);
        }
    }

    private static void checkKeys(SafeTensorsHeader header) throws FormatException {
        if (header.checksum() == null) {
            throw new FormatException(
                    header.source(),
                    "metadata must have the key " + SafeTensors.CHECKSUM
                            + ", got none; add it as docs/model-file.md says");
        }
        Set<String> unknown = new TreeSet<>(header.metadata().keySet());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new FormatException(
                    header.source(),
                    "metadata must have only the keys " + new TreeSet<>(KEYS) + ", got "
                            + Json.shorten(unknown.toString())
                            + "; the file comes from a later release or another program");
        }
    }

    private static void checkFormat(SafeTensorsHeader header) throws FormatException {
        String format = header.required(FORMAT);
        if (!format.equals(FORMAT_PREFIX + FORMAT_VERSION)) {
            throw new FormatException(
                    header.source(),
                    "metadata " + FORMAT + " must be \"" + FORMAT_PREFIX + FORMAT_VERSION + "\", got \""
                            + Json.shorten(format) + "\"; it is no model, or one of a later release");
        }
    }

    /** The tensors of the file are those of the network, by name and shape. */
    private static void checkTensors(SafeTensorsHeader header, List<Parameters.Declaration> declarations)
            throws FormatException {
        Map<String, Shape> missing = new LinkedHashMap<>();
        for (Parameters.Declaration declaration : declarations) {
            if (missing.put(declaration.name(), declaration.shape()) != null) {
                throw new FormatException(
                        header.source(),
                        "network must have weights of different names, got " + declaration.name()
                                + " twice; the file is damaged");
            }
        }
        for (TensorInfo tensor : header.tensors()) {
            Shape expected = missing.remove(tensor.name());
            if (expected == null) {
                throw new FormatException(
                        header.source(),
                        "tensor " + tensor.name() + " must be a weight of the network; the file is damaged");
            }
            if (!expected.equals(tensor.shape())) {
                throw new FormatException(
                        header.source(),
                        "tensor " + tensor.name() + " must have shape " + expected + " as the network says, got "
                                + tensor.shape() + "; the file is damaged");
            }
        }
        if (!missing.isEmpty()) {
            throw new FormatException(
                    header.source(),
                    "file must have a tensor for each weight of the network, got none for "
                            + Json.shorten(missing.keySet().toString()) + "; the file is damaged");
        }
    }

    /** A layer may remember much with few weights, so the tensors do not bound what a sequence remembers. */
    private static void checkState(SafeTensorsHeader header, NetworkSpec spec) throws FormatException {
        SourceSpec source = spec.source();
        if (source != null) {
            checkState(header, source.network());
        }
        List<StatePart> parts = Network.stateParts(spec);
        if (parts.stream().map(StatePart::name).distinct().count() != parts.size()) {
            throw new FormatException(
                    header.source(), "network must have state parts of different names; the file is damaged");
        }
        long floats = parts.stream().mapToLong(StatePart::size).sum();
        if (floats > MAX_STATE_SIZE) {
            throw new FormatException(
                    header.source(),
                    "network must remember at most " + MAX_STATE_SIZE + " numbers of a sequence, got " + floats
                            + "; the file is damaged");
        }
    }

    private static NetworkSpec readSpec(SafeTensorsHeader header) throws FormatException {
        return Json.read(header.required(NETWORK), NetworkSpec.class, header.source() + ", " + NETWORK);
    }

    private static ObjectNode readTask(SafeTensorsHeader header) throws FormatException {
        return Json.readObject(header.required(TASK), header.source() + ", " + TASK);
    }

    private static Provenance readProvenance(SafeTensorsHeader header) throws FormatException {
        return Json.read(header.required(PROVENANCE), Provenance.class, header.source() + ", " + PROVENANCE);
    }

    /** The index of the first number that is NaN or infinite, or -1. */
    private static int notFinite(Tensor tensor) {
        float[] values = tensor.data();
        for (int i = 0; i < tensor.size(); i++) {
            if (!Float.isFinite(values[tensor.offset() + i])) {
                return i;
            }
        }
        return -1;
    }
}
