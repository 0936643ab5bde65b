package io.carousel.benchmarks;

import io.carousel.kernel.Kernels;
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

/** Packed products of the sizes of training steps, sequences and single events. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ProductBenchmark {
    /** m, k and n; a T after m means that A is transposed and B packed in every call. */
    @Param({"256 1024 256", "32 256 1024", "32 1024 256", "1 256 1024", "1024T 2048 256"})
    public String shape = "";

    private Runnable product = () -> {};

    @Setup
    public void prepare() {
        String[] sizes = shape.split(" ", -1);
        boolean gradient = sizes[0].endsWith("T");
        product = new ProductShape(
                        "benchmark",
                        Integer.parseInt(sizes[0].replace("T", "")),
                        Integer.parseInt(sizes[1]),
                        Integer.parseInt(sizes[2]),
                        gradient,
                        gradient)
                .prepare(Kernels.best());
    }

    @Benchmark
    public void product() {
        product.run();
    }
}
