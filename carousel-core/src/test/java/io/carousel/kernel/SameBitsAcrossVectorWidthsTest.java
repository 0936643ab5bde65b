package io.carousel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.carousel.ForkedJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promise 2: every kernel gives the same bits for vectors of 512, 256 and 128 bits and for none, on every JDK, in a cold JVM
 * and after 20 000 calls.
 *
 * <p>The checksum is pinned, so that runs on different JDKs and machines are held to each other. It is replaced by the one
 * of the scalar kernels when the data of {@link KernelWorkload} or a documented order of operations changes.
 */
@Tag("promise")
class SameBitsAcrossVectorWidthsTest {
    private static final String CHECKSUM = "de536f20";
    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    @Test
    void scalarKernelsGiveThePinnedBits() {
        assertThat(KernelWorkload.checksum(new ScalarKernels())).isEqualTo(CHECKSUM);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"128, vector-128", "256, vector-256", "512, vector-512", "scalar, scalar"})
    void everyWidthGivesThePinnedBitsColdAndWarm(String forced, String name) throws Exception {
        ForkedJvm.Result result =
                ForkedJvm.run(List.of(MODULE, "-Dcarousel.kernel=" + forced), KernelWorkload.class, List.of());

        assumeFalse(
                result.output().contains("at most the width of this machine"),
                "this machine has no vectors of " + forced + " bits");
        assertPinned(result, name);
    }

    @Test
    void withoutTheModuleTheBitsAreThePinnedOnes() throws Exception {
        assertPinned(ForkedJvm.run(List.of(), KernelWorkload.class, List.of()), "scalar");
    }

    private static void assertPinned(ForkedJvm.Result result, String name) {
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output().lines())
                .contains("kernels " + name)
                .filteredOn(line -> line.startsWith("checksum "))
                .hasSize(2)
                .containsOnly("checksum " + CHECKSUM);
    }
}
