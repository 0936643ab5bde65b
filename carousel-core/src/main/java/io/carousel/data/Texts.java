package io.carousel.data;

import java.util.List;

/** Makes text from a file fit for a message: short, on one line, nothing that a terminal obeys. */
public final class Texts {
    private static final int MAX_LENGTH = 40;
    private static final int MAX_NAMES = 30;

    private Texts() {}

    /** A text of at most 40 characters, with a question mark for each that controls a terminal. */
    public static String shown(String text) {
        String clean = text.replaceAll("\\p{C}", "?");
        return clean.length() > MAX_LENGTH ? clean.substring(0, MAX_LENGTH) + "…" : clean;
    }

    /** At most 30 of these, separated by commas. */
    public static String shown(List<String> names) {
        String list = String.join(
                ", ", names.stream().limit(MAX_NAMES).map(Texts::shown).toList());
        return names.size() > MAX_NAMES ? list + " and " + (names.size() - MAX_NAMES) + " more" : list;
    }
}
