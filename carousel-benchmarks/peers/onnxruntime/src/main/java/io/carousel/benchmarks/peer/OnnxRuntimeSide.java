package io.carousel.benchmarks.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.carousel.benchmarks.side.Numbers;
import io.carousel.benchmarks.side.Side;
import io.carousel.benchmarks.side.SideLoop;
import io.carousel.benchmarks.side.Work;
import io.carousel.benchmarks.side.Workload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** ONNX Runtime as a side of the ledger; its argument is the number of threads. */
final class OnnxRuntimeSide implements Side {
    private static final int EVENTS = 64;

    private final int threads;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

    private OnnxRuntimeSide(int threads) {
        this.threads = threads;
    }

    public static void main(String[] arguments) throws Exception {
        SideLoop.serve(new OnnxRuntimeSide(Integer.parseInt(arguments[0])));
    }

    @Override
    public Map<String, String> about() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", environment.getVersion());
        facts.put("threads", threads + " (intra-op), sequential, all optimisations");
        facts.put("memory", "tensors over direct buffers, made once; outputs pinned");
        return facts;
    }

    @Override
    public Work prepare(Workload workload) throws OrtException {
        if (!workload.kind().equals("step") || !workload.subject().equals("lstm")) {
            throw new UnsupportedOperationException("has no " + workload.kind() + " of " + workload.subject());
        }
        return new Stepping(workload);
    }

    /** The operator LSTM for one time step, its state fed back. */
    private final class Stepping implements Work {
        private final int features;
        private final int hiddenSize;
        private final OrtSession session;
        private final FloatBuffer input;
        private final FloatBuffer[] hidden = new FloatBuffer[2];
        private final Map<String, OnnxTensor>[] inputs = maps();
        private final Map<String, OnnxTensor>[] outputs = maps();
        private final float[] events;
        private final float[] output;
        private int next;

        Stepping(Workload workload) throws OrtException {
            features = workload.size("F");
            hiddenSize = workload.size("H");
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(threads);
                options.setInterOpNumThreads(1);
                options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
                options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
                session = environment.createSession(OnnxLstm.model(features, hiddenSize), options);
            }
            events = Numbers.uniform("input", EVENTS * features, 1);
            output = new float[hiddenSize];
            input = direct(features);
            OnnxTensor x = OnnxTensor.createTensor(environment, input, new long[] {1, 1, features});
            OnnxTensor[] states = new OnnxTensor[4];
            for (int i = 0; i < 4; i++) {
                FloatBuffer buffer = direct(hiddenSize);
                states[i] = OnnxTensor.createTensor(environment, buffer, new long[] {1, 1, hiddenSize});
                if (i < 2) {
                    hidden[i] = buffer;
                }
            }
            for (int i = 0; i < 2; i++) {
                inputs[i].putAll(Map.of("x", x, "h", states[i], "c", states[2 + i]));
                outputs[i].putAll(Map.of("h_next", states[1 - i], "c_next", states[3 - i]));
            }
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        private static Map<String, OnnxTensor>[] maps() {
            return new Map[] {new LinkedHashMap<String, OnnxTensor>(), new LinkedHashMap<String, OnnxTensor>()};
        }

        private static FloatBuffer direct(int size) {
            return ByteBuffer.allocateDirect(size * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }

        @Override
        public void run() throws OrtException {
            int turn = next & 1;
            input.put(0, events, (next % EVENTS) * features, features);
            next++;
            session.run(inputs[turn], outputs[turn]).close();
            hidden[1 - turn].get(0, output);
        }

        @Override
        public Map<String, float[]> results() throws OrtException {
            float[] all = new float[EVENTS * hiddenSize];
            for (int i = 0; i < EVENTS; i++) {
                run();
                System.arraycopy(output, 0, all, i * hiddenSize, hiddenSize);
            }
            return Map.of("output", all);
        }

        @Override
        public void close() {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
