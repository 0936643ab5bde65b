package io.carousel.cli.command;

import java.util.ArrayList;
import java.util.List;

/** Rows of words and numbers in columns: the first column to the left, all others to the right. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> bold = new ArrayList<>();

    public TextTable(List<String> headings) {
        row(false, headings);
    }

    /** Adds a row with a cell for each heading. */
    public TextTable row(boolean emphasised, List<String> cells) {
        rows.add(cells.stream().map(Console::plain).toList());
        bold.add(emphasised);
        return this;
    }

    /** Prints the table with two spaces between columns. */
    public void print(Console console) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = rows.get(r).get(i);
                String space = " ".repeat(widths[i] - width(cell));
                line.append(i == 0 ? cell + space : "  " + space + cell);
            }
            String text = line.toString().stripTrailing();
            console.out().println(r == 0 ? console.faint(text) : bold.get(r) ? console.bold(text) : text);
        }
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
