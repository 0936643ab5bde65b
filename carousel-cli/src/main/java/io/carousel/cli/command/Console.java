package io.carousel.cli.command;

import java.io.PrintStream;
import java.util.List;

/**
 * Where a command prints.
 *
 * @param out answers: tables for people, or one JSON object
 * @param err everything else: progress, warnings, mistakes
 * @param columns width of the terminal behind {@code err}, or 0 when it is none and progress stays quiet
 * @param styled whether {@code out} is a terminal that shows bold type
 */
public record Console(PrintStream out, PrintStream err, int columns, boolean styled) {

    /** The console of this process, as {@code bin/carousel} describes it. */
    public static Console ofProcess(PrintStream out, PrintStream err) {
        return new Console(out, err, Integer.getInteger("carousel.columns", 0), Boolean.getBoolean("carousel.styled"));
    }

    /** Whether a person watches {@code err}. */
    public boolean watched() {
        return columns > 0;
    }

    /** The text in bold where the terminal can. */
    public String bold(String text) {
        return styled ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    /** The text in grey where the terminal can. */
    public String faint(String text) {
        return styled ? "\u001b[2m" + text + "\u001b[0m" : text;
    }

    /** The text with ? for all characters that a terminal would obey: names in a file may hold any. */
    public static String plain(String text) {
        return text.replaceAll("\\p{Cc}", "?");
    }

    /** Says what one should know, a line for each. */
    public void say(List<String> notes) {
        notes.forEach(note -> say("carousel: " + note));
    }

    /** Prints one line of news for the person in front, not part of the answer. */
    public void say(String line) {
        err.println(plain(line));
        err.flush();
    }
}
