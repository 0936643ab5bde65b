package io.carousel.data;

import java.util.List;

/** Makes text from a file fit for a message: short, on one line, nothing that a terminal obeys. */
final class Texts {
    private static final int MAX_LENGTH = 40;
    private static final int MAX_NAMES = 30;

    private Texts() {}

    static String shown(String text) {
        String clean = text.replaceAll("\\p{C}", "?");
        return clean.length() > MAX_LENGTH ? clean.substring(0, MAX_LENGTH) + "…" : clean;
    }

    static String shown(List<String> names) {
        String list = String.join(
                ", ", names.stream().limit(MAX_NAMES).map(Texts::shown).toList());
        return names.size() > MAX_NAMES ? list + " and " + (names.size() - MAX_NAMES) + " more" : list;
    }
}
