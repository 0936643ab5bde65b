package io.carousel.model;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes records from JSON that is exactly as {@link Json} writes it, without Jackson's data binding, which takes a fifth of a
 * second to get ready: most of the time that a program needs to open its first model.
 *
 * <p>It decides nothing that is not plain: where a property is missing or unknown, a number does not fit, a record
 * refuses its values, or a type is not one of the few that it knows, it gives nothing at all, and Jackson reads the same tree
 * and says what is wrong.
 */
final class RecordReader {
    private static final Set<Class<?>> NULLABLE =
            Set.of(String.class, Integer.class, Long.class, Double.class, Boolean.class);

    /** Thrown where Jackson has to decide; has no stack trace and is never seen outside. */
    private static final class NotPlain extends Exception {
        private static final long serialVersionUID = 1;

        NotPlain() {
            super(null, null, false, false);
        }
    }

    private RecordReader() {}

    /** The value, or nothing when Jackson has to decide. */
    static <T> Optional<T> read(JsonNode tree, Class<T> type) {
        try {
            return Optional.of(type.cast(value(tree, type)));
        } catch (NotPlain | ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Object value(JsonNode node, Type type) throws NotPlain, ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            require(generic.getRawType() == List.class && node.isArray());
            List<Object> values = new ArrayList<>();
            for (JsonNode element : node) {
                values.add(value(element, generic.getActualTypeArguments()[0]));
            }
            return values;
        }
        if (!(type instanceof Class<?> plain)) {
            throw new NotPlain();
        }
        Object simple = simple(node, plain);
        return simple != null ? simple : object(node, plain);
    }

    /** Numbers, texts, times and enumerations; null for any other type. */
    private static @Nullable Object simple(JsonNode node, Class<?> type) throws NotPlain, ReflectiveOperationException {
        if (type == int.class || type == Integer.class) {
            require(node.isInt());
            return node.intValue();
        }
        if (type == long.class || type == Long.class) {
            require(node.isInt() || node.isLong());
            return node.longValue();
        }
        if (type == double.class || type == Double.class) {
            require(node.isInt() || node.isLong() || node.isDouble());
            return node.doubleValue();
        }
        if (type == boolean.class || type == Boolean.class) {
            require(node.isBoolean());
            return node.booleanValue();
        }
        if (type == ObjectNode.class) {
            require(node instanceof ObjectNode);
            return node;
        }
        if (type == String.class || type == Duration.class || type == Instant.class || type.isEnum()) {
            require(node.isString());
            String text = node.stringValue();
            if (type == String.class) {
                return text;
            }
            return type.isEnum()
                    ? constant(text, type)
                    : type == Duration.class ? Duration.parse(text) : Instant.parse(text);
        }
        return null;
    }

    private static Object constant(String text, Class<?> type) throws NotPlain, ReflectiveOperationException {
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            JsonProperty written = type.getField(name).getAnnotation(JsonProperty.class);
            if (text.equals(written == null ? name : written.value())) {
                return constant;
            }
        }
        throw new NotPlain();
    }

    private static Object object(JsonNode node, Class<?> type) throws NotPlain, ReflectiveOperationException {
        if (node.isString()) {
            return parsed(node.stringValue(), type);
        }
        require(node.isObject());
        Class<?> told = toldApart(type);
        if (told == null) {
            return record(node, type, 0);
        }
        JsonTypeInfo info = told.getAnnotation(JsonTypeInfo.class);
        JsonNode name = node.get("type");
        require(info.use() == JsonTypeInfo.Id.NAME && info.property().equals("type"));
        require(name != null && name.isString());
        Class<?> made = named(name.stringValue(), told);
        require(type.isAssignableFrom(made));
        return record(node, made, 1);
    }

    /** A record whose text form its only annotated method reads. */
    private static Object parsed(String text, Class<?> type) throws NotPlain, ReflectiveOperationException {
        for (Method method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(JsonCreator.class)
                    && Modifier.isStatic(method.getModifiers())
                    && Modifier.isPublic(method.getModifiers())
                    && method.getParameterCount() == 1
                    && method.getParameterTypes()[0] == String.class) {
                return method.invoke(null, text);
            }
        }
        throw new NotPlain();
    }

    /** The interface whose records are told apart by a property: the type itself, or one that it inherits that from. */
    private static @Nullable Class<?> toldApart(Class<?> type) {
        if (type.isAnnotationPresent(JsonTypeInfo.class)) {
            return type;
        }
        for (Class<?> each : type.getInterfaces()) {
            Class<?> told = toldApart(each);
            if (told != null) {
                return told;
            }
        }
        return null;
    }

    private static Class<?> named(String name, Class<?> type) throws NotPlain {
        JsonSubTypes listed = type.getAnnotation(JsonSubTypes.class);
        if (listed != null) {
            for (JsonSubTypes.Type each : listed.value()) {
                if (each.name().equals(name)) {
                    return each.value();
                }
            }
        } else if (type.isSealed()) {
            for (Class<?> each : type.getPermittedSubclasses()) {
                JsonTypeName written = each.getAnnotation(JsonTypeName.class);
                if (written != null && written.value().equals(name)) {
                    return each;
                }
            }
        }
        throw new NotPlain();
    }

    /** Whether Jackson, too, makes null of null. */
    private static boolean nullable(Class<?> type) {
        return NULLABLE.contains(type) || type.isEnum() || type.isRecord() || toldApart(type) != null;
    }

    /** The record with all of the node's properties but so many. */
    private static Object record(JsonNode node, Class<?> type, int others)
            throws NotPlain, ReflectiveOperationException {
        require(type.isRecord());
        RecordComponent[] components = type.getRecordComponents();
        int known = others;
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            JsonNode property = node.get(components[i].getName());
            Annotation[] annotations = components[i].getAccessor().getAnnotations();
            require(!annotated(annotations, JsonInclude.class, JacksonInject.class));
            types[i] = components[i].getType();
            if (property == null) {
                require(mayBeLeftOut(annotations));
                continue;
            }
            known++;
            boolean none = property.isNull() && nullable(types[i]);
            values[i] = none ? null : value(property, components[i].getGenericType());
        }
        require(node.size() == known);
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        require(!annotated(constructor.getAnnotations())
                && !annotated(type.getDeclaredAnnotations(), JsonTypeName.class));
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    /** Whether a component that is null is not written: one that came later than the first files. */
    private static boolean mayBeLeftOut(Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            if (annotation instanceof JsonInclude include) {
                return include.value() == JsonInclude.Include.NON_NULL;
            }
        }
        return false;
    }

    /** Whether something tells Jackson to read otherwise than by the names of the components. */
    private static boolean annotated(Annotation[] annotations, Class<?>... harmless) {
        for (Annotation annotation : annotations) {
            Class<?> kind = annotation.annotationType();
            if (kind.getPackageName().startsWith("com.fasterxml.jackson")
                    && !List.of(harmless).contains(kind)) {
                return true;
            }
        }
        return false;
    }

    private static void require(boolean plain) throws NotPlain {
        if (!plain) {
            throw new NotPlain();
        }
    }
}
