package io.carousel.cli.report;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content of one page, without any markup: all text is plain and may hold any character.
 *
 * @param kind what the page is, in a word or two, such as {@code Forecast report}
 * @param title the subject, such as the name of the target
 * @param subtitle one sentence below the title
 * @param verdict the answer to the reader's first question, if the page has one
 * @param groupLabel what the charts can be switched between, such as {@code Series}
 * @param groups the names to choose from; charts with several views have one for each
 * @param sections the page from top to bottom
 * @param footer one line at the end
 */
public record ReportData(
        String kind,
        String title,
        String subtitle,
        @Nullable Verdict verdict,
        String groupLabel,
        List<String> groups,
        List<Section> sections,
        String footer) {

    /** Checks that every chart has one view, or one for each group. */
    public ReportData {
        groups = List.copyOf(groups);
        sections = List.copyOf(sections);
        for (Section section : sections) {
            for (Part part : section.parts()) {
                if (part instanceof Chart chart
                        && chart.views().size() != 1
                        && chart.views().size() != groups.size()) {
                    throw new IllegalArgumentException(
                            "chart '" + chart.title() + "' must have 1 view or one for each of " + groups.size()
                                    + " groups, got " + chart.views().size());
                }
            }
        }
    }

    /**
     * The answer to the reader's first question.
     *
     * @param good whether the answer is the hoped-for one
     * @param sentence the answer in plain words
     * @param figures a few numbers that carry it
     */
    public record Verdict(boolean good, String sentence, List<Figure> figures) {
        /** Copies the list. */
        public Verdict {
            figures = List.copyOf(figures);
        }
    }

    /**
     * One number that carries the verdict.
     *
     * @param label what it is
     * @param value the number, written out
     * @param note what to compare it with
     */
    public record Figure(String label, String value, String note) {}

    /**
     * A heading with what stands below it.
     *
     * @param title the heading
     * @param text a sentence or two that say what to look for
     * @param parts charts, tables, facts, matrices, weights and marked texts
     */
    public record Section(String title, String text, List<Part> parts) {
        /** Copies the list. */
        public Section {
            parts = List.copyOf(parts);
        }
    }

    /** A piece of a section. */
    public sealed interface Part permits Chart, Table, Facts, Matrix, Weights, MarkedText {}

    /**
     * A table of numbers or words.
     *
     * @param caption what it shows
     * @param columns the headings; the first column holds the rows' names
     * @param rows the body
     * @param legend explanations of the columns, below the table
     */
    public record Table(String caption, List<String> columns, List<Row> rows, List<Fact> legend) implements Part {
        /** How a number begins, or what stands for one. */
        private static final Pattern NUMBER = Pattern.compile("[-+−<>]? ?[\\d.∞]|–");

        /** Copies the lists and checks the widths. */
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
            legend = List.copyOf(legend);
            for (Row row : rows) {
                if (row.cells().size() != columns.size()) {
                    throw new IllegalArgumentException("row '" + row.cells() + "' must have " + columns.size()
                            + " cells, got " + row.cells().size());
                }
            }
        }

        /** Whether most cells of a column are words rather than numbers, so that it is read from the left. */
        boolean ofWords(int column) {
            List<String> texts = rows.stream()
                    .map(row -> row.cells().get(column).text())
                    .filter(text -> !text.isBlank())
                    .toList();
            long numbers = texts.stream()
                    .filter(text -> NUMBER.matcher(text).lookingAt())
                    .count();
            return 2 * numbers < texts.size();
        }
    }

    /**
     * One row of a table.
     *
     * @param emphasised whether it is the row that the page is about
     * @param cells the text of each cell
     */
    public record Row(boolean emphasised, List<Cell> cells) {
        /** Copies the list. */
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * One cell of a table.
     *
     * @param text what it says
     * @param best whether it is the best of its column
     */
    public record Cell(String text, boolean best) {}

    /**
     * Counts by two names, the larger the share of its row the deeper the colour of a cell: a confusion matrix.
     *
     * @param caption what it shows
     * @param down what the rows are, such as {@code Actual}
     * @param across what the columns are, such as {@code Predicted}
     * @param names of the rows and, in the same order, of the columns
     * @param counts of each row, by column; those on the diagonal are the right ones
     */
    public record Matrix(String caption, String down, String across, List<String> names, List<List<Long>> counts)
            implements Part {
        /** Copies the lists and checks that there is a count for every pair of names, and that none is negative. */
        public Matrix {
            names = List.copyOf(names);
            counts = counts.stream().map(List::copyOf).toList();
            if (counts.size() != names.size()) {
                throw new IllegalArgumentException("matrix '" + caption + "' must have a row for each of "
                        + names.size() + " names, got " + counts.size());
            }
            for (List<Long> row : counts) {
                if (row.size() != names.size() || row.stream().anyMatch(count -> count < 0)) {
                    throw new IllegalArgumentException("row of matrix '" + caption + "' must have " + names.size()
                            + " counts, none negative, got " + row);
                }
            }
        }
    }

    /**
     * Shares by row and column, the larger the deeper the colour of a cell, such as what a decoder attended to.
     *
     * @param caption what it shows
     * @param down what the rows are, such as {@code Written}
     * @param across what the columns are, such as {@code Read}
     * @param rows their names, which may be there twice
     * @param columns their names, which may be there twice
     * @param shares of each row, by column, from 0 to 1
     */
    public record Weights(
            String caption,
            String down,
            String across,
            List<String> rows,
            List<String> columns,
            List<List<Double>> shares)
            implements Part {
        /** Copies the lists and checks that there is a share for every row and column. */
        public Weights {
            rows = List.copyOf(rows);
            columns = List.copyOf(columns);
            shares = shares.stream().map(List::copyOf).toList();
            if (shares.size() != rows.size()) {
                throw new IllegalArgumentException("weights '" + caption + "' must have shares for each of "
                        + rows.size() + " rows, got " + shares.size());
            }
            for (List<Double> row : shares) {
                if (row.size() != columns.size() || !row.stream().allMatch(share -> share >= 0 && share <= 1)) {
                    throw new IllegalArgumentException("row of weights '" + caption + "' must have " + columns.size()
                            + " shares from 0 to 1, got " + row);
                }
            }
        }
    }

    /**
     * Words or symbols, each on a colour that says how much it counts and in which direction.
     *
     * @param title what the text is, such as the decision that it led to
     * @param note a sentence below the title; blank for none
     * @param low what a weight of -1 says, such as {@code speaks against it}; blank where weights are not negative
     * @param high what a weight of 1 says; blank, as low, where a text before has said it
     * @param words whether the marks are words, with a space between them, or symbols
     * @param marks in the order of the text
     */
    public record MarkedText(String title, String note, String low, String high, boolean words, List<Mark> marks)
            implements Part {
        /** Copies the list. */
        public MarkedText {
            marks = List.copyOf(marks);
        }
    }

    /**
     * A word or a symbol of a marked text.
     *
     * @param text as it stands in the text; may be white space
     * @param weight from -1 to 1; 0 for no colour
     * @param tip what to show beside it, such as the weight as it was before it was made to fit
     */
    public record Mark(String text, double weight, String tip) {
        /** Checks the range. */
        public Mark {
            if (!(weight >= -1 && weight <= 1)) {
                throw new IllegalArgumentException(
                        "weight of a mark must be from -1 to 1, got " + weight + "; divide by the largest");
            }
        }
    }

    /**
     * Names and values, such as where a model comes from.
     *
     * @param title what they are about
     * @param facts in the order to show
     */
    public record Facts(String title, List<Fact> facts) implements Part {
        /** Copies the list. */
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /**
     * A name and a value.
     *
     * @param name what it is
     * @param value as text
     */
    public record Fact(String name, String value) {}
}
