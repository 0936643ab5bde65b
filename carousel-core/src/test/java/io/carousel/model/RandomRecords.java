package io.carousel.model;

import io.carousel.cell.CellSpec;
import io.carousel.cell.Cells;
import io.carousel.layer.DecoderSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.SourceSpec;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random instances of records: every component is drawn by its type, and drawn again when the record's own check refuses
 * it.
 */
final class RandomRecords {

    private static final int ATTEMPTS = 2000;
    private static final int MAX_DEPTH = 5;

    private final SplittableRandom random;

    RandomRecords(long seed) {
        random = new SplittableRandom(seed);
    }

    <T> T next(Class<T> type) {
        return type.cast(value(type, 0));
    }

    private Object value(Type type, int depth) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            List<Object> values = new ArrayList<>();
            for (int count = depth > MAX_DEPTH ? 1 + random.nextInt(2) : random.nextInt(4); count > 0; count--) {
                values.add(value(list.getActualTypeArguments()[0], depth + 1));
            }
            return values;
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
        }
        if (plain.isSealed()) {
            Class<?>[] permitted = plain.getPermittedSubclasses();
            // The first of them holds no others.
            return value(permitted[depth > MAX_DEPTH ? 0 : random.nextInt(permitted.length)], depth + 1);
        }
        return plain.isRecord() ? record(plain, depth) : simple(plain);
    }

    private Object simple(Class<?> type) {
        if (type == double.class || type == Double.class) {
            return random.nextInt(4) == 0 ? random.nextInt(0, 100) * 0.5 : random.nextDouble();
        } else if (type == int.class || type == Integer.class) {
            return random.nextInt(0, 20);
        } else if (type == long.class || type == Long.class) {
            return random.nextBoolean() ? random.nextLong() : random.nextLong(100);
        } else if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        } else if (type == String.class) {
            return "n" + random.nextInt(1000) + (random.nextInt(4) == 0 ? "\u00fc\"\\\n" : "");
        } else if (type == Duration.class) {
            return Duration.ofNanos(random.nextLong(1L << 50));
        } else if (type == Instant.class) {
            return Instant.ofEpochSecond(random.nextLong(1L << 33), random.nextInt(1_000_000_000));
        } else if (type == ObjectNode.class) {
            return Json.object().put("a", random.nextInt()).put("b", random.nextDouble());
        }
        throw new IllegalArgumentException("no random values of " + type + " are known; add them");
    }

    private Object record(Class<?> type, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        IllegalArgumentException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Object[] arguments = new Object[components.length];
            Arrays.setAll(arguments, i -> argument(components[i], depth));
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return constructor.newInstance(arguments);
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof IllegalArgumentException refusal)) {
                    throw new IllegalStateException(type + " of " + Arrays.toString(arguments), e.getCause());
                }
                last = refusal;
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException(type + " refused " + ATTEMPTS + " random instances", last);
    }

    private @Nullable Object argument(RecordComponent component, int depth) {
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (component.getType() == CellSpec.class) {
            return CellSpec.parse(Cells.names().get(random.nextInt(Cells.names().size())));
        }
        if (component.getDeclaringRecord() == DecoderSpec.class && component.getType() == RecurrentSpec.class) {
            // A decoder takes few of all stacks.
            String cell = Cells.names().get(random.nextInt(Cells.names().size()));
            return RecurrentSpec.of("decoder", cell, List.of(1 + random.nextInt(9)));
        }
        if (component.getType() == SourceSpec.class && depth > 0) {
            return null; // a source has none itself
        }
        return nullable && random.nextBoolean() ? null : value(component.getGenericType(), depth + 1);
    }
}
