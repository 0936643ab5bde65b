package io.carousel.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How tags of single elements, such as {@code B-PER}, say where spans start and end.
 *
 * <pre>{@code
 *          Anna  Maria  met  Bob   Rome  saw
 * IOB1     I-PER I-PER  O    I-PER I-LOC O       B only where a span follows another of its type at once
 * IOB2     B-PER I-PER  O    B-PER B-LOC O       every span starts with B
 * BIOES    B-PER E-PER  O    S-PER S-LOC O       E ends a span of several elements, S is one of a single element
 * }</pre>
 *
 * <p>A tag is {@code O}, or a prefix and a type with a hyphen between them, or a prefix alone where there is only one type.
 * What a scheme allows is enough for every sequence to be read back: a scheme's own tags of spans are always {@linkplain
 * #allows allowed}, and tags that are allowed are those of their spans.
 *
 * <p>Sources: Ramshaw, Marcus, <i>Text Chunking using Transformation-Based Learning</i>, 1995 (IOB1); Tjong Kim Sang,
 * Veenstra, <i>Representing Text Chunks</i>, 1999 (IOB2); Ratinov, Roth, <i>Design Challenges and Misconceptions in Named
 * Entity Recognition</i>, 2009 (BIOES).
 */
public enum TagScheme {
    /** Tags that stand for themselves, such as parts of speech: everything may follow everything. */
    NONE(""),
    /** {@code I} inside a span; {@code B} only where it follows a span of its type at once. */
    IOB1("IB"),
    /** {@code B} at the start of every span, {@code I} on. */
    IOB2("BI"),
    /** {@code B}, {@code I}, {@code E} for start, middle and end of a span; {@code S} for one of a single element. */
    BIOES("BIES");

    /** The tag of an element that is in no span. */
    public static final String OUTSIDE = "O";

    private final String prefixes;

    TagScheme(String prefixes) {
        this.prefixes = prefixes;
    }

    static boolean isOutside(String tag) {
        return tag.equals(OUTSIDE);
    }

    /** The letter before the hyphen, or the only one; a space where there is no such letter. */
    static char prefix(String tag) {
        return tag.length() == 1 || (tag.length() > 1 && tag.charAt(1) == '-') ? tag.charAt(0) : ' ';
    }

    /** What stands behind the first hyphen; empty without one. */
    static String type(String tag) {
        int hyphen = tag.indexOf('-');
        return hyphen < 0 ? "" : tag.substring(hyphen + 1);
    }

    /**
     * Whether the tag is one of this scheme: {@code O}, or one of its prefixes with a type or without. In {@link #NONE} every
     * tag is.
     */
    public boolean isTag(String tag) {
        return this == NONE || isOutside(tag) || prefixes.indexOf(prefix(tag)) >= 0;
    }

    /** Whether a sequence may start with the tag. */
    public boolean mayStart(String tag) {
        return allows(OUTSIDE, tag);
    }

    /** Whether a sequence may end with the tag. */
    public boolean mayEnd(String tag) {
        return allows(tag, OUTSIDE);
    }

    /**
     * Whether {@code next} may stand directly behind {@code before}.
     *
     * @throws IllegalArgumentException when one of them is no tag of this scheme
     */
    public boolean allows(String before, String next) {
        require(before);
        require(next);
        boolean sameType =
                !isOutside(before) && !isOutside(next) && type(before).equals(type(next));
        return switch (this) {
            case NONE -> true;
            case IOB1 -> prefix(next) != 'B' || sameType;
            case IOB2 -> prefix(next) != 'I' || sameType;
            case BIOES -> open(before) ? sameType && !starts(next) : isOutside(next) || starts(next);
        };
    }

    private static boolean open(String tag) {
        return prefix(tag) == 'B' || prefix(tag) == 'I';
    }

    private static boolean starts(String tag) {
        return prefix(tag) == 'B' || prefix(tag) == 'S';
    }

    private void require(String tag) {
        if (!isTag(tag)) {
            throw new IllegalArgumentException("tag of scheme " + this + " must be O or one of the prefixes "
                    + String.join(", ", prefixes.split("")) + " with a hyphen and a type, got " + tag
                    + "; name the scheme of the tags, which is NONE for tags without spans");
        }
    }

    /**
     * The first place where a sequence breaks the rules of this scheme: that of the tag that may not stand there, or the
     * length of the sequence when it may not end so; -1 where all is well.
     *
     * @throws IllegalArgumentException when a tag is none of this scheme
     */
    public int firstViolation(List<String> tags) {
        String before = OUTSIDE;
        for (int i = 0; i < tags.size(); i++) {
            if (!allows(before, tags.get(i))) {
                return i;
            }
            before = tags.get(i);
        }
        return mayEnd(before) ? -1 : tags.size();
    }

    /**
     * The tags of spans.
     *
     * @param spans in ascending order, none over another
     * @param length of the sequence
     * @throws IllegalArgumentException when spans are not in order or do not fit, or this is {@link #NONE}
     */
    public List<String> encode(List<Span> spans, int length) {
        if (this == NONE) {
            throw new IllegalArgumentException("spans must be written in a scheme with spans, got NONE; choose IOB2");
        }
        List<String> tags = new ArrayList<>(Collections.nCopies(length, OUTSIDE));
        int free = 0;
        @Nullable String typeBefore = null;
        for (Span span : spans) {
            if (span.from() < free || span.to() > length) {
                throw new IllegalArgumentException("spans must be in ascending order within " + length
                        + " elements, none over another, got " + span + " after element " + (free - 1));
            }
            boolean touches = span.from() == free && span.type().equals(typeBefore);
            for (int i = span.from(); i < span.to(); i++) {
                char prefix = prefix(span, i, touches);
                tags.set(i, span.type().isEmpty() ? String.valueOf(prefix) : prefix + "-" + span.type());
            }
            free = span.to();
            typeBefore = span.type();
        }
        return List.copyOf(tags);
    }

    private char prefix(Span span, int element, boolean touches) {
        boolean first = element == span.from();
        boolean last = element == span.to() - 1;
        return switch (this) {
            case IOB1 -> first && touches ? 'B' : 'I';
            case BIOES -> last ? first ? 'S' : 'E' : first ? 'B' : 'I';
            default -> first ? 'B' : 'I';
        };
    }

    /** The same spans, as {@link Span#of} reads them from tags of any scheme, in this one. */
    public List<String> convert(List<String> tags) {
        return encode(Span.of(tags), tags.size());
    }

    /**
     * The scheme of tagged sequences: the first of IOB2, IOB1 and BIOES that allows all of them, {@link #NONE} when there is
     * none, or when all tags are {@code O}.
     */
    public static TagScheme detect(Collection<List<String>> sequences) {
        boolean spans = false;
        for (List<String> tags : sequences) {
            spans |= tags.stream().anyMatch(tag -> !isOutside(tag));
        }
        if (spans) {
            for (TagScheme scheme : new TagScheme[] {IOB2, IOB1, BIOES}) {
                if (sequences.stream().allMatch(scheme::isKept)) {
                    return scheme;
                }
            }
        }
        return NONE;
    }

    private boolean isKept(List<String> tags) {
        return tags.stream().allMatch(this::isTag) && firstViolation(tags) < 0;
    }
}
