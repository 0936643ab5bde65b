package io.carousel.cli.detect;

import io.carousel.cli.report.Words;
import io.carousel.data.EventReader;
import io.carousel.model.Json;
import io.carousel.task.anomaly.AnomalyDetector;
import io.carousel.task.anomaly.DetectorSession;
import io.carousel.task.anomaly.EventOutcome;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Scores events and writes a line for each. */
final class EventLines implements EventReader.Sink {
    private final AnomalyDetector detector;
    private final PrintStream to;
    private final boolean live;
    private final boolean only;
    private final boolean json;
    private final StateFile state;
    private final Map<EventOutcome, Long> outcomes = new EnumMap<>(EventOutcome.class);

    /** Nobody reads what is written. */
    static final class ClosedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Lines that go to a stream.
     *
     * @param state what the streams remember
     * @param live whether each is sent on at once
     * @param only whether only anomalies are written
     * @param json whether lines are objects
     */
    EventLines(AnomalyDetector detector, StateFile state, PrintStream to, boolean live, boolean only, boolean json) {
        this.detector = detector;
        this.state = state;
        this.to = to;
        this.live = live;
        this.only = only;
        this.json = json;
    }

    @Override
    public void columns(@Nullable String time, List<String> columns) {
        if (!json) {
            String key = detector.spec().key();
            to.println((key == null ? "" : cell(key) + ",") + (time == null ? "event" : cell(time))
                    + ",score,surprise,anomaly");
            sent();
        }
    }

    @Override
    public void event(String key, String label, long stamp, double[] values, long line) {
        DetectorSession session = state.session(key);
        EventOutcome outcome = detector.encoding().timed() ? session.step(stamp, values) : session.step(values);
        outcomes.merge(outcome, 1L, Long::sum);
        if (only && !session.anomaly()) {
            return;
        }
        to.println(json ? object(key, label, session, outcome) : row(key, label, session));
        sent();
    }

    private void sent() {
        if (live && to.checkError()) { // flushes, too
            throw new ClosedException();
        }
    }

    private String row(String key, String label, DetectorSession session) {
        String before = (detector.spec().key() == null ? "" : cell(key) + ",") + cell(label);
        double surprise = session.surprise();
        return Double.isNaN(surprise)
                ? before + ",,,0"
                : String.format(
                        Locale.ROOT,
                        "%s,%.6f,%.3f,%d",
                        before,
                        session.probability(),
                        surprise,
                        session.anomaly() ? 1 : 0);
    }

    private String object(String key, String label, DetectorSession session, EventOutcome outcome) {
        ObjectNode object = Json.object();
        if (detector.spec().key() != null) {
            object.put("series", key);
        }
        object.put("time", label);
        object.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
        if (outcome == EventOutcome.SCORED) {
            object.put("score", session.probability());
            object.put("surprise", session.surprise());
            object.put("anomaly", session.anomaly());
            ObjectNode expected = object.putObject("expected");
            List<String> names = detector.encoding().names();
            for (int c = 0; c < names.size(); c++) {
                expected.put(names.get(c), session.expected(c));
            }
        }
        return Json.write(object);
    }

    /** A cell of CSV, quoted where it must be. */
    private static String cell(String text) {
        return text.matches("[^,\"\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /** What was not scored though it was not among the first of all, one sentence each; also that nothing came. */
    List<String> notes() {
        if (outcomes.isEmpty()) {
            return List.of("there was no event to score");
        }
        List<String> notes = new ArrayList<>();
        note(notes, EventOutcome.AFTER_GAP, "after a gap in time", "taken as the first of a stream");
        note(notes, EventOutcome.MISSING, "without a number in any channel", "taken to be as expected");
        note(notes, EventOutcome.DUPLICATE, "with the time stamp of the one before", "left out");
        note(notes, EventOutcome.LATE, "with a time stamp before that of the one before", "left out");
        return notes;
    }

    private void note(List<String> notes, EventOutcome outcome, String what, String done) {
        long count = outcomes.getOrDefault(outcome, 0L);
        if (count > 0) {
            notes.add(Words.count(count, "event") + " " + what + (count == 1 ? " was " : " were ") + done);
        }
    }
}
