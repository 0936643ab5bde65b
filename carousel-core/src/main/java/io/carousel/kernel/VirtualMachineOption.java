package io.carousel.kernel;

import java.lang.reflect.Method;
import java.util.Optional;

/** Reads an option of the virtual machine, through a bean that not every virtual machine and run-time image has. */
final class VirtualMachineOption {
    private VirtualMachineOption() {}

    /** The value of the option; empty where it or the means to read it is missing. */
    static Optional<String> of(String name) {
        try {
            Class<?> bean = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
            Object hotSpot = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getPlatformMXBean", Class.class)
                    .invoke(null, bean);
            if (hotSpot == null) {
                return Optional.empty();
            }
            Method option = bean.getMethod("getVMOption", String.class);
            Object found = option.invoke(hotSpot, name);
            return Optional.of((String) Class.forName("com.sun.management.VMOption")
                    .getMethod("getValue")
                    .invoke(found));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }
}
