package io.carousel.benchmarks.ledger;

import io.carousel.benchmarks.side.Side;
import io.carousel.benchmarks.side.SideLoop;
import io.carousel.benchmarks.side.Work;
import io.carousel.benchmarks.side.Workload;
import io.carousel.kernel.Kernels;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Carousel's own side of the ledger; its arguments are the number of threads and a variant of {@link Sides}, or none. */
final class CarouselSide implements Side {
    private final int threads;
    private final String variant;

    private CarouselSide(int threads, String variant) {
        this.threads = threads;
        this.variant = variant;
    }

    /** Serves the driver. */
    public static void main(String[] arguments) throws IOException {
        SideLoop.serve(new CarouselSide(Integer.parseInt(arguments[0]), arguments.length > 1 ? arguments[1] : ""));
    }

    @Override
    public Map<String, String> about() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("jdk", Runtime.version().toString());
        facts.put("kernels", Kernels.best().name());
        return facts;
    }

    @Override
    public Work prepare(Workload workload) {
        return switch (workload.kind()) {
            case "train", "ragged" -> new TrainWork(workload, threads);
            case "words" -> new WordsWork(workload, threads);
            case "step", "bfloat16" -> new StepWork(workload, variant.equals(Sides.BFLOAT16));
            case "sessions" -> new SessionsWork(workload, variant.equals(Sides.GROUP));
            case "peak" -> new PeakWork();
            case "read" -> new ReadWork(workload.size("bytes"));
            default -> throw new UnsupportedOperationException("has no " + workload.kind());
        };
    }
}
