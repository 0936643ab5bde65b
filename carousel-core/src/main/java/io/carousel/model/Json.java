package io.carousel.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON for records and sealed interfaces of records: strict when it reads, the same text for equal values when it writes.
 *
 * <p>A record is an object with one property per component, in their order; a map is sorted by key; a sealed interface
 * carries {@code @JsonTypeInfo(use = NAME, property = "type")} and each of its records a {@code @JsonTypeName}. Unknown,
 * missing and repeated properties, numbers that do not fit, text after the end, NaN and infinity, and documents that are
 * too deep are refused. Which class is made is decided by the Java type alone and never by a class name in the text, so
 * reading cannot run code.
 *
 * <p>Safe for threads.
 */
public final class Json {

    /** The deepest nesting of objects and arrays that is written or read. */
    public static final int MAX_DEPTH = 64;

    /** The most characters of one string that is read. */
    public static final int MAX_STRING_LENGTH = 8 << 20;

    /** The most tokens that are read, since an empty object takes fifty times the room of its two characters. */
    public static final int MAX_TOKENS = 1 << 19;

    private static final int MAX_NAME_LENGTH = 4096;
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_DOCUMENT_LENGTH = 64 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxTokenCount(MAX_TOKENS)
                    .maxDocumentLength(MAX_DOCUMENT_LENGTH)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** Data binding is made when it is first needed: it takes long, and {@link RecordReader} reads what is sound without. */
    private static final class Binding {
        static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();

        private Binding() {}
    }

    private Json() {}

    /** A new empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * The value as one line of JSON.
     *
     * @throws IllegalArgumentException if a number in it is NaN or infinite
     */
    public static String write(Object value) {
        return Binding.MAPPER.writeValueAsString(tree(value));
    }

    /**
     * The value as indented JSON, for people.
     *
     * @throws IllegalArgumentException if a number in it is NaN or infinite
     */
    public static String writePretty(Object value) {
        return Binding.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree(value));
    }

    /**
     * The value as a tree that shares nothing with it.
     *
     * @throws IllegalArgumentException if a number in it is NaN or infinite
     */
    public static JsonNode tree(Object value) {
        JsonNode tree = value instanceof JsonNode node ? node.deepCopy() : Binding.MAPPER.valueToTree(value);
        String place = notFinite(tree);
        if (place != null) {
            throw new IllegalArgumentException("JSON value" + (place.isEmpty() ? "" : " " + place)
                    + " must be finite, got " + tree.at(place).asString() + "; leave it out or write null");
        }
        return tree;
    }

    /**
     * Reads a value of a known type.
     *
     * @param source the file or place that errors name
     * @throws FormatException if the text is not JSON or does not describe a {@code type}
     */
    public static <T> T read(String json, Class<T> type, String source) throws FormatException {
        return convert(readTree(json, source), type, source);
    }

    /**
     * Reads an object of any properties.
     *
     * @param source the file or place that errors name
     * @throws FormatException if the text is not a JSON object
     */
    public static ObjectNode readObject(String json, String source) throws FormatException {
        if (readTree(json, source) instanceof ObjectNode object) {
            return object;
        }
        throw new FormatException(source, "JSON must be an object, got " + shorten(json));
    }

    /**
     * Makes a value of a known type from a tree.
     *
     * @param source the file or place that errors name
     * @throws FormatException if the tree does not describe a {@code type}
     */
    public static <T> T convert(JsonNode tree, Class<T> type, String source) throws FormatException {
        Optional<T> plain = RecordReader.read(tree, type);
        if (plain.isPresent()) {
            return plain.get();
        }
        T value;
        try {
            value = Binding.MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw failure(e, source);
        }
        if (value == null) {
            throw new FormatException(source, "JSON must describe a " + type.getSimpleName() + ", got null");
        }
        return value;
    }

    private static JsonNode readTree(String json, String source) throws FormatException {
        JsonNode tree;
        try {
            Optional<JsonNode> sound = TreeReader.read(FACTORY, json);
            tree = sound.isPresent() ? sound.get() : Binding.MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw failure(e, source);
        }
        String place = notFinite(tree);
        if (place != null) {
            throw new FormatException(source, "JSON value " + place + " must fit a 64-bit float, got a larger number");
        }
        return tree;
    }

    /** The place of the first number that is not finite, as a JSON pointer, or null; recursion is bounded by the depth. */
    private static @Nullable String notFinite(JsonNode node) {
        if (node.isFloatingPointNumber()) {
            return Double.isFinite(node.doubleValue()) ? null : "";
        }
        if (node.isObject()) {
            for (var property : node.properties()) {
                String found = notFinite(property.getValue());
                if (found != null) {
                    return "/" + property.getKey() + found;
                }
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                String found = notFinite(node.get(i));
                if (found != null) {
                    return "/" + i + found;
                }
            }
        }
        return null;
    }

    static FormatException failure(JacksonException e, String source) {
        String place = "";
        if (e instanceof DatabindException bind && !bind.getPath().isEmpty()) {
            place = " at " + path(bind.getPath());
        }
        TokenStreamLocation location = e.getLocation();
        if (location != null && location.getLineNr() > 0) {
            place += " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        }
        return new FormatException(source, "JSON" + place + " must be as described, got a fault: " + reason(e), e);
    }

    private static String reason(JacksonException e) {
        Throwable cause = e.getCause();
        if (cause instanceof RuntimeException && !(cause instanceof JacksonException)) {
            // A record's own check says it best.
            return shorten(String.valueOf(cause.getMessage()));
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "unknown property '" + shorten(unknown.getPropertyName()) + "', known are "
                    + unknown.getKnownPropertyIds() + "; the text may come from a later release";
        }
        // Without the hints for programmers who configure Jackson.
        return shorten(String.valueOf(e.getOriginalMessage()).replaceAll("( \\(index \\d+\\); `|: enable `).*", ""));
    }

    private static String path(List<JacksonException.Reference> path) {
        return shorten(path.stream()
                .map(step -> step.getPropertyName() != null ? "/" + step.getPropertyName() : "/" + step.getIndex())
                .collect(Collectors.joining()));
    }

    /** At most 300 characters and none that would spoil a terminal. */
    static String shorten(String text) {
        String line = text.replaceAll("[\\p{Cntrl}]+", " ");
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }
}
