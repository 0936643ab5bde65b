package io.carousel.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recording of PhysioNet: signals in format 212, and what people annotated in them.
 *
 * <pre>{@code
 * name.hea   the header: signals, sampling frequency, length
 * name.dat   the samples of all signals in turn, two of 12 bits in three bytes; also as name.dat.gz
 * name.atr   annotations: where and what
 * }</pre>
 *
 * <p>Each signal is checked against the first value and the sum that the header states. Source: the WFDB manual of PhysioNet,
 * {@code header(5)}, {@code signal(5)} and {@code annot(5)}. Immutable, as long as nobody writes the samples.
 *
 * @param name of the record
 * @param frequency in samples per second
 * @param signals in the order of the header
 * @param annotations in the order of time; empty where there is no file of them
 */
public record WfdbRecord(String name, double frequency, List<Signal> signals, List<Annotation> annotations) {
    private static final String FORMAT = "212";
    private static final int MOST_SIGNALS = 32;
    private static final int MOST_SAMPLES = 100_000_000;
    private static final double DEFAULT_GAIN = 200;

    private static final int SKIP = 59;
    private static final int AUXILIARY = 63;
    private static final int FIRST_MODIFIER = 60;

    /** Codes of annotations by their number, as {@code annot(5)} lists them. */
    private static final Map<Integer, String> CODES = Map.ofEntries(
            Map.entry(1, "N"),
            Map.entry(2, "L"),
            Map.entry(3, "R"),
            Map.entry(4, "a"),
            Map.entry(5, "V"),
            Map.entry(6, "F"),
            Map.entry(7, "J"),
            Map.entry(8, "A"),
            Map.entry(9, "S"),
            Map.entry(10, "E"),
            Map.entry(11, "j"),
            Map.entry(12, "/"),
            Map.entry(13, "Q"),
            Map.entry(14, "~"),
            Map.entry(16, "|"),
            Map.entry(18, "s"),
            Map.entry(19, "T"),
            Map.entry(22, "\""),
            Map.entry(28, "+"),
            Map.entry(34, "e"),
            Map.entry(35, "n"),
            Map.entry(37, "x"),
            Map.entry(38, "f"));

    /**
     * One signal.
     *
     * @param name such as {@code MLII}
     * @param samples in physical units, such as millivolt
     */
    public record Signal(String name, double[] samples) {}

    /**
     * What was seen at a sample.
     *
     * @param sample its number, from 0
     * @param code such as {@code N} for a normal beat or {@code V} for a premature ventricular one
     */
    public record Annotation(int sample, String code) {}

    public WfdbRecord {
        signals = List.copyOf(signals);
        annotations = List.copyOf(annotations);
    }

    /** What the header says of a signal. */
    private record Line(String file, double gain, double baseline, int first, int sum, String name) {}

