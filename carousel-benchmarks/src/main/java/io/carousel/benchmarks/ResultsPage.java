package io.carousel.benchmarks;

import java.util.List;
import java.util.Locale;

/** The page {@code docs/results.md}. */
final class ResultsPage {
    private ResultsPage() {}

    static String of(List<ResultRow> rows, String commit, String machine) {
        StringBuilder page = new StringBuilder();
        page.append("# Results\n\n")
                .append("Made by `tools/results`, which runs `io.carousel.benchmarks.ForecastResults`.")
                .append(" A figure counts only if it beats what is published and what is trivial.\n\n")
                .append(
                        "Every row is one fit by the same recipe: `ForecastSpec`'s defaults with the season, the window and")
                .append(
                        " the horizon of the protocol. The transform, the epochs and the members are chosen on the end of")
                .append(
                        " the training part; no test row is used for choosing anything by the program. The recipe itself was worked")
                .append(
                        " out with these sets in view, and two of its rules, the preference for the simplest transform and the contest")
                .append(
                        " between close ones, were added after test figures of sunspots and Beijing had been seen: take those rows as")
                .append(" optimistic. None of its rules is set for one of the sets. \"LSTMs\" says how many of the")
                .append(" members improved on the linear part on the validation rows and so are in the model.\n\n")
                .append("On ")
                .append(machine)
                .append(".\n\n")
                .append(
                        "| set | protocol | Carousel | seeds 2, 3 | linear part alone | published | trivial | aim | | LSTMs | chosen | seed | s | commit |\n")
                .append("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (ResultRow row : rows) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | **%s** | %s | %s | %s | %s | %s | %s | %s | %s | %d | %.0f | %s |%n",
                    row.set(),
                    row.protocol(),
                    row.ours(),
                    row.otherSeeds(),
                    row.linear(),
                    row.published(),
                    row.trivial(),
                    row.aim(),
                    row.met() ? "met" : "**missed**",
                    row.kept(),
                    row.choices(),
                    row.seed(),
                    row.seconds(),
                    commit));
        }
        return page.toString();
    }
}
