package io.carousel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.ForkedJvm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelSelectionTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    /** Prints the chosen kernels, after asking for them twice. */
    static final class PrintChoice {
        public static void main(String[] arguments) {
            Kernels.best();
            System.out.println("chosen " + Kernels.best().name());
        }
    }

    @Test
    void anUnknownKernelIsRefused() {
        assertThatThrownBy(() -> KernelSelection.choose("1024"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("system property carousel.kernel must be one of [scalar, 128, 256, 512], got 1024;"
                        + " leave it out for the fastest that this machine has");
    }

    @Test
    void scalarKernelsCanBeAskedFor() {
        KernelSelection.Choice choice = KernelSelection.choose("scalar");

        assertThat(choice.kernels().name()).isEqualTo("scalar");
        assertThat(choice.reason()).isEqualTo("the system property carousel.kernel asks for them");
        assertThat(choice.level()).isEqualTo(System.Logger.Level.INFO);
    }

    @Test
    void slowKernelsThatNobodyAskedForAreWorthAWarning() {
        assertThat(new KernelSelection.Choice(new ScalarKernels(), "a reason", false).level())
                .isEqualTo(System.Logger.Level.WARNING);
        assertThat(new KernelSelection.Choice(new ScalarKernels(), null, false).level())
                .isEqualTo(System.Logger.Level.INFO);
    }

    @Test
    void theChoiceIsMadeOnce() {
        assertThat(Kernels.best()).isSameAs(Kernels.best());
    }

    @Test
    void withoutTheModuleOneLineNamesTheFlagToPass() throws Exception {
        ForkedJvm.Result result = ForkedJvm.run(List.of(), PrintChoice.class, List.of());

        assertThat(result.output()).contains("chosen scalar");
        assertThat(result.output().lines().filter(line -> line.contains("Kernels: ")))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("WARNING: ")
                        .contains("Kernels: scalar, slow, because the module jdk.incubator.vector is missing;"
                                + " start java with --add-modules jdk.incubator.vector"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=3"})
    void withoutTheOptimisingCompilerTheScalarKernelsRun(String option) throws Exception {
        ForkedJvm.Result result = ForkedJvm.run(List.of(MODULE, option), PrintChoice.class, List.of());

        assertThat(result.output())
                .contains("chosen scalar")
                .contains(
                        "the optimising compiler is off; start java without -Xint, -client and -XX:TieredStopAtLevel");
    }

    @Test
    void vectorKernelsThatCannotRunAreRefusedWhenAskedFor() throws Exception {
        ForkedJvm.Result result = ForkedJvm.run(List.of("-Dcarousel.kernel=256"), PrintChoice.class, List.of());

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output())
                .contains(
                        "system property carousel.kernel must name kernels that can run here, got 256 although the module"
                                + " jdk.incubator.vector is missing; start java with --add-modules jdk.incubator.vector");
    }
}
