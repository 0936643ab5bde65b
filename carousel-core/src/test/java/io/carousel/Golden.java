package io.carousel;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Numbers made by the scripts in {@code tools/golden} with another library. */
public final class Golden {
    private Golden() {}

    /** The file of that name in {@code src/test/resources/golden}. */
    public static JsonNode read(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new IllegalStateException("golden/" + name + " must be among the test resources");
            }
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read golden/" + name, e);
        }
    }

    /** An array of numbers, or arrays of them, in row-major order. */
    public static double[] doubles(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        collect(array, numbers);
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** As {@link #doubles}, for numbers that are floats. */
    public static float[] floats(JsonNode array) {
        double[] numbers = doubles(array);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    private static void collect(JsonNode node, List<Double> into) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), into);
            }
        } else {
            into.add(node.doubleValue());
        }
    }
}
