package io.carousel.text;

import io.carousel.data.DataException;
import java.nio.charset.StandardCharsets;

/**
 * The fields of a message of Protocol Buffers, one after the other, bounded by the array that they stand in.
 *
 * <p>Call {@link #next}, then one of the methods that take a value, or {@link #skip}.
 */
final class ProtobufReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final String name;
    private int at;
    private final int end;
    private int wire;

    ProtobufReader(byte[] bytes, String name) {
        this(bytes, 0, bytes.length, name);
    }

    private ProtobufReader(byte[] bytes, int from, int end, String name) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.name = name;
    }

    /** The number of the next field; 0 at the end. */
    int next() {
        if (at == end) {
            return 0;
        }
        long tag = varint();
        wire = (int) (tag & 7);
        long field = tag >>> 3;
        if (field < 1 || field > (1 << 29)) {
            throw damaged();
        }
        return (int) field;
    }

    /** A number, or whether it is not 0. */
    long number() {
        require(VARINT);
        return varint();
    }

    float real() {
        require(FIXED32);
        int from = take(4);
        int bits = 0;
        for (int i = 3; i >= 0; i--) {
            bits = (bits << 8) | (bytes[from + i] & 0xff);
        }
        return Float.intBitsToFloat(bits);
    }

    String text() {
        byte[] value = bytes();
        return new String(value, StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        ProtobufReader inner = message();
        return java.util.Arrays.copyOfRange(bytes, inner.at, inner.end);
    }

    /** A message within. */
    ProtobufReader message() {
        require(BYTES);
        long length = varint();
        if (length < 0 || length > end - at) {
            throw damaged();
        }
        int from = take((int) length);
        return new ProtobufReader(bytes, from, at, name);
    }

    /** Leaves out the value of a field that is of no interest. */
    void skip() {
        switch (wire) {
            case VARINT -> varint();
            case FIXED64 -> take(8);
            case BYTES -> message();
            case FIXED32 -> take(4);
            default -> throw damaged();
        }
    }

    private int take(int count) {
        if (count > end - at) {
            throw damaged();
        }
        at += count;
        return at - count;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes[take(1)];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    private void require(int wanted) {
        if (wire != wanted) {
            throw damaged();
        }
    }

    private DataException damaged() {
        return new DataException(name + " must be a SentencePiece model, got other or damaged bytes before byte " + at
                + "; name a .model file that SentencePiece has written");
    }
}
