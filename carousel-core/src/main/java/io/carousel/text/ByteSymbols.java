package io.carousel.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Symbols for the bytes of characters that are no symbols themselves, such as {@code <0xE2>}. */
final class ByteSymbols {
    /** What stands for a space in a symbol, as in SentencePiece. */
    static final int SPACE = 0x2581;

    /** The symbols of the bytes 0 to 255. */
    static final List<String> ALL = all();

    private ByteSymbols() {}

    private static List<String> all() {
        List<String> names = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            names.add(String.format("<0x%02X>", value));
        }
        return List.copyOf(names);
    }

    /** Adds the symbols of the bytes of a text in UTF-8; half of a pair of surrogates becomes the replacement character. */
    static void add(String text, List<String> to) {
        for (byte each : utf8(text)) {
            to.add(ALL.get(each & 0xff));
        }
    }

    /** UTF-8, in which half of a pair of surrogates is the replacement character. */
    static byte[] utf8(String text) {
        int[] points = text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xfffd : point)
                .toArray();
        return new String(points, 0, points.length).getBytes(StandardCharsets.UTF_8);
    }

    /** The byte of a symbol, or -1 when it stands for none. */
    static int value(String symbol) {
        if (symbol.length() != 6 || !symbol.startsWith("<0x") || symbol.charAt(5) != '>') {
            return -1;
        }
        int high = Character.digit(symbol.charAt(3), 16);
        int low = Character.digit(symbol.charAt(4), 16);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    /** The text of symbols; bytes that are no UTF-8 become the replacement character. */
    static String text(List<String> symbols) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String symbol : symbols) {
            int value = value(symbol);
            if (value >= 0) {
                bytes.write(value);
            } else {
                bytes.writeBytes(symbol.replace((char) SPACE, ' ').getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
