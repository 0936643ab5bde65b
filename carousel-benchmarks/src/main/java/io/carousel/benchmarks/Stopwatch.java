package io.carousel.benchmarks;

import java.util.Arrays;

/** Times a piece of work in many short rounds, so that some of them pass undisturbed on a busy machine. */
final class Stopwatch {
    private final int rounds;
    private final double secondsPerRound;

    Stopwatch(int rounds, double secondsPerRound) {
        this.rounds = rounds;
        this.secondsPerRound = secondsPerRound;
    }

    /** Seconds for one call, in the best and in the middle round. */
    record Time(double best, double median) {}

    /** Warms up for a round, then measures; the calls in a round are as many as fill its time. */
    Time measure(Runnable work) {
        long calls = warmUp(work);
        double[] seconds = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            for (long i = 0; i < calls; i++) {
                work.run();
            }
            seconds[round] = (System.nanoTime() - start) * 1e-9 / calls;
        }
        Arrays.sort(seconds);
        return new Time(seconds[0], seconds[rounds / 2]);
    }

    private long warmUp(Runnable work) {
        long start = System.nanoTime();
        long calls = 0;
        long half = 0;
        double elapsed = 0;
        double atHalf = 0;
        double wanted = Math.max(1.5, secondsPerRound);
        while (elapsed < wanted) {
            work.run();
            calls++;
            elapsed = (System.nanoTime() - start) * 1e-9;
            if (elapsed < wanted / 2) {
                half = calls;
                atHalf = elapsed;
            }
        }
        return Math.max(1, Math.round((calls - half) / (elapsed - atHalf) * secondsPerRound));
    }
}
