package io.carousel.train;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.layer.State;
import io.carousel.model.FormatException;
import io.carousel.model.Json;
import io.carousel.model.NamedTensor;
import io.carousel.model.SafeTensors;
import io.carousel.model.SafeTensorsHeader;
import io.carousel.model.TensorInfo;
import io.carousel.optim.Optimizer;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A training frozen in a safetensors file: weights, best weights, what the optimiser keeps, what examples
 * carry from chunk to chunk, and a JSON description.
 *
 * <p>It belongs to one plan, one set of parameters, and one number of examples, and is refused for others. Random streams
 * need no place in it: they are functions of the seed and of the step.
 */
final class Checkpoint {
    private static final String KIND = "carousel.kind";
    private static final String KIND_VALUE = "checkpoint-1";
    private static final String RUN = "carousel.run";
    private static final String PROGRESS = "carousel.progress";

    /** What a run must share with the one that wrote the checkpoint. */
    record Run(String identity, TrainingPlan plan, List<Weight> parameters, int examples, int validationExamples) {
        static Run of(String identity, TrainingPlan plan, Parameters parameters, int examples, int validationExamples) {
            List<Weight> weights = new ArrayList<>();
            for (Parameter parameter : parameters.list()) {
                weights.add(new Weight(parameter.name(), parameter.shape().toString()));
            }
            return new Run(identity, plan, weights, examples, validationExamples);
        }
    }

    /** The name and the shape of a parameter. */
    record Weight(String name, String shape) {}

    private final Path path;
    private final Run run;
    private final Map<String, float[]> arrays;

    /**
     * A checkpoint that reads from arrays and writes to them.
     *
     * @param best where the best weights stand, parallel to the parameters' values
     * @param carried what a chunked objective carries from chunk to chunk; null for any other
     */
    Checkpoint(Path path, Run run, Parameters parameters, float[] best, Optimizer optimizer, @Nullable State carried) {
        this.path = path;
        this.run = run;
        arrays = new TreeMap<>();
        arrays.put("weights", parameters.values());
        arrays.put("best", best);
        optimizer.slots().forEach((name, slot) -> arrays.put("optimizer." + name, slot));
        if (carried != null) {
            carried.parts().forEach(part -> arrays.put("carried." + part.name(), carried.values(part.name())));
        }
    }

    /** Replaces the file, atomically. */
    void write(Progress progress) throws IOException {
        List<NamedTensor> tensors = new ArrayList<>();
        arrays.forEach(
                (name, values) -> tensors.add(new NamedTensor(name, new Tensor(Shape.of(values.length), values, 0))));
        Map<String, String> metadata = Map.of(
                KIND, KIND_VALUE,
                RUN, Json.write(run),
                PROGRESS, Json.write(progress));
        SafeTensors.write(path, metadata, tensors);
    }

    /**
     * Fills the arrays from the file.
     *
     * @throws FormatException when it is damaged, no checkpoint, or one of another run
     */
    Progress read() throws IOException {
        SafeTensors file = SafeTensors.read(path, this::check);
        Progress progress = Json.read(file.header().required(PROGRESS), Progress.class, path.toString());
        arrays.forEach((name, values) -> {
            Tensor tensor = file.tensor(name);
            System.arraycopy(tensor.data(), tensor.offset(), values, 0, values.length);
        });
        return progress;
    }

    private void check(SafeTensorsHeader header) throws IOException {
        String kind = header.metadata().get(KIND);
        if (!KIND_VALUE.equals(kind)) {
            throw new FormatException(
                    path.toString(),
                    KIND + " must be " + KIND_VALUE + ", got " + kind
                            + "; it is no checkpoint, or one of another release");
        }
        JsonNode expected = Json.tree(run);
        JsonNode found = Json.readObject(header.required(RUN), path.toString());
        String difference = difference("", expected, found);
        if (difference != null) {
            throw new FormatException(
                    path.toString(),
                    "checkpoint must be of the same run, got another" + difference
                            + "; resume it with what it was started with, or choose another file");
        }
        Map<String, Shape> shapes = new HashMap<>();
        for (TensorInfo info : header.tensors()) {
            shapes.put(info.name(), info.shape());
        }
        for (Map.Entry<String, float[]> array : arrays.entrySet()) {
            Shape shape = Shape.of(array.getValue().length);
            Shape stored = shapes.get(array.getKey());
            if (stored == null || !shape.equals(stored)) {
                throw new FormatException(
                        path.toString(),
                        "tensor " + array.getKey() + " must have shape " + shape + ", got " + stored
                                + "; the checkpoint is damaged");
            }
        }
    }

    /** The first property in which two trees differ, with both values; null when they are equal. */
    private static @Nullable String difference(String place, JsonNode expected, JsonNode found) {
        if (expected.isObject() && found.isObject()) {
            for (Map.Entry<String, JsonNode> property : expected.properties()) {
                String name = (place.isEmpty() ? "" : place + ".") + property.getKey();
                String difference = difference(name, property.getValue(), found.path(property.getKey()));
                if (difference != null) {
                    return difference;
                }
            }
        } else if (expected.isArray() && found.isArray() && expected.size() == found.size()) {
            for (int i = 0; i < expected.size(); i++) {
                String difference = difference(place + "[" + i + "]", expected.get(i), found.get(i));
                if (difference != null) {
                    return difference;
                }
            }
        } else if (!Json.write(expected).equals(Json.write(found))) {
            return " " + place + ": " + Json.write(found) + " instead of " + Json.write(expected);
        }
        return null;
    }
}
