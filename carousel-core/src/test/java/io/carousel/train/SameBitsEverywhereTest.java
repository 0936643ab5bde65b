package io.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.carousel.ForkedJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises 1 and 2: a training and what its model predicts have the same bits whatever the number of threads, the vector
 * width, the JDK, and whether the JVM is cold or warm: of a stacked LSTM, and of a decoder with attention.
 *
 * <p>The digests are pinned, so that two runs on different JDKs or machines are held to each other. When the equations, the
 * defaults or the random streams change on purpose, they are replaced by those that the scalar kernel gives.
 */
@Tag("promise")
class SameBitsEverywhereTest {
    private static final String DIGEST = "4194e49d255b6a2d343265b2343fb17e7ef3cf45fc89a9b33cbe7cede07862d1";
    private static final String DECODER = "b486534691441b3be9d36e4028eed42501316beb8230a544d940ec5bef02c238";

    @ParameterizedTest(name = "kernel {0}, options {1}")
    @CsvSource({
        "scalar, --add-modules=jdk.incubator.vector",
        "128, --add-modules=jdk.incubator.vector",
        "256, --add-modules=jdk.incubator.vector",
        "512, --add-modules=jdk.incubator.vector",
        "best, --add-modules=jdk.incubator.vector",
        "best, -Dwithout.vector.module=true",
        "best, -XX:TieredStopAtLevel=1",
        "scalar, -Xint"
    })
    void trainingGivesTheSameBitsForThreads1237AndForAColdAndAWarmVirtualMachine(String kernel, String option)
            throws Exception {
        List<String> options = new ArrayList<>(List.of(option));
        if (!kernel.equals("best")) {
            options.add("-Dcarousel.kernel=" + kernel);
        }
        ForkedJvm.Result result = ForkedJvm.run(options, TrainingFingerprint.class, List.of("1", "2", "3", "7"));

        assumeFalse(
                result.output().contains("at most the width of this machine"),
                "this machine has no vectors of " + kernel + " bits");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(lines(result, "digest ")).as(result.output()).hasSize(5).containsOnly("digest " + DIGEST);
        assertThat(lines(result, "decoder ")).as(result.output()).hasSize(5).containsOnly("decoder " + DECODER);
    }

    private static List<String> lines(ForkedJvm.Result result, String start) {
        return result.output().lines().filter(line -> line.startsWith(start)).toList();
    }
}
