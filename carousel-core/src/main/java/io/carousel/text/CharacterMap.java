package io.carousel.text;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.ByteArrayOutputStream;
import java.util.Base64;

/**
 * How SentencePiece normalises text: strings of characters and what each becomes, the longest first.
 *
 * <p>This is its compiled form: the length of a double array in bytes, the double array (units of 32 bits, little-endian, as
 * Yata's Darts-clone lays them out), and what strings become, each with a 0 byte after it. It holds the rules themselves, so that
 * {@code nmt_nfkc}, {@code nfkc}, those that fold case, and a user's own all work. A value, kept in a model in base 64.
 */
public final class CharacterMap {
    /** No rules: every character stays as it is. */
    public static final CharacterMap NONE = new CharacterMap(new byte[0]);

    private static final int MOST = 4 << 20;

    private final byte[] compiled;
    private final int units;

    private CharacterMap(byte[] compiled) {
        this.compiled = compiled;
        if (compiled.length == 0) {
            units = 0;
            return;
        }
        int size = compiled.length < 4 ? -1 : word(0);
        if (compiled.length > MOST || size < 0 || size % 4 != 0 || size > compiled.length - 4) {
            throw new IllegalArgumentException("normalisation must be compiled rules of SentencePiece, got "
                    + compiled.length + " bytes that are none");
        }
        units = size / 4;
    }

    /**
     * Rules in their compiled form.
     *
     * @throws IllegalArgumentException when they are none
     */
    public static CharacterMap of(byte[] compiled) {
        return new CharacterMap(compiled.clone());
    }

    /** Rules in base 64. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static CharacterMap ofText(String text) {
        return new CharacterMap(Base64.getDecoder().decode(text));
    }

    /** The compiled form in base 64. */
    @JsonValue
    public String text() {
        return Base64.getEncoder().encodeToString(compiled);
    }

    private int word(int at) {
        return (compiled[at] & 0xff)
                | ((compiled[at + 1] & 0xff) << 8)
                | ((compiled[at + 2] & 0xff) << 16)
                | ((compiled[at + 3] & 0xff) << 24);
    }

    /** A unit of the double array; 0, which leads nowhere, beyond its end. */
    private int unit(int index) {
        return index >= 0 && index < units ? word(4 + 4 * index) : 0;
    }

    /**
     * Appends what the text from {@code at} begins with becomes, and returns how many bytes of it that was.
     *
     * @param bytes UTF-8
     */
    int apply(byte[] bytes, int at, ByteArrayOutputStream to) {
        int length = 0;
        int value = -1;
        if (units > 0) {
            int node = offset(unit(0));
            for (int i = at; i < bytes.length; i++) {
                int label = bytes[i] & 0xff;
                node ^= label;
                int unit = unit(node);
                if ((unit & ((1 << 31) | 0xff)) != label || label == 0) {
                    break;
                }
                node ^= offset(unit);
                if (((unit >>> 8) & 1) == 1) {
                    length = i + 1 - at;
                    value = unit(node) & Integer.MAX_VALUE;
                }
            }
        }
        int from = 4 + 4 * units + value;
        if (length == 0 || from < 0 || from >= compiled.length) {
            int size = size(bytes[at]);
            to.write(bytes, at, size);
            return size;
        }
        for (int i = from; i < compiled.length && compiled[i] != 0; i++) {
            to.write(compiled[i]);
        }
        return length;
    }

    private static int offset(int unit) {
        return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
    }

    /** The bytes of a character in sound UTF-8, by its first. */
    static int size(byte first) {
        int value = first & 0xff;
        return value < 0x80 ? 1 : value < 0xe0 ? 2 : value < 0xf0 ? 3 : 4;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CharacterMap map && java.util.Arrays.equals(compiled, map.compiled);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(compiled);
    }

    @Override
    public String toString() {
        return compiled.length == 0 ? "no rules" : compiled.length + " bytes of rules";
    }
}
