package io.carousel.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of the bits of numbers. */
final class Fingerprint {
    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Fingerprint add(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        for (float value : values) {
            bytes.putFloat(value);
        }
        digest.update(bytes.array());
        return this;
    }

    Fingerprint add(double value) {
        digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
        return this;
    }

    Fingerprint add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