    /**
     * Reads a record.
     *
     * @param header the file {@code name.hea}, beside which the others lie
     * @throws DataException when one is missing, damaged, or in another format
     */
    public static WfdbRecord read(Path header) {
        List<String> lines = new ArrayList<>();
        InputFile file = new InputFile(header, "header of a record");
        file.readText(text -> {
            StringBuilder all = new StringBuilder();
            char[] buffer = new char[4096];
            for (int n = text.read(buffer); n >= 0 && all.length() < 1 << 20; n = text.read(buffer)) {
                all.append(buffer, 0, n);
            }
            all.toString()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(lines::add);
        });
        String[] record = words(lines.isEmpty() ? "" : lines.get(0), 4, file.name());
        int count = (int) number(record[1], 1, MOST_SIGNALS, "number of signals", file.name());
        double frequency = number(record[2].split("[/(]", -1)[0], 1e-3, 1e6, "sampling frequency", file.name());
        int most = MOST_SAMPLES / count;
        int length = (int) number(record[3], 1, most, "number of samples", file.name());
        if (lines.size() < count + 1) {
            throw new DataException(file.name() + " must have a line for each of " + count + " signals, got "
                    + (lines.size() - 1) + "; get a whole copy of it");
        }
        List<Line> described = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            described.add(line(lines.get(s + 1), file.name()));
        }
        Path folder = header.toAbsolutePath().getParent();
        List<Signal> signals = signals(beside(folder, described.get(0).file), described, length);
        String stem = file.name().replaceFirst("\\.hea$", "");
        Path annotations = folder == null ? Path.of(stem + ".atr") : folder.resolve(stem + ".atr");
        return new WfdbRecord(
                record[0], frequency, signals, Files.exists(annotations) ? annotations(annotations) : List.of());
    }

    private static Path beside(@Nullable Path folder, String name) {
        Path plain = folder == null ? Path.of(name) : folder.resolve(name);
        return Files.exists(plain) ? plain : plain.resolveSibling(name + ".gz");
    }

    private static Line line(String text, String file) {
        String[] words = words(text, 8, file);
        if (!words[1].equals(FORMAT)) {
            throw new DataException("signals of " + file + " must be in format " + FORMAT + ", got "
                    + Texts.shown(words[1]) + "; convert them with PhysioNet's xform");
        }
        String[] gain = words[2].split("[(/)]+", -1);
        double units = number(gain[0], 0, 1e9, "gain", file);
        double zero = number(words[4], -1e6, 1e6, "zero of the converter", file);
        double baseline = words[2].contains("(") ? number(gain[1], -1e6, 1e6, "baseline", file) : zero;
        String name = words.length > 8 ? words[8] : "signal";
        return new Line(
                words[0],
                units == 0 ? DEFAULT_GAIN : units,
                baseline,
                (int) number(words[5], -1e6, 1e6, "first value", file),
                (int) number(words[6], -65_536, 65_536, "sum", file),
                name);
    }

    private static String[] words(String line, int least, String file) {
        String[] words = line.split("\\s+", 9);
        if (words.length < least) {
            throw new DataException("line \"" + Texts.shown(line) + "\" of " + file + " must have at least " + least
                    + " words, got " + words.length + "; get a whole copy of it");
        }
        return words;
    }

    private static double number(String word, double least, double most, String what, String file) {
        try {
            double value = Double.parseDouble(word);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new DataException(what + " in " + file + " must be a number from " + least + " to " + most + ", got "
                + Texts.shown(word) + "; correct it");
    }

    // ---------------------------------------------------------------- samples

    private static List<Signal> signals(Path file, List<Line> lines, int length) {
        int count = lines.size();
        InputFile data = new InputFile(file, "file of samples");
        byte[][] read = new byte[1][];
        int samples = count * length;
        int wanted = samples / 2 * 3 + samples % 2 * 2;
        data.readBytes(bytes -> read[0] = bytes.readNBytes(wanted));
        byte[] packed = read[0];
        if (packed.length < wanted) {
            throw new DataException(data.name() + " must have " + wanted + " bytes for " + samples + " samples, got "
                    + packed.length + "; get a whole copy of it");
        }
        List<Signal> signals = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            Line line = lines.get(s);
            double[] physical = new double[length];
            int sum = 0;
            for (int t = 0; t < length; t++) {
                int sample = sample(packed, t * count + s);
                if (t == 0 && sample != line.first) {
                    throw new DataException("first value of signal " + line.name + " in " + data.name() + " must be "
                            + line.first + " as the header says, got " + sample + "; get a whole copy of both");
                }
                sum += sample;
                physical[t] = (sample - line.baseline) / line.gain;
            }
            if ((short) sum != (short) line.sum) {
                throw new DataException("sum of signal " + line.name + " in " + data.name() + " must be " + line.sum
                        + " as the header says, got " + (short) sum + "; get a whole copy of both");
            }
            signals.add(new Signal(line.name, physical));
        }
        return signals;
    }

    /** Sample i of all: two of 12 bits with a sign in three bytes. */
    private static int sample(byte[] packed, int i) {
        int at = i / 2 * 3;
        int middle = packed[at + 1] & 0xff;
        int bits = i % 2 == 0
                ? ((middle & 0x0f) << 8) | (packed[at] & 0xff)
                : ((middle & 0xf0) << 4) | (packed[at + 2] & 0xff);
        return bits << 20 >> 20;
    }

    // ---------------------------------------------------------------- annotations

    private static List<Annotation> annotations(Path file) {
        InputFile input = new InputFile(file, "file of annotations");
        byte[][] read = new byte[1][];
        input.readBytes(bytes -> read[0] = bytes.readAllBytes());
        byte[] bytes = read[0];
        List<Annotation> annotations = new ArrayList<>();
        long sample = 0;
        int at = 0;
        while (true) {
            int word = word(bytes, at, input.name());
            at += 2;
            int type = word >>> 10;
            int value = word & 0x3ff;
            if (word == 0) {
                return annotations;
            }
            if (type == SKIP) { // the high half first
                sample += (word(bytes, at, input.name()) << 16) | word(bytes, at + 2, input.name());
                at += 4;
            } else if (type == AUXILIARY) {
                at += value + value % 2;
            } else if (type < FIRST_MODIFIER) {
                sample += value;
                if (sample < 0 || sample > MOST_SAMPLES) {
                    throw new DataException(
                            input.name() + " must have annotations within the record, got one at sample " + sample
                                    + "; get a whole copy of it");
                }
                annotations.add(new Annotation((int) sample, CODES.getOrDefault(type, "#" + type)));
            }
        }
    }

    private static int word(byte[] bytes, int at, String file) {
        if (at + 1 >= bytes.length) {
            throw new DataException(file + " ends too early; get a whole copy of it");
        }
        return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
    }
}
