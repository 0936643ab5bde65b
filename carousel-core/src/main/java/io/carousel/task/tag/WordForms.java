package io.carousel.task.tag;

import io.carousel.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** What is read of a word by a spec: the form by which it is looked up, its characters, its features. */
record WordForms(TagSpec spec) {
    /** The form by which a word is looked up: composed, in small letters and with zeros for digits where the spec says so. */
    String lookup(String word) {
        String form = Tokenizer.normalized(word, spec.lowerCase());
        if (!spec.zeroDigits() || form.codePoints().noneMatch(Character::isDigit)) {
            return form;
        }
        StringBuilder zeros = new StringBuilder();
        form.codePoints().forEach(point -> zeros.appendCodePoint(Character.isDigit(point) ? '0' : point));
        return zeros.toString();
    }

    /** How many features a word has beside those of its file. */
    int derived() {
        return (spec.capitals() ? 1 : 0) + spec.suffixes().size();
    }

    /** The features of a word: those of its file, its shape, its suffixes. */
    List<String> features(String word, List<String> fromFile) {
        if (derived() == 0) {
            return fromFile;
        }
        List<String> features = new ArrayList<>(fromFile);
        if (spec.capitals()) {
            features.add(WordShape.of(word).name());
        }
        int[] points = Tokenizer.normalized(word, true).codePoints().toArray();
        for (int length : spec.suffixes()) {
            int from = Math.max(0, points.length - length);
            features.add(new String(points, from, points.length - from));
        }
        return features;
    }
}
