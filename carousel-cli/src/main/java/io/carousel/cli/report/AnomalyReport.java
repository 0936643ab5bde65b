package io.carousel.cli.report;

import io.carousel.cli.report.AnomalyStory.Anomaly;
import io.carousel.cli.report.AnomalyStory.Channel;
import io.carousel.cli.report.AnomalyStory.Known;
import io.carousel.cli.report.AnomalyStory.Stream;
import io.carousel.cli.report.Chart.Axis;
import io.carousel.cli.report.Chart.Band;
import io.carousel.cli.report.Chart.Layer;
import io.carousel.cli.report.Chart.Level;
import io.carousel.cli.report.Chart.Line;
import io.carousel.cli.report.Chart.Points;
import io.carousel.cli.report.Chart.Role;
import io.carousel.cli.report.Chart.Scale;
import io.carousel.cli.report.Chart.View;
import io.carousel.cli.report.ReportData.Cell;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Part;
import io.carousel.cli.report.ReportData.Row;
import io.carousel.cli.report.ReportData.Section;
import io.carousel.cli.report.ReportData.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The page about anomalies: the series with what was expected, how surprising each event was, and what was told. */
public final class AnomalyReport {
    private static final int MOST_ROWS = 100;

    private final AnomalyStory story;

    private AnomalyReport(AnomalyStory story) {
        this.story = story;
    }

    /** The content of the page. */
    public static ReportData of(AnomalyStory story) {
        return new AnomalyReport(story).page();
    }

    private ReportData page() {
        List<Section> sections = new ArrayList<>();
        sections.add(streams());
        sections.add(anomalies());
        if (story.series().stream().anyMatch(stream -> !stream.known().isEmpty())) {
            sections.add(known());
        }
        if (!story.trainings().isEmpty()) {
            sections.add(TrainingCourse.section(story.trainings()));
        }
        sections.add(new Section(
                "Provenance",
                "What was chosen, and where model and events come from.",
                List.copyOf(story.provenance())));
        List<String> names = story.series().stream().map(Stream::name).toList();
        return new ReportData(
                "Anomaly report",
                story.source(),
                story.subtitle(),
                story.verdict(),
                "Series",
                names.size() > 1 ? names : List.of(),
                sections,
                story.footer());
    }

    private Section streams() {
        List<Part> charts = new ArrayList<>();
        List<Channel> channels = story.series().get(0).channels();
        for (int c = 0; c < channels.size(); c++) {
            int channel = c;
            String name = channels.get(c).name();
            charts.add(new Chart(
                    name,
                    "The values of " + name
                            + ", what was expected of them, and the events that were told as anomalies.",
                    new Axis(story.timeLabel(), story.unit(), true),
                    name,
                    260,
                    false,
                    Scale.LINEAR,
                    story.series().stream()
                            .map(stream -> values(stream, channel))
                            .toList()));
        }
        charts.add(new Chart(
                "Surprise",
                "How surprising each event was: 2 says that one usual event in a hundred is as far from what was expected.",
                new Axis(story.timeLabel(), story.unit(), true),
                "decades",
                220,
                false,
                Scale.LINEAR,
                story.series().stream().map(this::surprises).toList()));
        return new Section(
                "The events",
                "Each was scored when it came, from what came before it. Drag across a chart to look closer, double-click to "
                        + "see all.",
                charts);
    }

    private View values(Stream stream, int channel) {
        Channel shown = stream.channels().get(channel);
        double[] told = new double[stream.x().length];
        Arrays.fill(told, Double.NaN);
        for (Anomaly anomaly : stream.anomalies()) {
            told[anomaly.row()] = shown.values()[anomaly.row()];
        }
        List<Layer> layers = new ArrayList<>();
        if (!stream.known().isEmpty()) {
            layers.add(known(stream, shown.values()));
        }
        layers.add(new Line("Expected", Role.MODEL, shown.expected(), true));
        layers.add(new Line(shown.name(), Role.ACTUAL, shown.values(), true));
        layers.add(new Points("Anomaly", Role.SECOND, told));
        return View.all(stream.x(), layers);
    }

