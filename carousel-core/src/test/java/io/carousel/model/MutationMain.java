package io.carousel.model;

import io.carousel.data.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Loads mutated model files, in a JVM with little memory, and prints how many were equal, other models or refused, and
 * each that was none of these.
 *
 * <p>Arguments: the model file, a folder to work in, {@code damaged}, {@code lying} or {@code
 * given}, the first seed, the number of seeds.
 */
final class MutationMain {

    private final Path folder;
    private final Model original;
    private int equal;
    private int other;
    private int refused;
    private int wrong;

    private MutationMain(Path file, Path folder) throws IOException {
        this.folder = folder;
        this.original = Model.load(file);
    }

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        MutationMain main = new MutationMain(file, Path.of(arguments[1]));
        if (arguments[2].equals("given")) {
            main.given();
        }
        boolean damaged = arguments[2].equals("damaged");
        long first = Long.parseLong(arguments[3]);
        Mutations mutations = new Mutations(Files.readAllBytes(file));
        for (long seed = first; seed < first + Long.parseLong(arguments[4]); seed++) {
            if (damaged) {
                main.damaged(mutations.damaged(seed), seed);
            } else {
                main.lying(SafeTensors.read(file), seed);
            }
        }
        System.out.println("equal " + main.equal + ", other " + main.other + ", refused " + main.refused);
        System.exit(main.wrong == 0 ? 0 : 1);
    }

    /** A file that does not agree with its checksum: the same model or none. */
    private void damaged(byte[] bytes, long seed) throws IOException {
        Path path = Files.write(folder.resolve("mutated.carousel"), bytes);
        Model model = load(path, seed);
        if (model == null) {
            return;
        }
        if (isOriginal(model)) {
            equal++;
        } else {
            wrong(seed, "gave another model", null);
        }
    }

    /** A file that agrees with its checksum: any whole model, which can be saved and loaded again, or none. */
    private void lying(SafeTensors content, long seed) throws IOException {
        Map<String, String> metadata = new TreeMap<>(content.metadata());
        List<NamedTensor> tensors = new ArrayList<>(content.tensors());
        Mutations.lie(metadata, tensors, seed);
        Path path = folder.resolve("mutated.carousel");
        try {
            write(path, SafeTensors.content(metadata, tensors));
        } catch (IllegalArgumentException e) {
            // A file that our writer refuses to write.
            refused++;
            return;
        }
        Model model = load(path, seed);
        if (model == null) {
            return;
        }
        Path again = folder.resolve("again.carousel");
        write(again, model.content());
        if (!Arrays.equals(weights(Model.load(again)), weights(model))) {
            wrong(seed, "is not saved as it was loaded", null);
        }
        if (isOriginal(model)) {
            equal++;
        } else {
            other++;
        }
    }

    /** Files that are there already, made where there was more memory. */
    private void given() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path : files.filter(file -> file.toString().endsWith(".hostile"))
                    .sorted()
                    .toList()) {
                Model model = load(path, 0);
                if (model != null) {
                    other++;
                }
            }
        }
    }

    /** Without waiting for the disk. */
    private static void write(Path path, AtomicFile.Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
            content.writeTo(out);
        }
    }

    private Model load(Path path, long seed) {
        try {
            return Model.load(path);
        } catch (FormatException e) {
            if (e.getMessage().startsWith(path + ": ") || e.getMessage().startsWith(path + ", ")) {
                refused++;
            } else {
                wrong(seed, "does not name the file", e);
            }
        } catch (Throwable e) {
            wrong(seed, "failed otherwise", e);
        }
        return null;
    }

    private boolean isOriginal(Model model) {
        return model.spec().equals(original.spec())
                && model.task().equals(original.task())
                && model.provenance().equals(original.provenance())
                && Arrays.equals(weights(model), weights(original));
    }

    private static float[] weights(Model model) {
        return model.network().parameters().values();
    }

    private void wrong(long seed, String what, Throwable problem) {
        wrong++;
        if (wrong <= 10) {
            System.out.println("seed " + seed + " " + what + ": " + problem);
        }
    }
}
