package io.carousel.model;

import io.carousel.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Reads the JSON of a safetensors header token by token and checks all of it before anything of its size is made. */
final class SafeTensorsHeaderReader {

    /** No recurrent network has tensors of more dimensions. */
    static final int MAX_RANK = 8;

    /** The most tensors, and the most texts of metadata. */
    static final int MAX_ENTRIES = 1 << 16;

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(3)
                    .maxStringLength(SafeTensors.MAX_HEADER_LENGTH)
                    .maxNameLength(1024)
                    .maxNumberLength(20)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private final String source;
    private final long dataLength;
    private final Map<String, String> metadata = new TreeMap<>();
    private final List<TensorInfo> tensors = new ArrayList<>();

    private SafeTensorsHeaderReader(String source, long dataLength) {
        this.source = source;
        this.dataLength = dataLength;
    }

    /**
     * @param json the header's bytes
     * @param dataStart the first byte after the header
     * @param dataLength the number of bytes after the header
     */
    static SafeTensorsHeader read(String source, byte[] json, long dataStart, long dataLength) throws FormatException {
        SafeTensorsHeaderReader reader = new SafeTensorsHeaderReader(source, dataLength);
        reader.checkText(json);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            reader.readObject(parser);
        } catch (JacksonException e) {
            throw Json.failure(e, source + ", header");
        }
        reader.checkOffsets();
        String checksum = reader.metadata.remove(SafeTensors.CHECKSUM);
        if (checksum != null && !SHA_256.matcher(checksum).matches()) {
            throw reader.refuse("metadata " + SafeTensors.CHECKSUM + " must be 64 hexadecimal digits, got "
                    + Json.shorten(checksum) + "; the file is damaged");
        }
        return new SafeTensorsHeader(source, reader.metadata, checksum, reader.tensors, dataStart);
    }

    /** UTF-8 without a fault, from an opening brace to a closing one, then spaces only. */
    private void checkText(byte[] json) throws FormatException {
        int end = json.length;
        while (end > 0 && json[end - 1] == ' ') {
            end--;
        }
        if (end < 2 || json[0] != '{' || json[end - 1] != '}') {
            throw refuse(
                    "header must begin with { and end with } and spaces; the file is damaged or no safetensors file");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(json);
        CharBuffer chars = CharBuffer.allocate(8192);
        CoderResult result;
        do {
            result = decoder.decode(bytes, chars.clear(), true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw refuse("header must be UTF-8, got another byte at " + bytes.position() + "; the file is damaged");
        }
    }

    private void readObject(JsonParser parser) throws FormatException {
        expect(parser, parser.nextToken(), JsonToken.START_OBJECT, "header");
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (name.equals(SafeTensors.METADATA)) {
                readMetadata(parser);
            } else {
                readTensor(parser, name);
            }
        }
        expect(parser, parser.currentToken(), JsonToken.END_OBJECT, "header");
        if (parser.nextToken() != null) {
            throw refuse("header must end with its object, got more; the file is damaged");
        }
    }

    private void readMetadata(JsonParser parser) throws FormatException {
        expect(parser, parser.nextToken(), JsonToken.START_OBJECT, SafeTensors.METADATA);
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            expect(parser, parser.nextToken(), JsonToken.VALUE_STRING, "metadata " + Json.shorten(key));
            String value = parser.getString();
            if (hasLoneSurrogate(key) || hasLoneSurrogate(value)) {
                throw refuse(
                        "metadata " + Json.shorten(key) + " must be text, got half a character; the file is damaged");
            }
            metadata.put(key, value);
            if (metadata.size() > MAX_ENTRIES) {
                throw refuse("metadata must have at most " + MAX_ENTRIES + " keys, got more; the file is damaged");
            }
        }
    }

    private void readTensor(JsonParser parser, String name) throws FormatException {
        if (!NamedTensor.validName(name)) {
            throw refuse("tensor name must be 1 to " + NamedTensor.MAX_NAME_LENGTH
                    + " printable ASCII characters without space, got " + Json.shorten(name)
                    + "; rename it where the file was made");
        }
        String what = "tensor " + name;
        expect(parser, parser.nextToken(), JsonToken.START_OBJECT, what);
        String dtype = null;
        int[] shape = null;
        long[] offsets = null;
        for (String field = parser.nextName(); field != null; field = parser.nextName()) {
            switch (field) {
                case "dtype" -> {
                    expect(parser, parser.nextToken(), JsonToken.VALUE_STRING, what + " dtype");
                    dtype = parser.getString();
                }
                case "shape" -> shape = readShape(parser, what);
                case "data_offsets" -> offsets = readNumbers(parser, what + " data_offsets", 2);
                default ->
                    throw refuse(what + " must have only dtype, shape and data_offsets, got " + Json.shorten(field)
                            + "; the file is damaged or of another format");
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
            throw refuse(what + " must have dtype, shape and two data_offsets; the file is damaged");
        }
        addTensor(name, dtype, shape, offsets[0], offsets[1]);
    }

    private void addTensor(String name, String dtype, int[] dims, long begin, long end) throws FormatException {
        if (!dtype.equals("F32")) {
            throw refuse("tensor " + name + " must have dtype F32, got " + Json.shorten(dtype)
                    + "; convert it to 32-bit floats where the file was made");
        }
        long size = 1;
        for (int dim : dims) {
            size *= dim;
            if (size > SafeTensors.MAX_ELEMENTS) {
                throw refuse("tensor " + name + " must have at most " + SafeTensors.MAX_ELEMENTS
                        + " numbers, got shape " + Arrays.toString(dims) + "; the file is damaged");
            }
        }
        if (begin > end || end > dataLength) {
            throw refuse(
                    "tensor " + name + " must lie in the " + dataLength + " bytes after the header, got data_offsets ["
                            + begin + ", " + end + "]; the file is damaged or cut off");
        }
        if (end - begin != 4 * size) {
            throw refuse("tensor " + name + " of shape " + Arrays.toString(dims) + " must have " + 4 * size
                    + " bytes, got " + (end - begin) + "; the file is damaged");
        }
        if (tensors.size() == MAX_ENTRIES) {
            throw refuse("file must have at most " + MAX_ENTRIES + " tensors, got more; the file is damaged");
        }
        tensors.add(new TensorInfo(name, Shape.of(dims), begin, end));
    }

    /** The tensors cover the data from the first byte to the last, each byte once. */
    private void checkOffsets() throws FormatException {
        tensors.sort(Comparator.comparingLong(TensorInfo::begin)
                .thenComparingLong(TensorInfo::end)
                .thenComparing(TensorInfo::name));
        long next = 0;
        for (TensorInfo tensor : tensors) {
            if (tensor.begin() != next) {
                throw refuse("tensor " + tensor.name() + " must begin where the one before it ends, at byte " + next
                        + ", got " + tensor.begin() + "; the file has "
                        + (tensor.begin() < next ? "an overlap" : "a gap"));
            }
            next = tensor.end();
        }
        if (next != dataLength) {
            throw refuse("tensors must fill the " + dataLength + " bytes after the header, got " + next
                    + "; the file is damaged or has something appended");
        }
    }

    private int[] readShape(JsonParser parser, String what) throws FormatException {
        long[] numbers = readNumbers(parser, what + " shape", MAX_RANK);
        int[] dims = new int[numbers.length];
        for (int i = 0; i < dims.length; i++) {
            if (numbers[i] > SafeTensors.MAX_ELEMENTS) {
                throw refuse(what + " must have dimensions of at most " + SafeTensors.MAX_ELEMENTS + ", got shape "
                        + Arrays.toString(numbers) + "; the file is damaged");
            }
            dims[i] = (int) numbers[i];
        }
        return dims;
    }

    /** At most {@code limit} integers that are not negative. */
    private long[] readNumbers(JsonParser parser, String what, int limit) throws FormatException {
        expect(parser, parser.nextToken(), JsonToken.START_ARRAY, what);
        long[] numbers = new long[limit];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser, parser.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
            if (count == limit) {
                throw refuse(what + " must have at most " + limit + " numbers, got more; the file is damaged");
            }
            if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER || parser.getLongValue() < 0) {
                throw refuse(what + " must not be negative and fit 63 bits, got " + parser.getString()
                        + "; the file is damaged");
            }
            numbers[count++] = parser.getLongValue();
        }
        return Arrays.copyOf(numbers, count);
    }

    private void expect(JsonParser parser, JsonToken got, JsonToken wanted, String what) throws FormatException {
        if (got != wanted) {
            throw refuse(what + " must be " + describe(wanted) + ", got "
                    + (got == null ? "the end" : Json.shorten(String.valueOf(parser.getString())))
                    + "; the file is damaged or of another format");
        }
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case END_OBJECT -> "closed";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            default -> "an integer";
        };
    }

    private static boolean hasLoneSurrogate(String text) {
        return !StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private FormatException refuse(String problem) {
        return new FormatException(source, problem);
    }
}
