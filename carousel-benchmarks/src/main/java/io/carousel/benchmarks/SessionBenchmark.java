package io.carousel.benchmarks;

import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.task.Session;
import io.carousel.tensor.Rng;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One event in a session of one recurrent layer with F = H; {@link SessionLatency} tells how the times are spread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class SessionBenchmark {
    @Param({"lstm", "gru"})
    public String cell = "";

    @Param({"32", "64", "128", "256", "512"})
    public int size;

    private Session session = new Session(Network.create(new NetworkSpec(1, List.of()), Rng.of(1)));
    private float[] input = {};
    private float[] output = {};

    @Setup
    public void prepare() {
        NetworkSpec spec = new NetworkSpec(size, List.of(RecurrentSpec.of("encoder", cell, List.of(size))));
        session = new Session(Network.create(spec, Rng.of(1)));
        input = new float[size];
        Arrays.fill(input, 0.25f);
        output = new float[size];
    }

    @Benchmark
    public float[] event() {
        session.step(input, output);
        return output;
    }
}
