package io.carousel.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.carousel.kernel.Kernels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A method in whose loop four vectors or more go round is longer than what the compiler inlines ({@code FreqInlineSize}): inlined
 * into a caller that is large already, its vectors became objects for the life of the process. Read from the class files by the
 * JDK's own {@code javap}.
 *
 * <p>Loops with fewer are small enough to be inlined whole. {@code KernelAllocationTest} runs all of them.
 */
@Tag("slow") // once is enough: it reads classes, and runs none
class VectorLoopTest {
    private static final int FREQ_INLINE_SIZE = 325;
    private static final int MANY = 4;

    /** Twice as long, with two steps in a turn, the first has half the speed and the second 0.6 to 1.1 of it. */
    private static final Set<String> FASTER_SHORT = Set.of("VectorRows.fourColumnProducts", "Tiles.rows2T");

    private static final Pattern TYPE = Pattern.compile("^(?!Compiled).*\\b(?:class|interface|enum) ([\\w.$]+).*\\{$");
    private static final Pattern METHOD = Pattern.compile("^  (?:.*\\b([\\w$]+)\\(.*\\).*|static \\{\\});$");
    private static final Pattern INSTRUCTION = Pattern.compile("^ +(\\d+): (\\w+) *(.*)$");
    private static final Pattern LOCAL = Pattern.compile("a(load|store)(?:_(\\d))?");

    /**
     * An instruction.
     *
     * @param at where it starts in the method's code, in bytes
     */
    private record Instruction(int at, String code, String operands) {}

    /** A method that names vectors. */
    private record Method(String name, List<Instruction> instructions) {
        /** The bytes of its code: it ends with an instruction of one byte. */
        int size() {
            return instructions.get(instructions.size() - 1).at() + 1;
        }

        boolean namesVectors() {
            return instructions.stream()
                    .anyMatch(instruction -> instruction.operands().contains("jdk/incubator/vector"));
        }

        /** The most objects that one of its loops hands on from turn to turn: read before they are written, and written. */
        int carried() {
            int most = 0;
            for (int end = 0; end < instructions.size(); end++) {
                Instruction jump = instructions.get(end);
                if (!jump.code().startsWith("if") && !jump.code().startsWith("goto")) {
                    continue;
                }
                int target = Integer.parseInt(jump.operands().split(" ", -1)[0]);
                if (target < jump.at()) {
                    most = Math.max(most, carried(target, end));
                }
            }
            return most;
        }

        private int carried(int from, int end) {
            Map<String, String> first = new HashMap<>();
            Set<String> written = new TreeSet<>();
            for (Instruction instruction : instructions.subList(0, end + 1)) {
                Matcher local = LOCAL.matcher(instruction.code());
                if (instruction.at() >= from && local.matches()) {
                    String slot =
                            local.group(2) == null ? instruction.operands().trim() : local.group(2);
                    first.putIfAbsent(slot, local.group(1));
                    if (local.group(1).equals("store")) {
                        written.add(slot);
                    }
                }
            }
            written.removeIf(slot -> !"load".equals(first.get(slot)));
            return written.size();
        }
    }

    @Test
    void aMethodThatTurnsFourVectorsIsTooLongToBeInlined() throws Exception {
        List<Method> methods = methods(classes(Kernels.class, "kernel/vector"));

        assertThat(methods).filteredOn(method -> method.carried() >= 2 * MANY).hasSizeGreaterThan(8);
        assertThat(tooShort(methods)).containsExactlyInAnyOrderElementsOf(FASTER_SHORT);
    }

    @Test
    void aShortOneIsRefused() throws Exception {
        List<Method> methods = methods(classes(VectorLoopTest.class, "architecture/example/kernel/vector"));

        assertThat(tooShort(methods)).containsExactly("TurnsFourShortly.sums");
    }

    private static List<String> tooShort(List<Method> methods) {
        return methods.stream()
                .filter(method -> method.carried() >= MANY && method.size() <= FREQ_INLINE_SIZE)
                .map(Method::name)
                .toList();
    }

    /** The class files of a package, beside a class that was built with them. */
    private static List<String> classes(Class<?> one, String folder) throws URISyntaxException {
        Path root =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        assumeTrue(Files.isDirectory(root), "the classes are in a jar");
        try (Stream<Path> files = Files.list(root.resolve("io/carousel").resolve(folder))) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The methods of class files that name vectors. */
    private static List<Method> methods(List<String> files) {
        ToolProvider javap = ToolProvider.findFirst("javap").orElse(null);
        assumeTrue(javap != null, "this Java has no javap");
        List<String> arguments = new ArrayList<>(List.of("-c", "-p"));
        arguments.addAll(files);
        StringWriter text = new StringWriter();
        int exitCode = javap.run(new PrintWriter(text), new PrintWriter(text), arguments.toArray(String[]::new));
        assertThat(exitCode).as(text.toString()).isZero();
        List<Method> methods = new ArrayList<>();
        String type = "";
        for (String line : text.toString().lines().toList()) {
            Matcher header = TYPE.matcher(line);
            Matcher method = METHOD.matcher(line);
            Matcher instruction = INSTRUCTION.matcher(line);
            if (header.matches()) {
                type = header.group(1).substring(header.group(1).lastIndexOf('.') + 1);
            } else if (method.matches()) {
                String name = method.group(1) == null ? "static {}" : method.group(1);
                methods.add(new Method(type + "." + name, new ArrayList<>()));
            } else if (instruction.matches()) {
                methods.get(methods.size() - 1)
                        .instructions()
                        .add(new Instruction(
                                Integer.parseInt(instruction.group(1)), instruction.group(2), instruction.group(3)));
            }
        }
        methods.removeIf(method -> method.instructions().isEmpty() || !method.namesVectors());
        return methods;
    }
}
