package io.carousel.kernel;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which kernels this JVM runs, and why; decided once.
 *
 * <p>The vector kernels are taken when {@link VectorGuard} finds no obstacle. They are found by name, so that this class
 * loads without the module. The system property {@value #PROPERTY} forces {@code scalar}, or a width of {@code 128}, {@code 256} or {@code
 * 512} bits.
 */
final class KernelSelection {
    static final String PROPERTY = "carousel.kernel";

    private static final String VECTOR_KERNELS = "io.carousel.kernel.vector.VectorKernels";
    private static final List<String> VALUES = List.of("scalar", "128", "256", "512");

    /**
     * The kernels, and the sentence that says why the slow ones run; none for the fast ones.
     *
     * @param asked whether the slow ones were asked for
     */
    record Choice(Kernels kernels, @Nullable String reason, boolean asked) {
        /** Slow kernels that nobody asked for are worth a warning. */
        System.Logger.Level level() {
            return reason == null || asked ? System.Logger.Level.INFO : System.Logger.Level.WARNING;
        }
    }

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
            return new Choice(new ScalarKernels(), "the system property " + PROPERTY + " asks for them", true);
        }
        Optional<String> obstacle = VectorGuard.here().obstacle();
        if (obstacle.isEmpty()) {
            try {
                return new Choice(vectorKernels(), null, false);
            } catch (ReflectiveOperationException | LinkageError e) {
                obstacle = Optional.of("the vector kernels do not load here (" + e + ")");
            }
        }
        if (forced != null) {
            throw new IllegalArgumentException("system property " + PROPERTY
                    + " must name kernels that can run here, got " + forced + " although " + obstacle.get());
        }
        return new Choice(new ScalarKernels(), obstacle.get(), false);
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
        String name = choice.kernels().name();
        if (choice.reason() == null) {
            logger.log(choice.level(), "Kernels: {0}", name);
        } else {
            logger.log(choice.level(), "Kernels: {0}, slow, because {1}", name, choice.reason());
        }
        return choice;
    }
}
