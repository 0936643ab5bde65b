package io.carousel.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The rules that hold the architecture, each for a root package, so that the same rule can be applied to the library and to
 * the counter-examples beside the tests.
 */
final class ArchitectureRules {

    /** The packages from bottom to top; those of one entry stand side by side and do not use each other. */
    static final List<List<String>> BOTTOM_TO_TOP = List.of(
            List.of("kernel"),
            List.of("tensor"),
            List.of("autograd"),
            List.of("data"),
            List.of("text"),
            List.of("cell"),
            List.of("loss", "optim"),
            List.of("layer"),
            List.of("inspect"),
            List.of("model"),
            List.of("train", "eval"),
            List.of("task"));

    /** Functions of {@link Math} whose last bit may depend on the JDK, and on whether the code is warm. */
    private static final Set<String> INEXACT_FUNCTIONS = Set.of(
            "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "expm1", "log", "log10", "log1p", "pow",
            "sinh", "cosh", "tanh", "cbrt", "hypot");

    private static final Set<String> FLOATING_COLLECTORS =
            Set.of("summingDouble", "averagingDouble", "summarizingDouble");

    private static final Set<String> READING = Set.of(
            "exists",
            "notExists",
            "isDirectory",
            "isRegularFile",
            "isReadable",
            "isWritable",
            "isExecutable",
            "isHidden",
            "isSameFile",
            "isSymbolicLink",
            "size",
            "newInputStream",
            "newBufferedReader",
            "readAllBytes",
            "readAllLines",
            "readString",
            "lines",
            "list",
            "walk",
            "find",
            "getLastModifiedTime",
            "getAttribute",
            "readAttributes",
            "mismatch",
            "getFileStore",
            "probeContentType");

    private ArchitectureRules() {}

    /** One rule for each package: it depends on none that stands above it or beside it. */
    static List<ArchRule> packageOrder(String root) {
        List<ArchRule> rules = new ArrayList<>();
        for (int level = 0; level < BOTTOM_TO_TOP.size(); level++) {
            for (String name : BOTTOM_TO_TOP.get(level)) {
                List<String> forbidden = new ArrayList<>();
                BOTTOM_TO_TOP.get(level).stream()
                        .filter(other -> !other.equals(name))
                        .forEach(forbidden::add);
                BOTTOM_TO_TOP.subList(level + 1, BOTTOM_TO_TOP.size()).forEach(forbidden::addAll);
                if (!forbidden.isEmpty()) {
                    String[] packages = forbidden.stream()
                            .map(other -> root + "." + other + "..")
                            .toArray(String[]::new);
                    rules.add(noClasses()
                            .that()
                            .resideInAPackage(root + "." + name + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(packages)
                            .because("a package uses only those below it")
                            .allowEmptyShould(true));
                }
            }
        }
        return rules;
    }

    /** Every class is in one of the ordered packages, so that no new package escapes the order. */
    static ArchRule everyPackageHasItsPlace(String root) {
        String[] known = BOTTOM_TO_TOP.stream()
                .flatMap(Collection::stream)
                .map(name -> root + "." + name + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should(beTrue(
                        DescribedPredicate.not(resideInAnyPackage(known)),
                        "be in a package without a place in the order"));
    }

    static ArchRule onlyVectorKernelsNameTheIncubator(String root) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".kernel.vector..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator..")
                .because("the library runs without the incubator, with the same bits");
    }

    static ArchRule noMethodPassesAVector() {
        return noMethods()
                .should(have(describe("a parameter or result that is a vector", method -> Stream.concat(
                                Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                        .anyMatch(ArchitectureRules::isVector))))
                .because("where the compiler does not inline it, each vector becomes an object");
    }

    private static boolean isVector(JavaClass type) {
        return type.getPackageName().equals("jdk.incubator.vector")
                && !type.getSimpleName().endsWith("Species");
    }

    static ArchRule noStandardStreams() {
        return noClasses()
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .because("library code logs through System.Logger");
    }

    static ArchRule noThreadLocals() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .because("a buffer has one owner, and a thread is none");
    }

    static ArchRule noSystemProperties() {
        return noClasses()
                .should()
                .callMethodWhere(describe(
                        "a system property is set",
                        call -> isCall(call, System.class, Set.of("setProperty", "setProperties", "clearProperty"))))
                .because("the process belongs to the user");
    }

