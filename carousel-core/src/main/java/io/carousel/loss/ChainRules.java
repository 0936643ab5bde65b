package io.carousel.loss;

import io.carousel.text.TagScheme;
import java.util.Collections;
import java.util.List;

/**
 * Which tags of a linear chain may start, end and follow which; immutable.
 *
 * <p>Decoding under rules gives no other sequence, whatever the scores are.
 */
public final class ChainRules {
    private final int tags;
    private final boolean[] starts;
    private final boolean[] ends;
    private final boolean[] follows;

    private ChainRules(int tags, boolean[] starts, boolean[] ends, boolean[] follows) {
        this.tags = tags;
        this.starts = starts;
        this.ends = ends;
        this.follows = follows;
    }

    /** Everything is allowed. */
    public static ChainRules none(int tags) {
        return of(TagScheme.NONE, Collections.nCopies(tags, TagScheme.OUTSIDE));
    }

    /**
     * The rules of a scheme.
     *
     * @param tags in the order of their numbers
     * @throws IllegalArgumentException when a tag is none of the scheme, or there is none
     */
    public static ChainRules of(TagScheme scheme, List<String> tags) {
        int count = tags.size();
        if (count < 1) {
            throw new IllegalArgumentException("tags of a chain must not be empty; give at least one");
        }
        boolean[] starts = new boolean[count];
        boolean[] ends = new boolean[count];
        boolean[] follows = new boolean[Math.multiplyExact(count, count)];
        for (int i = 0; i < count; i++) {
            starts[i] = scheme.mayStart(tags.get(i));
            ends[i] = scheme.mayEnd(tags.get(i));
            for (int j = 0; j < count; j++) {
                follows[i * count + j] = scheme.allows(tags.get(i), tags.get(j));
            }
        }
        return new ChainRules(count, starts, ends, follows);
    }

    /** K: the number of tags. */
    public int tags() {
        return tags;
    }

    /** Whether a sequence may start with the tag. */
    public boolean mayStart(int tag) {
        return starts[tag];
    }

    /** Whether a sequence may end with the tag. */
    public boolean mayEnd(int tag) {
        return ends[tag];
    }

    /** Whether {@code next} may stand directly behind {@code tag}. */
    public boolean mayFollow(int tag, int next) {
        return follows[tag * tags + next];
    }

    /** Whether a whole sequence is allowed. */
    public boolean allow(int... path) {
        for (int t = 0; t < path.length; t++) {
            if (t == 0 ? !mayStart(path[0]) : !mayFollow(path[t - 1], path[t])) {
                return false;
            }
        }
        return path.length == 0 || mayEnd(path[path.length - 1]);
    }
}
