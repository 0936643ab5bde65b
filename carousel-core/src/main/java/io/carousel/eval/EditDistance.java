package io.carousel.eval;

import java.util.List;

/**
 * The fewest changes that make a sequence of tokens of another, summed over sequences: the error rate of words or phonemes.
 *
 * <pre>{@code
 * d(i, j) = min( d(i-1, j-1) + [w_i ≠ g_j],  d(i-1, j) + 1,  d(i, j-1) + 1 )
 * rate    = (substitutions + deletions + insertions) / length
 * }</pre>
 *
 * <p>Where several ways are shortest, a substitution or match is taken before a deletion, and that before an insertion, so that
 * the three numbers are always the same.
 *
 * <p>Source: Levenshtein, <i>Binary codes capable of correcting deletions, insertions and reversals</i>, 1966.
 *
 * @param length of what is wanted
 * @param substitutions tokens that are another
 * @param deletions wanted tokens that are missing
 * @param insertions tokens that are not wanted
 */
public record EditDistance(long length, long substitutions, long deletions, long insertions) {
    /** The distance of nothing, to add others to. */
    public static EditDistance empty() {
        return new EditDistance(0, 0, 0, 0);
    }

    /** The distance between what is wanted and what was given, in time of the product and space of one of the lengths. */
    public static EditDistance of(List<String> wanted, List<String> given) {
        String[] columns = given.toArray(String[]::new);
        Row above = new Row(columns.length);
        for (int j = 1; j <= columns.length; j++) {
            above.set(j, above, j - 1, 0, 0, 1);
        }
        Row row = new Row(columns.length);
        for (String token : wanted) {
            row.set(0, above, 0, 0, 1, 0);
            for (int j = 1; j <= columns.length; j++) {
                int change = token.equals(columns[j - 1]) ? 0 : 1;
                int substituted = above.errors[j - 1] + change;
                int deleted = above.errors[j] + 1;
                int inserted = row.errors[j - 1] + 1;
                if (substituted <= deleted && substituted <= inserted) {
                    row.set(j, above, j - 1, change, 0, 0);
                } else if (deleted <= inserted) {
                    row.set(j, above, j, 0, 1, 0);
                } else {
                    row.set(j, row, j - 1, 0, 0, 1);
                }
            }
            Row done = above;
            above = row;
            row = done;
        }
        int last = columns.length;
        return new EditDistance(
                wanted.size(), above.substitutions[last], above.deletions[last], above.insertions[last]);
    }

    /** For each number of given tokens the shortest way to it. */
    private static final class Row {
        private final int[] errors;
        private final int[] substitutions;
        private final int[] deletions;
        private final int[] insertions;

        Row(int columns) {
            errors = new int[columns + 1];
            substitutions = new int[columns + 1];
            deletions = new int[columns + 1];
            insertions = new int[columns + 1];
        }

        void set(int to, Row row, int from, int substituted, int deleted, int inserted) {
            errors[to] = row.errors[from] + substituted + deleted + inserted;
            substitutions[to] = row.substitutions[from] + substituted;
            deletions[to] = row.deletions[from] + deleted;
            insertions[to] = row.insertions[from] + inserted;
        }
    }

    /**
     * The distance to the nearest of several sequences that would all be right, the first of equally near ones.
     *
     * @param wanted at least one
     */
    public static EditDistance nearest(List<List<String>> wanted, List<String> given) {
        return wanted.stream()
                .map(each -> of(each, given))
                .reduce((best, other) -> other.errors() < best.errors() ? other : best)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there must be at least one sequence that is right, got none; add one"));
    }

    /** The sum of both. */
    public EditDistance plus(EditDistance other) {
        return new EditDistance(
                length + other.length,
                substitutions + other.substitutions,
                deletions + other.deletions,
                insertions + other.insertions);
    }

    /** The number of changes. */
    public long errors() {
        return substitutions + deletions + insertions;
    }

    /**
     * The changes for each wanted token, which may be more than 1; where nothing is wanted, 0 if nothing was given, and 1 if
     * something was.
     */
    public double rate() {
        return length == 0 ? Math.min(1, errors()) : (double) errors() / length;
    }
}
