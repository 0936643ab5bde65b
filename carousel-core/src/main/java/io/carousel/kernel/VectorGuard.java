package io.carousel.kernel;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a virtual machine must offer before the vector kernels run on it: the guards of Apache Lucene's vectorization
 * provider, and that its multiply-add is fused by the machine.
 *
 * <p>Without any of them every vector is an object on the heap, or every multiply-add a sum of big decimals, and the
 * vector kernels run slower than the scalar ones by orders of magnitude.
 *
 * @param feature the version of Java, such as 17
 * @param name the property {@code java.vm.name}
 * @param info the property {@code java.vm.info}
 * @param module whether the vector module is there
 * @param options the value of an option of the virtual machine; empty where it cannot be read
 */
record VectorGuard(
        int feature,
        String name,
        String info,
        Locale locale,
        boolean module,
        Function<String, Optional<String>> options) {
    static final String MODULE = "jdk.incubator.vector";

    /** The virtual machine that runs this. */
    static VectorGuard here() {
        return new VectorGuard(
                Runtime.version().feature(),
                System.getProperty("java.vm.name", ""),
                System.getProperty("java.vm.info", ""),
                Locale.getDefault(),
                readableModule(),
                VirtualMachineOption::of);
    }

    /** The module in our own layer, or in the boot layer for code of the class path; we are made to read it. */
    private static boolean readableModule() {
        Module ours = VectorGuard.class.getModule();
        Optional<Module> module =
                Objects.requireNonNullElse(ours.getLayer(), ModuleLayer.boot()).findModule(MODULE);
        module.ifPresent(ours::addReads);
        return module.isPresent();
    }

    /** What keeps the vector kernels from running, and what to do about it; empty when nothing does. */
    Optional<String> obstacle() {
        if (!module) {
            return Optional.of("the module " + MODULE + " is missing; start java with --add-modules " + MODULE);
        }
        if (brokenByLocale()) {
            return Optional.of(
                    "JDK-8301190 breaks the vector module in this locale; start java with -Duser.language=en");
        }
        if (!name.contains("Server VM")) {
            return Optional.of("this virtual machine, " + name
                    + ", is not known to compile vectors; start the java of an OpenJDK with its server compiler");
        }
        if (is("UseJVMCICompiler", "true")) {
            return Optional.of(
                    "the JVMCI compiler does not compile vectors; start java with -XX:-UseJVMCICompiler, which takes C2");
        }
        if (info.contains("interpreted mode")
                || info.contains("emulated-client")
                || options.apply("TieredStopAtLevel")
                        .filter(level -> !"4".equals(level))
                        .isPresent()) {
            return Optional.of(
                    "the optimising compiler is off; start java without -Xint, -client and -XX:TieredStopAtLevel");
        }
        if (is("EnableVectorSupport", "false")) {
            return Optional.of("vectors are not compiled; start java without -XX:-EnableVectorSupport");
        }
        if (options.apply("MaxVectorSize")
                .filter(bytes -> Long.parseLong(bytes) < 16)
                .isPresent()) {
            return Optional.of("vectors have less than 128 bits; start java without -XX:MaxVectorSize,"
                    + " on a machine that has wider ones");
        }
        if (is("UseFMA", "false")) {
            return Optional.of("the multiply-add is not fused by the machine; start java without -XX:-UseFMA,"
                    + " on a machine that has it");
        }
        return Optional.empty();
    }

    private boolean is(String option, String value) {
        return options.apply(option).filter(value::equals).isPresent();
    }

    /** The vector module's initialiser compares upper-cased strings, which fails where i is not upper-cased to I. */
    private boolean brokenByLocale() {
        return feature < 21 && !"I".equals("i".toUpperCase(locale));
    }
}
