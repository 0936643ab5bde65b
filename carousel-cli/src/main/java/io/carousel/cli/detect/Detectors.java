package io.carousel.cli.detect;

import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.UserMistake;
import io.carousel.data.EventReader;
import io.carousel.task.anomaly.AnomalyDetector;
import io.carousel.task.anomaly.AnomalySpec;
import io.carousel.task.anomaly.DynamicThreshold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the commands that use a model share. */
final class Detectors {
    private Detectors() {}

    /** A model, with another threshold if one was given. */
    static AnomalyDetector load(Path model, @Nullable Double threshold) throws IOException {
        AnomalyDetector detector = AnomalyDetector.load(Inputs.check("model", model));
        if (threshold == null) {
            return detector;
        }
        if (detector.spec().scorer() instanceof DynamicThreshold) {
            throw new UserMistake(
                    "--threshold must not stand beside dynamic-threshold, which chooses its own; leave it out");
        }
        return detector.withThreshold(threshold);
    }

    /** What reads events as the history of a model was read. */
    static EventReader reader(AnomalyDetector detector, List<String> columns) {
        AnomalySpec spec = detector.spec();
        EventReader.Builder reader = EventReader.builder().key(spec.key()).columns(columns);
        return (detector.encoding().timed() ? reader.time(spec.time()) : reader.withoutTime()).build();
    }
}
