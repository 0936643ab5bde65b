package io.carousel.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The checked header of a safetensors file. Immutable.
 *
 * @param source the file, as errors name it
 * @param metadata the texts, sorted by key, without the checksum
 * @param checksum the SHA-256 of the content in hexadecimal digits, or null when the file has none
 * @param tensors in the order in which they stand in the file
 * @param dataStart the first byte after the header
 */
public record SafeTensorsHeader(
        String source,
        Map<String, String> metadata,
        @Nullable String checksum,
        List<TensorInfo> tensors,
        long dataStart) {

    public SafeTensorsHeader {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        tensors = List.copyOf(tensors);
    }

    /**
     * The text of a key.
     *
     * @throws FormatException if there is none
     */
    public String required(String key) throws FormatException {
        String value = metadata.get(key);
        if (value == null) {
            throw new FormatException(
                    source,
                    "metadata must have the key " + key + ", got only " + metadata.keySet()
                            + "; the file was not written by Carousel");
        }
        return value;
    }

    List<TensorInfo> byName() {
        return tensors.stream().sorted(Comparator.comparing(TensorInfo::name)).toList();
    }
}
