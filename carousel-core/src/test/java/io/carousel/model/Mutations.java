package io.carousel.model;

import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damaged and hostile forms of a model file, each a pure function of its seed. */
final class Mutations {

    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "3",
            "4",
            "2147483647",
            "2147483648",
            "536870912",
            "1073741824",
            "4294967295",
            "4294967297",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "1.0",
            "1e9",
            "1e999",
            "NaN",
            "0x10",
            "99999999999999999999999999",
            "null",
            "true",
            "\"7\"",
            "[]",
            "{}",
            "");

    private static final List<String> TEXTS = List.of(
            "dtype",
            "shape",
            "data_offsets",
            "__metadata__",
            "F32",
            "F64",
            "BF16",
            "I64",
            "carousel.format",
            "carousel.network",
            "carousel.task",
            "carousel.provenance",
            "carousel.sha256",
            "encoder.weight_ih_l0",
            "head.bias",
            "type",
            "recurrent",
            "java.lang.ProcessBuilder",
            "model 2",
            "\\u0000",
            "\\ud800",
            "\u00e9",
            "");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern TEXT = Pattern.compile("\"[^\"\\\\]*\"");
    private static final Pattern ENTRY = Pattern.compile(",\"[a-z_.0-9]+\":\\{\"dtype\"[^}]*\\}");

    private final byte[] original;
    private final String header;
    private final byte[] data;

    Mutations(byte[] original) {
        this.original = original;
        int length =
                (int) ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).getLong();
        header = new String(original, 8, length, StandardCharsets.UTF_8);
        data = Arrays.copyOfRange(original, 8 + length, original.length);
    }

    /** A file that differs from the original in some bytes, and so also from its checksum; or, rarely, in none. */
    byte[] damaged(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return switch (random.nextInt(12)) {
            case 0 -> flipped(random);
            case 1 -> Arrays.copyOf(original, random.nextInt(original.length));
            case 2 -> spliced(random, random.nextInt(original.length), 0, random.nextInt(1, 40));
            case 3 -> spliced(random, random.nextInt(original.length), random.nextInt(1, 40), 0);
            case 4 -> repeated(random);
            case 5 -> withHeaderLength(random);
            case 6 -> file(replaced(header, NUMBER, pick(random, NUMBERS), random), random);
            case 7 -> file(replaced(header, TEXT, "\"" + pick(random, TEXTS) + "\"", random), random);
            case 8 -> file(nested(random), random);
            case 9 -> file(entryTwice(random), random);
            case 10 -> file(entriesSwapped(random), random);
            default -> file(header.substring(0, random.nextInt(header.length())), random);
        };
    }

    /**
     * Content that lies, for a writer that gives it a checksum which is right.
     *
     * @param metadata changed in place
     * @param tensors changed in place
     */
    static void lie(Map<String, String> metadata, List<NamedTensor> tensors, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int edits = random.nextInt(1, 4); edits > 0; edits--) {
            List<String> keys = new ArrayList<>(new TreeMap<>(metadata).keySet());
            String key = pick(random, keys);
            int index = tensors.isEmpty() ? 0 : random.nextInt(tensors.size());
            switch (tensors.isEmpty() ? random.nextInt(5) : random.nextInt(9)) {
                case 0, 1 -> metadata.put(key, replaced(metadata.get(key), NUMBER, pick(random, NUMBERS), random));
                case 2 ->
                    metadata.put(key, replaced(metadata.get(key), TEXT, "\"" + pick(random, TEXTS) + "\"", random));
                case 3 -> metadata.put(key, deep(metadata.get(key), random));
                case 4 -> metadata.put(key, metadata.get(pick(random, keys)));
                case 5 -> tensors.remove(index);
                case 6 -> tensors.set(index, new NamedTensor(tensors.get(index).name(), tensor(random)));
                case 7 -> tensors.add(index, new NamedTensor("extra" + random.nextInt(1000), tensor(random)));
                default -> {
                    float[] values = tensors.get(index).tensor().toArray();
                    values[random.nextInt(values.length)] = random.nextBoolean() ? Float.NaN : random.nextInt();
                    Shape shape = tensors.get(index).tensor().shape();
                    tensors.set(index, new NamedTensor(tensors.get(index).name(), Tensor.of(shape, values)));
                }
            }
        }
    }

    private static Tensor tensor(SplittableRandom random) {
        int[] dims = new int[random.nextInt(4)];
        Arrays.setAll(dims, i -> random.nextInt(1, 6));
        return Tensor.zeros(dims);
    }

    private byte[] flipped(SplittableRandom random) {
        byte[] bytes = original.clone();
        for (int flips = random.nextInt(1, 9); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] spliced(SplittableRandom random, int at, int remove, int insert) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(original, 0, at);
        for (int i = 0; i < insert; i++) {
            bytes.write(random.nextInt(256));
        }
        int rest = Math.min(original.length, at + remove);
        bytes.write(original, rest, original.length - rest);
        return bytes.toByteArray();
    }

    private byte[] repeated(SplittableRandom random) {
        int from = random.nextInt(original.length);
        int to = random.nextInt(from, original.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(original, 0, to);
        bytes.write(original, from, original.length - from);
        return bytes.toByteArray();
    }

    private byte[] withHeaderLength(SplittableRandom random) {
        long[] lengths = {
            0,
            1,
            2,
            -1,
            header.length() - 8,
            header.length() + 8,
            original.length,
            original.length - 8,
            1L << 31,
            1L << 32,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            random.nextLong(),
            random.nextInt(original.length)
        };
        byte[] bytes = original.clone();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(lengths[random.nextInt(lengths.length)]);
        return bytes;
    }

    private String nested(SplittableRandom random) {
        return deep(header, random);
    }

    private static String deep(String text, SplittableRandom random) {
        int at = random.nextInt(text.length() + 1);
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        return text.substring(0, at) + open.repeat(random.nextInt(1, 20_000)) + text.substring(at);
    }

    private String entryTwice(SplittableRandom random) {
        MatchResult entry = pick(random, ENTRY.matcher(header).results().toList());
        return header.substring(0, entry.end()) + entry.group() + header.substring(entry.end());
    }

    private String entriesSwapped(SplittableRandom random) {
        Pattern offsets = Pattern.compile("\"data_offsets\":\\[[0-9,]+\\]");
        List<MatchResult> all = offsets.matcher(header).results().toList();
        return replaced(header, offsets, pick(random, all).group(), random);
    }

    /** The text with one match of the pattern replaced. */
    private static String replaced(String text, Pattern pattern, String by, SplittableRandom random) {
        List<MatchResult> matches = pattern.matcher(text).results().toList();
        if (matches.isEmpty()) {
            return text + by;
        }
        MatchResult match = pick(random, matches);
        return text.substring(0, match.start()) + by + text.substring(match.end());
    }

    private byte[] file(String newHeader, SplittableRandom random) {
        byte[] json = newHeader.getBytes(StandardCharsets.UTF_8);
        long length = random.nextInt(10) == 0 ? header.length() : json.length;
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(json)
                .put(data)
                .array();
    }

    private static <T> T pick(SplittableRandom random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
