package io.carousel.model;

import io.carousel.data.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SHA-256 of what a safetensors file says, whatever its layout: a damaged bit is found, a file that another tool
 * wrote anew with the same content is not refused.
 *
 * <p>Fed with the metadata, in the order of the keys, and then with each tensor, in the order of the names; every text
 * comes after its length and every list after its count, so that no two contents feed the same bytes.
 */
final class ContentDigest {

    private final MessageDigest sha256 = Sha256.newDigest();
    private final ByteBuffer word = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);

    ContentDigest(Map<String, String> metadata, int tensors) {
        add(metadata.size());
        new TreeMap<>(metadata).forEach((key, value) -> {
            add(key);
            add(value);
        });
        add(tensors);
    }

    /** Begins the next tensor; its numbers follow. */
    void begin(TensorInfo tensor) {
        add(tensor.name());
        add(tensor.shape().rank());
        for (int dim : tensor.shape().toArray()) {
            add(dim);
        }
    }

    /** Adds what remains of the buffer, and leaves the buffer as it was. */
    void add(ByteBuffer bytes) {
        sha256.update(bytes.duplicate());
    }

    String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes.length);
        sha256.update(bytes);
    }

    private void add(long number) {
        sha256.update(word.clear().putLong(number).flip());
    }
}
