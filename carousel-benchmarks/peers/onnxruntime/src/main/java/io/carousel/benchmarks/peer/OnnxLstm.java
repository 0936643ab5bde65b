package io.carousel.benchmarks.peer;

import io.carousel.benchmarks.side.Numbers;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * An ONNX model with one node, an LSTM for one time step, written field by field as protocol buffers.
 *
 * <p>Field numbers are those of {@code onnx.proto3}; gates are in ONNX's order i, o, f, c, and both biases stand in one row.
 */
final class OnnxLstm {
    private static final int FLOAT = 1;
    private static final int[] GATES = {0, 3, 1, 2};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private OnnxLstm() {}

    /** {@code x [1, 1, F], h, c [1, 1, H] → h_next, c_next}. */
    static byte[] model(int features, int hiddenSize) {
        OnnxLstm graph = new OnnxLstm();
        graph.message(1, node(hiddenSize));
        graph.text(2, "step");
        graph.message(5, weight("w", gates("weight_ih_l0", features, hiddenSize), 1, 4L * hiddenSize, features));
        graph.message(5, weight("r", gates("weight_hh_l0", hiddenSize, hiddenSize), 1, 4L * hiddenSize, hiddenSize));
        float[] biases = new float[8 * hiddenSize];
        System.arraycopy(gates("bias_ih_l0", 1, hiddenSize), 0, biases, 0, 4 * hiddenSize);
        System.arraycopy(gates("bias_hh_l0", 1, hiddenSize), 0, biases, 4 * hiddenSize, 4 * hiddenSize);
        graph.message(5, weight("b", biases, 1, 8L * hiddenSize));
        graph.message(11, value("x", 1, 1, features));
        graph.message(11, value("h", 1, 1, hiddenSize));
        graph.message(11, value("c", 1, 1, hiddenSize));
        graph.message(12, value("h_next", 1, 1, hiddenSize));
        graph.message(12, value("c_next", 1, 1, hiddenSize));
        OnnxLstm opset = new OnnxLstm();
        opset.text(1, "");
        opset.number(2, 14);
        OnnxLstm model = new OnnxLstm();
        model.number(1, 8); // the version of the format
        model.message(7, graph);
        model.message(8, opset);
        return model.bytes.toByteArray();
    }

    private static OnnxLstm node(int hiddenSize) {
        OnnxLstm node = new OnnxLstm();
        for (String input : new String[] {"x", "w", "r", "b", "", "h", "c"}) {
            node.text(1, input);
        }
        for (String output : new String[] {"", "h_next", "c_next"}) {
            node.text(2, output);
        }
        node.text(4, "LSTM");
        OnnxLstm size = new OnnxLstm();
        size.text(1, "hidden_size");
        size.number(3, hiddenSize);
        size.number(20, 2); // an INT
        node.message(5, size);
        return node;
    }

    /** The gates in ONNX's order. */
    private static float[] gates(String name, int columns, int hiddenSize) {
        int block = columns * hiddenSize;
        float[] ours = Numbers.weight(name, 4 * block, hiddenSize);
        float[] theirs = new float[4 * block];
        for (int gate = 0; gate < 4; gate++) {
            System.arraycopy(ours, GATES[gate] * block, theirs, gate * block, block);
        }
        return theirs;
    }

    private static OnnxLstm weight(String name, float[] values, long... shape) {
        OnnxLstm tensor = new OnnxLstm();
        for (long size : shape) {
            tensor.number(1, size);
        }
        tensor.number(2, FLOAT);
        tensor.text(8, name);
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        tensor.field(9, raw.array());
        return tensor;
    }

    private static OnnxLstm value(String name, long... shape) {
        OnnxLstm dimensions = new OnnxLstm();
        for (long size : shape) {
            OnnxLstm dimension = new OnnxLstm();
            dimension.number(1, size);
            dimensions.message(1, dimension);
        }
        OnnxLstm tensor = new OnnxLstm();
        tensor.number(1, FLOAT);
        tensor.message(2, dimensions);
        OnnxLstm type = new OnnxLstm();
        type.message(1, tensor);
        OnnxLstm value = new OnnxLstm();
        value.text(1, name);
        value.message(2, type);
        return value;
    }

    private void message(int number, OnnxLstm message) {
        field(number, message.bytes.toByteArray());
    }

    private void text(int number, String text) {
        field(number, text.getBytes(StandardCharsets.UTF_8));
    }

    private void field(int number, byte[] content) {
        variable((long) number << 3 | 2);
        variable(content.length);
        bytes.writeBytes(content);
    }

    private void number(int number, long value) {
        variable((long) number << 3);
        variable(value);
    }

    private void variable(long value) {
        long rest = value;
        while (rest > 127) {
            bytes.write((int) (rest & 127 | 128));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
