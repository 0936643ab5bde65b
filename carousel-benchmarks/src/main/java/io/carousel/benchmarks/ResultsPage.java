package io.carousel.benchmarks;

import io.carousel.data.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The page {@code docs/results.md}: a table for each task, whose rows the runs write.
 *
 * <p>A row is one line of Markdown. It takes the place of the one with the same set and protocol, its first two cells, in the
 * table of its section, or stands at the end of it.
 */
final class ResultsPage {
    private ResultsPage() {}

    /**
     * Writes a row into the page.
     *
     * @param root the folder of the project
     * @param section the heading of the task, such as {@code Tagging}
     * @param row a line that begins and ends with a bar
     */
    static void record(Path root, String section, String row) throws IOException {
        Path page = root.resolve("docs").resolve("results.md");
        byte[] text = with(Files.readString(page), section, row.strip()).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(page, out -> out.write(text));
    }

    /** The page with the row. */
    static String with(String page, String section, String row) {
        List<String> lines = new ArrayList<>(List.of(page.split("\n", -1)));
        int heading = lines.indexOf("## " + section);
        int rule = heading;
        while (heading >= 0 && rule < lines.size() && !lines.get(rule).startsWith("|---")) {
            rule++;
        }
        if (heading < 0 || rule == lines.size()) {
            throw new IllegalArgumentException(
                    "page must have a table under the heading \"" + section + "\", got none; write its head first");
        }
        int at = rule + 1;
        while (at < lines.size()
                && lines.get(at).startsWith("|")
                && !key(lines.get(at)).equals(key(row))) {
            at++;
        }
        if (at < lines.size() && lines.get(at).startsWith("|")) {
            lines.set(at, row);
        } else {
            lines.add(at, row);
        }
        return String.join("\n", lines);
    }

    /** The first two cells. */
    private static String key(String row) {
        String[] cells = row.split("\\|", 4);
        return cells[1].strip() + "|" + cells[2].strip();
    }
}
