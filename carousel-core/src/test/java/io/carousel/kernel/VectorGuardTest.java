package io.carousel.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.ForkedJvm;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorGuardTest {
    private static final String NAME = "OpenJDK 64-Bit Server VM";
    private static final String INFO = "mixed mode, sharing";

    private static Optional<String> obstacle(
            int feature, String name, String info, Locale locale, Map<String, String> options) {
        return new VectorGuard(feature, name, info, locale, true, option -> Optional.ofNullable(options.get(option)))
                .obstacle();
    }

    private static Optional<String> obstacle(Map<String, String> options) {
        return obstacle(17, NAME, INFO, Locale.ROOT, options);
    }

    @Test
    void nothingKeepsTheVectorKernelsFromAnOrdinaryMachine() {
        assertThat(obstacle(Map.of())).isEmpty();
        assertThat(obstacle(Map.of(
                        "TieredStopAtLevel", "4",
                        "UseJVMCICompiler", "false",
                        "EnableVectorSupport", "true",
                        "MaxVectorSize", "16",
                        "UseFMA", "true")))
                .isEmpty();
    }

    @Test
    void aTurkishLocaleBreaksTheModuleBeforeJava21() {
        Locale turkish = Locale.forLanguageTag("tr-TR");

        assertThat(obstacle(17, NAME, INFO, turkish, Map.of()))
                .contains("JDK-8301190 breaks the vector module in this locale; start java with -Duser.language=en");
        assertThat(obstacle(21, NAME, INFO, turkish, Map.of())).isEmpty();
    }

    @Test
    void onlyServerVirtualMachinesCompileVectors() {
        assertThat(obstacle(17, "Eclipse OpenJ9 VM", INFO, Locale.ROOT, Map.of()))
                .contains("this virtual machine, Eclipse OpenJ9 VM, is not known to compile vectors;"
                        + " start the java of an OpenJDK with its server compiler");
        assertThat(obstacle(17, "OpenJDK 64-Bit Zero VM", INFO, Locale.ROOT, Map.of()))
                .isPresent();
        assertThat(obstacle(17, "Java HotSpot(TM) 64-Bit Server VM", INFO, Locale.ROOT, Map.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UseJVMCICompiler, true, -XX:-UseJVMCICompiler",
        "TieredStopAtLevel, 3, -XX:TieredStopAtLevel",
        "EnableVectorSupport, false, -XX:-EnableVectorSupport",
        "MaxVectorSize, 8, -XX:MaxVectorSize",
        "UseFMA, false, -XX:-UseFMA"
    })
    void anOptionThatSlowsVectorsIsNamed(String option, String value, String remedy) {
        assertThat(obstacle(Map.of(option, value)))
                .hasValueSatisfying(text -> assertThat(text).contains("; start java with", remedy));
    }

    @ParameterizedTest
    @CsvSource({
        "-XX:-UseFMA, multiply-add is not fused",
        "-XX:MaxVectorSize=8, less than 128 bits",
        "-XX:-EnableVectorSupport, vectors are not compiled"
    })
    void theOptionsAreReadFromTheVirtualMachine(String option, String reason) throws Exception {
        ForkedJvm.Result result = ForkedJvm.run(
                List.of("--add-modules=jdk.incubator.vector", "-XX:+UnlockExperimentalVMOptions", option),
                KernelSelectionTest.PrintChoice.class,
                List.of());

        assertThat(result.output()).contains("chosen scalar").contains(reason);
    }
}
