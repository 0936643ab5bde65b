package io.carousel;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A model of one operator, made by {@code tools/golden/onnx_models.py} and run by ONNX Runtime. */
public final class OnnxOperator {
    private final OrtEnvironment environment = environment();
    private final String name;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();

    /** The model of that name in {@code src/test/resources/golden/onnx}; skips the test where ONNX Runtime cannot run. */
    public OnnxOperator(String name) {
        this.name = name;
    }

    /** Adds an input. */
    public OnnxOperator with(String input, float[] values, long... shape) {
        try {
            inputs.put(input, OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
            return this;
        } catch (OrtException e) {
            throw new IllegalStateException("cannot make input " + input + " of " + name, e);
        }
    }

    /** Adds an input of integers. */
    public OnnxOperator with(String input, int[] values) {
        try {
            inputs.put(input, OnnxTensor.createTensor(environment, IntBuffer.wrap(values), new long[] {values.length}));
            return this;
        } catch (OrtException e) {
            throw new IllegalStateException("cannot make input " + input + " of " + name, e);
        }
    }

    /** The outputs by name, in row-major order. */
    public Map<String, float[]> run() {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            Map<String, float[]> outputs = new HashMap<>();
            try (OrtSession session = environment.createSession(bytes(), options);
                    OrtSession.Result result = session.run(inputs)) {
                for (Map.Entry<String, OnnxValue> output : result) {
                    FloatBuffer buffer = ((OnnxTensor) output.getValue()).getFloatBuffer();
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    outputs.put(output.getKey(), values);
                }
            }
            return outputs;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot run " + name, e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
            inputs.clear();
        }
    }

    private byte[] bytes() {
        String file = "/golden/onnx/" + name + ".onnx";
        try (InputStream in = OnnxOperator.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " must be among the test resources");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    /** It is native: there is none for some machines, such as those with musl. */
    private static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError | IllegalStateException e) {
            return Assumptions.abort("ONNX Runtime does not load on this machine: " + e);
        }
    }
}