    static ArchRule noHiddenRandomness() {
        return noClasses()
                .should()
                .dependOnClassesThat(describe(
                        "draw numbers outside a named stream",
                        type -> type.isAssignableTo(java.util.Random.class)
                                || type.getPackageName().equals("java.util.random")
                                || type.isEquivalentTo(java.util.SplittableRandom.class)))
                .orShould()
                .callMethodWhere(describe(
                        "Math.random or a shuffle is called",
                        call -> isCall(call, Math.class, Set.of("random"))
                                || isCall(call, StrictMath.class, Set.of("random"))
                                || isCall(call, java.util.Collections.class, Set.of("shuffle"))
                                || isCall(call, java.util.UUID.class, Set.of("randomUUID"))))
                .because("randomness is an argument: one seed, named streams");
    }

    static ArchRule noInexactMath() {
        return noClasses()
                .should()
                .callMethodWhere(describe(
                        "a function of Math has a platform-dependent last bit",
                        call -> isCall(call, Math.class, INEXACT_FUNCTIONS)))
                .because("the same file, plan and seed give the same bits on every JDK; use StrictMath");
    }

    static ArchRule noSumsOfStreams() {
        return noClasses()
                .should()
                .callMethodWhere(describe(
                        "a stream adds floating-point numbers",
                        call -> isCall(call, DoubleStream.class, Set.of("sum", "average", "summaryStatistics"))
                                || isCall(call, Collectors.class, FLOATING_COLLECTORS)))
                .because("a stream may add in any order and any way; write the loop");
    }

    static ArchRule onlyModelAndDataWriteFiles(String root) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(root + ".model..", root + ".data..")
                .should()
                .callCodeUnitWhere(describe("a file is written", ArchitectureRules::writesAFile))
                .because("files are written atomically, in one place");
    }

    static ArchRule noMutableStatics() {
        return fields().that()
                .areStatic()
                .and(describe("are written by hand", field -> !field.getName().contains("$")))
                .should(new ArchCondition<JavaField>("be final and hold nothing that changes") {
                    @Override
                    public void check(JavaField field, ConditionEvents events) {
                        boolean isFinal = field.getModifiers().contains(JavaModifier.FINAL);
                        boolean sharesArray = field.getRawType().isArray()
                                && !field.getModifiers().contains(JavaModifier.PRIVATE);
                        if (!isFinal || sharesArray || holdsState(field.getRawType())) {
                            events.add(SimpleConditionEvent.violated(field, field.getDescription() + " is mutable"));
                        }
                    }
                })
                .because("two models in one process must not meet in a static field")
                .allowEmptyShould(true);
    }

    private static boolean holdsState(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith("java.util.concurrent.atomic")
                || type.isAssignableTo(java.util.concurrent.ConcurrentMap.class)
                || type.isEquivalentTo(java.util.HashMap.class)
                || type.isEquivalentTo(java.util.ArrayList.class)
                || type.isEquivalentTo(java.util.concurrent.CopyOnWriteArrayList.class)
                || type.isAssignableTo(java.util.concurrent.Executor.class);
    }

    private static boolean isCall(JavaCall<?> call, Class<?> owner, Set<String> names) {
        return call.getTargetOwner().isEquivalentTo(owner)
                && names.contains(call.getTarget().getName());
    }

    private static boolean writesAFile(JavaCall<?> call) {
        CodeUnitCallTarget target = call.getTarget();
        JavaClass owner = call.getTargetOwner();
        boolean constructs = target.getName().equals("<init>")
                && (owner.isEquivalentTo(FileOutputStream.class)
                        || owner.isEquivalentTo(FileWriter.class)
                        || owner.isEquivalentTo(RandomAccessFile.class));
        boolean opens =
                owner.isEquivalentTo(FileChannel.class) && target.getName().equals("open");
        boolean changes = owner.isEquivalentTo(Files.class) && !READING.contains(target.getName());
        return constructs || opens || changes;
    }

    private static ArchCondition<JavaClass> beTrue(DescribedPredicate<JavaClass> predicate, String description) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        type, predicate.test(type), type.getName() + " is in " + type.getPackageName()));
            }
        };
    }
}
