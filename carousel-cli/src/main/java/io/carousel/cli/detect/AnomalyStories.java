package io.carousel.cli.detect;

import io.carousel.cli.command.ModelFacts;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.report.AnomalyReport;
import io.carousel.cli.report.AnomalyStory;
import io.carousel.cli.report.AnomalyStory.Anomaly;
import io.carousel.cli.report.AnomalyStory.Channel;
import io.carousel.cli.report.AnomalyStory.Known;
import io.carousel.cli.report.AnomalyStory.Stream;
import io.carousel.cli.report.HtmlReport;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Facts;
import io.carousel.cli.report.ReportData.Figure;
import io.carousel.cli.report.ReportData.Verdict;
import io.carousel.cli.report.TimeAxis;
import io.carousel.cli.report.Words;
import io.carousel.data.SeriesSet;
import io.carousel.data.TimeIndex;
import io.carousel.model.Provenance;
import io.carousel.task.anomaly.AnomalyDetector;
import io.carousel.task.anomaly.AnomalyEncoding;
import io.carousel.task.anomaly.AnomalyEvaluation;
import io.carousel.task.anomaly.AnomalySpec;
import io.carousel.task.anomaly.DynamicThreshold;
import io.carousel.task.anomaly.KnownAnomaly;
import io.carousel.task.anomaly.ResidualSource;
import io.carousel.task.anomaly.SeriesDetections;
import io.carousel.task.anomaly.UsualSteps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a detector and what it found into the plain content of a report. */
final class AnomalyStories {
    /** A page shows so many events of a series, the last ones, and so many series. */
    private static final int MOST_EVENTS = 20_000;

    private static final int MOST_SERIES = 20;

    private AnomalyStories() {}

    /**
     * Writes a report about some series.
     *
     * @param evaluation null where nothing is known of them
     */
    static void write(Path file, AnomalyDetector detector, SeriesSet set, @Nullable AnomalyEvaluation evaluation)
            throws IOException {
        List<SeriesDetections> told = detector.predict(set);
        TimeIndex time = set.list().get(0).time();
        AnomalySpec spec = detector.spec();
        Provenance provenance = detector.model().provenance();
        int alarms = told.stream().mapToInt(SeriesDetections::anomalyCount).sum();
        int events = told.stream().mapToInt(one -> one.outcomes().size()).sum();
        String named = spec.time();
        AnomalyStory story = new AnomalyStory(
                set.source(),
                Words.count(events, "event") + ", " + (alarms == 1 ? "1 anomaly" : alarms + " anomalies"),
                evaluation == null ? null : verdict(evaluation),
                time.rowNumbers() ? "Event" : named == null ? "Time" : named,
                TimeAxis.unit(time),
                streams(told, evaluation),
                spec.scorer() instanceof DynamicThreshold ? Double.NaN : spec.leastSurprise(),
                detector.encoding().stages().stream().map(ModelFacts::losses).toList(),
                List.of(choices(detector.encoding()), ModelFacts.origin(provenance, set.source(), set.sha256())),
                ModelFacts.footer(provenance));
        Outputs.write(file, HtmlReport.of(AnomalyReport.of(story)));
    }

    private static List<Stream> streams(List<SeriesDetections> told, @Nullable AnomalyEvaluation evaluation) {
        List<Stream> streams = new ArrayList<>();
        for (int s = 0; s < Math.min(MOST_SERIES, told.size()); s++) {
            int series = s;
            streams.add(stream(
                    told.get(s),
                    evaluation == null
                            ? List.of()
                            : evaluation.known().stream()
                                    .filter(known -> known.series() == series)
                                    .toList()));
        }
        return streams;
    }

    private static Stream stream(SeriesDetections told, List<KnownAnomaly> known) {
        int length = told.outcomes().size();
        int from = Math.max(0, length - MOST_EVENTS);
        TimeIndex time = told.series().time();
        double[] x = new double[length - from];
        for (int t = from; t < length; t++) {
            x[t - from] = TimeAxis.x(time, t);
        }
        List<Channel> channels = new ArrayList<>();
        for (int c = 0; c < told.channels().size(); c++) {
            String name = told.channels().get(c);
            channels.add(new Channel(
                    name,
                    Arrays.copyOfRange(told.series().column(name), from, length),
                    Arrays.copyOfRange(told.expected()[c], from, length)));
        }
        List<Anomaly> anomalies = new ArrayList<>();
        for (int t = from; t < length; t++) {
            if (told.anomalies()[t]) {
                anomalies.add(new Anomaly(t - from, time.label(t), told.surprises()[t]));
            }
        }
        return new Stream(
                told.series().name(),
                x,
                channels,
                Arrays.copyOfRange(told.surprises(), from, length),
                anomalies,
                known.stream().map(one -> known(one, time, from)).toList());
    }

    private static Known known(KnownAnomaly anomaly, TimeIndex time, int from) {
        int first = anomaly.window().first();
        int last = anomaly.window().last();
        return new Known(
                first - from,
                last - from,
                time.label(first),
                time.label(last),
                anomaly.alarms(),
                EvaluateCommand.after(anomaly));
    }

    private static Verdict verdict(AnomalyEvaluation evaluation) {
        boolean good = evaluation.found() == evaluation.windows() && evaluation.precision() >= 0.5;
        return new Verdict(
                good,
                evaluation.found() + " of " + evaluation.windows() + " known anomalies were found, with "
                        + Words.count(evaluation.falseAlarms(), "false alarm") + ".",
                List.of(
                        new Figure("Precision", EvaluateCommand.share(evaluation.precision()), "of what was told"),
                        new Figure("Recall", EvaluateCommand.share(evaluation.recall()), "of what is known"),
                        new Figure(
                                "Area",
                                EvaluateCommand.share(evaluation.area()),
                                "that an anomalous event is more surprising than another")));
    }

    private static Facts choices(AnomalyEncoding encoding) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Channels", String.join(", ", encoding.names())));
        facts.add(new Fact("How", how(encoding)));
        facts.add(new Fact(
                "Learned from",
                Words.count(encoding.events(), "event") + ", of which " + encoding.heldOut()
                        + " were held out to choose the epoch and to tell what errors are usual"));
        facts.add(new Fact("Threshold", Double.toString(encoding.spec().threshold())));
        facts.add(new Fact("Quiet", Words.count(encoding.quiet(), "event") + " after a surprise"));
        UsualSteps steps = encoding.steps();
        if (steps != null) {
            facts.add(new Fact(
                    "Gap",
                    "after more than " + Words.count(steps.longest() / steps.step(), "usual step")
                            + " of time a stream begins anew"));
        }
        for (String note : encoding.notes()) {
            facts.add(new Fact("Note", note));
        }
        return new Facts("Choices", facts);
    }

    /** The model in a few words. */
    static String how(AnomalyEncoding encoding) {
        AnomalySpec spec = encoding.spec();
        return (spec.source() == ResidualSource.FORECAST
                        ? "errors of a forecast"
                        : "errors of the reconstruction of " + spec.window() + " events")
                + " by " + Words.count(spec.layers(), spec.cell() + " layer") + " of " + spec.hidden() + "; scored by "
                + spec.scorer();
    }
}
