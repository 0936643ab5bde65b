package io.carousel.benchmarks.ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the system says of the machine; what it does not say is left out. */
final class Machine {
    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

    private Machine() {}

    static Map<String, String> describe() {
        Map<String, String> facts = new LinkedHashMap<>();
        first(Path.of("/proc/cpuinfo"), "model name\\s*:\\s*(.*)").ifPresentAs("processor", facts);
        facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        first(Path.of("/proc/cpuinfo"), "flags\\s*:.*?\\b(avx512f|avx2)\\b").ifPresentAs("vectors", facts);
        Found memory = first(Path.of("/proc/meminfo"), "MemTotal:\\s*(\\d+) kB");
        if (!memory.text.isEmpty()) {
            facts.put("memory", Math.round(Long.parseLong(memory.text) / 1048576.0) + " GiB");
        }
        caches().forEach(facts::put);
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        return facts;
    }

    private static Map<String, String> caches() {
        Map<String, String> sizes = new TreeMap<>();
        if (Files.isDirectory(CACHES)) {
            try (DirectoryStream<Path> indices = Files.newDirectoryStream(CACHES, "index*")) {
                for (Path index : indices) {
                    String type = Files.readString(index.resolve("type")).trim();
                    if (!type.equals("Instruction")) {
                        String level = Files.readString(index.resolve("level")).trim();
                        sizes.put(
                                "L" + level,
                                Files.readString(index.resolve("size")).trim());
                    }
                }
            } catch (IOException e) {
                return sizes;
            }
        }
        return sizes;
    }

    private record Found(String text) {
        void ifPresentAs(String name, Map<String, String> facts) {
            if (!text.isEmpty()) {
                facts.put(name, text);
            }
        }
    }

    private static Found first(Path file, String pattern) {
        try {
            Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
            return new Found(matcher.find() ? matcher.group(1).trim() : "");
        } catch (IOException e) {
            return new Found("");
        }
    }
}