    /** The times of known anomalies, as high as all values. */
    private static Band known(Stream stream, double[] values) {
        double[] low = new double[values.length];
        double[] high = new double[values.length];
        Arrays.fill(low, Double.NaN);
        Arrays.fill(high, Double.NaN);
        double least = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
        double most = Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
        for (Known known : stream.known()) {
            int from = Math.max(0, known.first());
            if (known.last() >= from) {
                Arrays.fill(low, from, known.last() + 1, least);
                Arrays.fill(high, from, known.last() + 1, most);
            }
        }
        return new Band("Known anomaly", 0.3, low, high);
    }

    private View surprises(Stream stream) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Line("Surprise", Role.MODEL, stream.surprises(), true));
        if (!Double.isNaN(story.leastSurprise())) {
            layers.add(new Level("threshold", story.leastSurprise()));
        }
        return View.all(stream.x(), layers);
    }

    private Section known() {
        List<Row> rows = new ArrayList<>();
        int all = 0;
        int found = 0;
        boolean several = story.series().size() > 1;
        for (Stream stream : story.series()) {
            for (Known known : stream.known()) {
                all++;
                found += known.alarms() > 0 ? 1 : 0;
                if (rows.size() < MOST_ROWS) {
                    List<Cell> cells = new ArrayList<>();
                    if (several) {
                        cells.add(new Cell(stream.name(), false));
                    }
                    cells.add(new Cell(known.from(), false));
                    cells.add(new Cell(known.to(), false));
                    cells.add(new Cell(Integer.toString(known.alarms()), false));
                    cells.add(new Cell(known.found(), false));
                    rows.add(new Row(false, cells));
                }
            }
        }
        List<String> columns = new ArrayList<>(List.of("From", "To", "Told", "Found after"));
        if (several) {
            columns.add(0, "Series");
        }
        return new Section(
                "Known anomalies",
                found + " of " + all + " were found."
                        + (all > rows.size() ? " The first " + rows.size() + " are listed." : ""),
                List.of(new Table(
                        "In the order in which they are known",
                        columns,
                        rows,
                        List.of(
                                new Fact("Told", "events within that were told as anomalies"),
                                new Fact("Found after", "the events from its first one to the first that was told")))));
    }

    private Section anomalies() {
        List<Row> rows = new ArrayList<>();
        int all = 0;
        boolean several = story.series().size() > 1;
        for (Stream stream : story.series()) {
            for (Anomaly anomaly : stream.anomalies()) {
                all++;
                if (rows.size() < MOST_ROWS) {
                    List<Cell> cells = new ArrayList<>();
                    if (several) {
                        cells.add(new Cell(stream.name(), false));
                    }
                    cells.add(new Cell(anomaly.time(), false));
                    cells.add(new Cell(String.format(Locale.ROOT, "%.1f", anomaly.surprise()), false));
                    cells.add(new Cell(
                            "1 in " + Words.number(StrictMath.pow(10, Math.min(anomaly.surprise(), 300))), false));
                    rows.add(new Row(false, cells));
                }
            }
        }
        String text = all == 0
                ? "No event was told as an anomaly."
                : Words.count(all, "event") + (all == 1 ? " was" : " were")
                        + " told. Shortly after one, only a larger surprise is told again."
                        + (all > rows.size() ? " The first " + rows.size() + " are listed." : "");
        if (rows.isEmpty()) {
            return new Section("The anomalies", text, List.of());
        }
        List<String> columns = new ArrayList<>(List.of(story.timeLabel(), "Surprise", "Usual events as far off"));
        if (several) {
            columns.add(0, "Series");
        }
        return new Section(
                "The anomalies",
                text,
                List.of(new Table(
                        "In the order in which they came",
                        columns,
                        rows,
                        List.of(new Fact(
                                "Surprise",
                                "-log10 of the probability that a usual event is at least as far from what was "
                                        + "expected")))));
    }
}
