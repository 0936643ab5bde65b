package io.carousel.task.classify;

import io.carousel.data.DataException;
import io.carousel.data.InputFile;
import io.carousel.task.classify.ExampleReader.Options;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images of bytes in the IDX format of MNIST, each a sequence of rows or of pixels from 0 to 1, and a file of their labels. */
final class IdxExamples {
    private static final int IMAGES = 0x0803;
    private static final int LABELS = 0x0801;

    private IdxExamples() {}

    static ExampleSet read(Path path, Options options) {
        Reading reading = new Reading(TextTableExamples.name(path), options);
        List<String> labels = labels(path, options);
        int[] width = {1};
        String sha256 = read(path, IMAGES, 3, (in, sizes) -> {
            if (labels != null && labels.size() != sizes[0]) {
                throw new DataException("labels of " + reading.file() + " must be as many as the " + sizes[0]
                        + " images, got " + labels.size() + "; give the file of their labels");
            }
            int pixels = Math.toIntExact((long) sizes[1] * sizes[2]);
            width[0] = options.pixels() ? 1 : sizes[2];
            for (int i = 0; i < sizes[0]; i++) {
                reading.count(pixels, 0);
                byte[] bytes = in.readNBytes(pixels);
                if (bytes.length < pixels) {
                    throw new EOFException();
                }
                float[] values = new float[pixels];
                for (int p = 0; p < pixels; p++) {
                    values[p] = (bytes[p] & 0xff) / 255f;
                }
                List<String> own = labels == null ? List.of() : List.of(labels.get(i));
                // there are no lines, so that an example is told by its number
                reading.addNumbers(reading.nextId(), width[0], values, own, 0);
                if (values.length > 0 && labels == null && options.labelled()) {
                    throw new DataException("images of " + reading.file()
                            + " must have labels, got none; give the file of their labels");
                }
            }
        });
        return reading.numbers(sha256, Reading.featureNames(width[0]), true);
    }

    private static @Nullable List<String> labels(Path images, Options options) {
        Path file = options.labelFile();
        if (file == null) {
            String name = TextTableExamples.name(images);
            Path beside = images.resolveSibling(name.replace("images", "labels").replace("idx3", "idx1"));
            if (beside.equals(images) || !Files.exists(beside)) {
                return null;
            }
            file = beside;
        }
        List<String> labels = new ArrayList<>();
        read(file, LABELS, 1, (in, sizes) -> {
            for (int i = 0; i < sizes[0]; i++) {
                labels.add(Integer.toString(in.readUnsignedByte()));
            }
        });
        return labels;
    }

    /** Takes what comes after the header. */
    private interface Body {
        void read(DataInputStream in, int[] sizes) throws IOException;
    }

    private static String read(Path path, int magic, int dimensions, Body body) {
        InputFile file = new InputFile(path, "IDX file");
        return file.readBytes(bytes -> {
            DataInputStream in = new DataInputStream(bytes);
            try {
                int found = in.readInt();
                if (found != magic) {
                    throw new DataException(file.name() + " must begin with " + hex(magic) + ", as IDX files of "
                            + (magic == IMAGES ? "images" : "labels") + " in bytes do, got " + hex(found));
                }
                int[] sizes = new int[dimensions];
                for (int i = 0; i < dimensions; i++) {
                    sizes[i] = in.readInt();
                    if (sizes[i] < 1) {
                        throw new DataException(
                                "sizes of " + file.name() + " must be positive, got " + sizes[i] + "; it is damaged");
                    }
                }
                if (dimensions == 3 && (long) sizes[1] * sizes[2] > 1 << 24) {
                    throw new DataException("an image of " + file.name() + " must have at most 2^24 pixels, got "
                            + sizes[1] + " by " + sizes[2]);
                }
                body.read(in, sizes);
            } catch (EOFException e) {
                throw new DataException(file.name() + " ends too early; get a whole copy of it", e);
            }
        });
    }

    private static String hex(int magic) {
        return String.format("0x%08X", magic);
    }
}
