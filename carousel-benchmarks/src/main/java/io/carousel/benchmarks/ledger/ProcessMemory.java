package io.carousel.benchmarks.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the system says of the memory of a process; NaN where it says nothing.
 *
 * @param resident bytes in memory now
 * @param most bytes that were in memory at once
 */
record ProcessMemory(double resident, double most) {
    static ProcessMemory of(long pid) {
        try {
            String status = Files.readString(Path.of("/proc/" + pid + "/status"));
            return new ProcessMemory(bytes(status, "VmRSS"), bytes(status, "VmHWM"));
        } catch (IOException e) {
            return new ProcessMemory(Double.NaN, Double.NaN);
        }
    }

    private static double bytes(String status, String name) {
        Matcher line = Pattern.compile(name + ":\\s*(\\d+) kB").matcher(status);
        return line.find() ? 1024.0 * Long.parseLong(line.group(1)) : Double.NaN;
    }
}
