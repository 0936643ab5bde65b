package io.carousel.kernel;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which kernels this JVM runs, and why; decided once.
 *
 * <p>The vector kernels are taken when their module is in the boot layer, the optimising compiler is there to compile
 * them, and the machine has vectors of at least 128 bits. They are found by name, so that this class loads without the
 * module. The system property {@value #PROPERTY} forces {@code scalar}, or a width of {@code 128}, {@code 256} or {@code
 * 512} bits.
 */
final class KernelSelection {
    static final String PROPERTY = "carousel.kernel";

    private static final String MODULE = "jdk.incubator.vector";
    private static final String VECTOR_KERNELS = "io.carousel.kernel.vector.VectorKernels";
    private static final List<String> VALUES = List.of("scalar", "128", "256", "512");

    /** The kernels, and the sentence that says why the slow ones run; none for the fast ones. */
    record Choice(Kernels kernels, @Nullable String reason) {}

    private static final class Holder {
        static final Choice CHOICE = announce(choose(System.getProperty(PROPERTY)));
    }

    private KernelSelection() {}

    static Kernels best() {
        return Holder.CHOICE.kernels();
    }

    /** Chooses by the property's value; null when it is not set. */
    static Choice choose(@Nullable String forced) {
        if (forced != null && !VALUES.contains(forced)) {
            throw new IllegalArgumentException("system property " + PROPERTY + " must be one of " + VALUES + ", got "
                    + forced + "; leave it out for the fastest that this machine has");
        }
        if ("scalar".equals(forced)) {
            return new Choice(new ScalarKernels(), "the system property " + PROPERTY + " asks for them");
        }
        Optional<String> obstacle = obstacle();
        if (obstacle.isEmpty()) {
            try {
                return new Choice(vectorKernels(), null);
            } catch (ReflectiveOperationException | LinkageError e) {
                obstacle = Optional.of("the vector kernels do not load here (" + e + ")");
            }
        }
        if (forced != null) {
            throw new IllegalArgumentException("system property " + PROPERTY
                    + " must name kernels that can run here, got " + forced + " although " + obstacle.get());
        }
        return new Choice(new ScalarKernels(), obstacle.get());
    }

    private static Optional<String> obstacle() {
        Optional<Module> module = ModuleLayer.boot().findModule(MODULE);
        if (module.isEmpty()) {
            return Optional.of("the module " + MODULE + " is missing; start java with --add-modules " + MODULE);
        }
        if (brokenByLocale()) {
            return Optional.of(
                    "JDK-8301190 breaks the vector module in this locale; start java with -Duser.language=en");
        }
        String compiler =
                Optional.ofNullable(System.getProperty("java.vm.info")).orElse("");
        if (compiler.contains("interpreted mode") || compiler.contains("emulated-client") || !optimisingCompiler()) {
            return Optional.of(
                    "the optimising compiler is off; start java without -Xint, -client and -XX:TieredStopAtLevel");
        }
        return Optional.empty();
    }

    /** The vector module's initialiser compares upper-cased strings, which fails where i is not upper-cased to I. */
    private static boolean brokenByLocale() {
        return Runtime.version().feature() < 21 && !"I".equals("i".toUpperCase(Locale.getDefault()));
    }

    /** Whether C2 compiles: by the options of the JVM, where it lets us read them. */
    private static boolean optimisingCompiler() {
        return VirtualMachineOption.of("UseJVMCICompiler")
                        .filter("true"::equals)
                        .isPresent()
                || !VirtualMachineOption.of("TieredStopAtLevel")
                        .filter(level -> !"4".equals(level))
                        .isPresent();
    }

    private static Kernels vectorKernels() throws ReflectiveOperationException {
        try {
            return Class.forName(VECTOR_KERNELS)
                    .asSubclass(Kernels.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static Choice announce(Choice choice) {
        System.Logger logger = System.getLogger(KernelSelection.class.getName());
        if (choice.reason() == null) {
            logger.log(
                    System.Logger.Level.INFO, "Kernels: {0}", choice.kernels().name());
        } else {
            logger.log(
                    System.Logger.Level.INFO,
                    "Kernels: {0}, slow, because {1}",
                    choice.kernels().name(),
                    choice.reason());
        }
        return choice;
    }
}
