package io.carousel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The library keeps the rules of its architecture, and every rule can fail: it refuses its counter-example. */
@Tag("slow") // once is enough: it reads classes, and runs none
class ArchitectureTest {

    private static final String LIBRARY = "io.carousel";
    private static final String EXAMPLE = "io.carousel.architecture.example";

    private static final JavaClasses LIBRARY_CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(LIBRARY);
    private static final JavaClasses EXAMPLE_CLASSES = new ClassFileImporter().importPackages(EXAMPLE);

    /** Name, rule on the library, rule on the counter-examples, what the refusal names. */
    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(
                        "only vector kernels name the incubator",
                        ArchitectureRules.onlyVectorKernelsNameTheIncubator(LIBRARY),
                        ArchitectureRules.onlyVectorKernelsNameTheIncubator(EXAMPLE),
                        "NamesTheIncubator"),
                Arguments.of(
                        "every package has its place",
                        ArchitectureRules.everyPackageHasItsPlace(LIBRARY),
                        ArchitectureRules.everyPackageHasItsPlace(EXAMPLE),
                        "NowhereInTheOrder"),
                Arguments.of(
                        "only model and data write files",
                        ArchitectureRules.onlyModelAndDataWriteFiles(LIBRARY),
                        ArchitectureRules.onlyModelAndDataWriteFiles(EXAMPLE),
                        "WritesAFile"),
                same("no method passes a vector", ArchitectureRules.noMethodPassesAVector(), "PassesAVector"),
                same("no standard streams", ArchitectureRules.noStandardStreams(), "Prints"),
                same("no thread locals", ArchitectureRules.noThreadLocals(), "KeepsAThreadLocal"),
                same("no system properties", ArchitectureRules.noSystemProperties(), "SetsAProperty"),
                same("no hidden randomness", ArchitectureRules.noHiddenRandomness(), "DrawsSecretly"),
                same("no inexact math", ArchitectureRules.noInexactMath(), "TrustsMathExp"),
                same("no sums of streams", ArchitectureRules.noSumsOfStreams(), "SumsAStream"),
                same("no mutable statics", ArchitectureRules.noMutableStatics(), "CountsInAStatic.count"),
                same("no mutable statics, collections", ArchitectureRules.noMutableStatics(), "CountsInAStatic.CACHE"));
    }

    private static Arguments same(String name, ArchRule rule, String refused) {
        return Arguments.of(name, rule, rule, refused);
    }

    @Test
    void everyClassOfTheLibraryIsRead() {
        assertThat(LIBRARY_CLASSES.contain("io.carousel.kernel.Kernels")).isTrue();
        assertThat(LIBRARY_CLASSES.stream().map(type -> type.getName())).noneMatch(name -> name.startsWith(EXAMPLE));
    }

    @Test
    void packagesUseOnlyThoseBelowThem() {
        List<String> violations = ArchitectureRules.packageOrder(LIBRARY).stream()
                .flatMap(rule -> failures(rule, LIBRARY_CLASSES).stream())
                .toList();

        assertThat(violations).isEmpty();
    }

    @Test
    void aPackageThatUsesOneAboveOrBesideItIsRefused() {
        List<String> violations = ArchitectureRules.packageOrder(EXAMPLE).stream()
                .flatMap(rule -> failures(rule, EXAMPLE_CLASSES).stream())
                .toList();

        assertThat(violations).hasSize(2);
        assertThat(violations).anyMatch(text -> text.contains("kernel.UsesATensor") && text.contains("tensor.Above"));
        assertThat(violations).anyMatch(text -> text.contains("optim.UsesALoss") && text.contains("loss.Beside"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void theLibraryKeepsTheRule(String name, ArchRule rule, ArchRule onExamples, String refused) {
        assertThat(failures(rule, LIBRARY_CLASSES)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void theRuleRefusesItsCounterExample(String name, ArchRule rule, ArchRule onExamples, String refused) {
        assertThat(failures(onExamples, EXAMPLE_CLASSES)).anyMatch(text -> text.contains(refused));
    }

    private static List<String> failures(ArchRule rule, JavaClasses classes) {
        return rule.evaluate(classes).getFailureReport().getDetails();
    }
}
