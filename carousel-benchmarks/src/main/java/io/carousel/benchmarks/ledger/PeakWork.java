package io.carousel.benchmarks.ledger;

import io.carousel.benchmarks.MultiplyAddPeak;
import io.carousel.benchmarks.side.Work;
import java.util.Map;

/** Multiply-adds that never leave the registers: the limit of every product. */
final class PeakWork implements Work {
    private float factor = 0.5f;

    @Override
    public void run() {
        factor = 0.5f + 1e-9f * MultiplyAddPeak.run(factor);
    }

    @Override
    public Map<String, float[]> results() {
        return Map.of();
    }
}
