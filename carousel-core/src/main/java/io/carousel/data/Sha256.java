package io.carousel.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of data that was read: two fits with the same one learn from the same data.
 *
 * <p>A text goes in with its length before it, so that what stands one after the other cannot be taken for something else.
 */
public final class Sha256 {
    private static final int CHUNK = 1 << 13;

    private final MessageDigest digest = newDigest();

    /** The JDK's digest, for streams of bytes. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The digest of one text, in hexadecimal digits. */
    public static String of(String text) {
        return HexFormat.of().formatHex(newDigest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    public Sha256 add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
        return this;
    }

    public Sha256 add(double[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(Double.BYTES * Math.min(CHUNK, values.length));
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            buffer.clear().limit(Double.BYTES * count);
            buffer.asDoubleBuffer().put(values, from, count);
            digest.update(buffer);
        }
        return this;
    }

    public Sha256 add(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * Math.min(CHUNK, values.length));
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            buffer.clear().limit(Float.BYTES * count);
            buffer.asFloatBuffer().put(values, from, count);
            digest.update(buffer);
        }
        return this;
    }

    /** The digest of all that was added, in hexadecimal digits; nothing may be added after it. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
