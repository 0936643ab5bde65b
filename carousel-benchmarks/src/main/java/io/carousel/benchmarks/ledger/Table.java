package io.carousel.benchmarks.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table in Markdown whose columns stand under each other, so that it reads well in a terminal, too. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... header) {
        rows.add(List.of(header));
    }

    /** Adds a row of as many cells as the header has. */
    Table row(Object... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    "row must have " + rows.get(0).size() + " cells, got " + cells.length + "; fill up with \"\"");
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell).replace("|", "\\|").replace('\n', ' '));
        }
        rows.add(row);
        return this;
    }

    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            line(text, rows.get(r), widths);
            if (r == 0) {
                for (int width : widths) {
                    text.append("|-").append("-".repeat(width)).append("-");
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> row, int[] widths) {
        for (int c = 0; c < widths.length; c++) {
            String cell = row.get(c);
            text.append("| ").append(cell).append(" ".repeat(widths[c] - cell.length() + 1));
        }
        text.append("|\n");
    }

    /** A number with three digits that count, such as 0.0123, 12.3 or 12,345. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size == 0 || !Double.isFinite(value)) {
            return size == 0 ? "0" : "–";
        }
        int decimals = Math.max(0, 2 - (int) Math.floor(StrictMath.log10(size)));
        return String.format(Locale.ROOT, "%,." + Math.min(decimals, 6) + "f", value);
    }

    /** The middle, and how far the quartiles lie from each other in per cent of it. */
    static String number(Spread spread) {
        double percent = 100 * (spread.upper() - spread.lower()) / spread.median();
        return number(spread.median()) + String.format(Locale.ROOT, " ±%.0f %%", percent / 2);
    }

    /** A share in per cent. */
    static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", 100 * share) : "–";
    }

    /** A ratio with two decimals. */
    static String ratio(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "–";
    }
}
