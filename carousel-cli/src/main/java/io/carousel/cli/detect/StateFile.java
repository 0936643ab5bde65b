package io.carousel.cli.detect;

import io.carousel.cli.command.UserMistake;
import io.carousel.data.AtomicFile;
import io.carousel.task.anomaly.AnomalyDetector;
import io.carousel.task.anomaly.DetectorSession;
import io.carousel.task.anomaly.DetectorStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the streams of a detector remember, and the file that keeps it. */
final class StateFile {
    private final @Nullable Path file;
    private final AnomalyDetector detector;
    private final Map<String, DetectorSession> sessions = new LinkedHashMap<>();

    /**
     * Restores what the file holds, if there is one.
     *
     * @param file null when nothing is kept
     */
    StateFile(@Nullable Path file, AnomalyDetector detector) throws IOException {
        this.file = file;
        this.detector = detector;
        if (file != null && Files.exists(file)) {
            try {
                sessions.putAll(
                        DetectorStates.fromBytes(Files.readAllBytes(file)).sessions(detector));
            } catch (IllegalArgumentException e) {
                throw new UserMistake(file + ": " + e.getMessage());
            }
        }
    }

    /** The stream of a series, which begins where there is none yet. */
    DetectorSession session(String key) {
        return sessions.computeIfAbsent(key, name -> detector.session());
    }

    /** Keeps what the streams remember now. */
    void write() throws IOException {
        if (file != null) {
            byte[] bytes = DetectorStates.of(detector, sessions).toBytes();
            AtomicFile.write(file, out -> out.write(bytes));
        }
    }

    @Override
    public String toString() {
        return String.valueOf(file);
    }
}
