package io.carousel.task.tag;

/** How a word looks: which letters are capitals, and whether there are digits. */
public enum WordShape {
    /** Letters, none of them a capital: {@code word}. */
    SMALL,
    /** A capital, then letters that are none: {@code Word}. */
    INITIAL,
    /** Letters, all of them capitals, and at least two: {@code WORD}. */
    CAPITALS,
    /** Letters in any other order: {@code iPhone}. */
    MIXED,
    /** Letters and digits: {@code F16}. */
    LETTERS_AND_DIGITS,
    /** Digits and no letters: {@code 3.14}. */
    DIGITS,
    /** Neither letters nor digits: {@code --}. */
    SYMBOLS;

    /** The shape of a word. */
    public static WordShape of(String word) {
        int letters = 0;
        int capitals = 0;
        int digits = 0;
        boolean capitalFirst = false;
        for (int point : word.codePoints().toArray()) {
            if (Character.isDigit(point)) {
                digits++;
            } else if (Character.isLetter(point)) {
                boolean capital = Character.isUpperCase(point) || Character.isTitleCase(point);
                capitalFirst |= letters == 0 && capital;
                capitals += capital ? 1 : 0;
                letters++;
            }
        }
        if (letters == 0) {
            return digits > 0 ? DIGITS : SYMBOLS;
        }
        if (digits > 0) {
            return LETTERS_AND_DIGITS;
        }
        if (capitals == 0) {
            return SMALL;
        }
        if (capitals == letters && letters > 1) {
            return CAPITALS;
        }
        return capitals == 1 && capitalFirst ? INITIAL : MIXED;
    }
}
