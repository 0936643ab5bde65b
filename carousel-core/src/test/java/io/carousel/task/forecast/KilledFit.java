package io.carousel.task.forecast;

import io.carousel.Doomed;
import io.carousel.data.SeriesSet;
import io.carousel.task.FitListener;
import io.carousel.task.FitOptions;
import io.carousel.train.StepReport;
import io.carousel.train.TrainingPlan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A forecast fit with a checkpoint after every update, to be killed: {@code FOLDER RESULT THREADS COUNT}; after COUNT updates it waits for that. */
final class KilledFit {
    private static final SeriesSet SET = Examples.monthly("units", Examples.sales(96, 1));
    private static final ForecastSpec SPEC =
            Examples.small("units").horizon(2).members(3).build();
    private static final TrainingPlan PLAN = Examples.quick().withEpochs(8);

    private KilledFit() {}

    public static void main(String[] arguments) throws Exception {
        FitListener printing = new FitListener() {
            private int left = Integer.parseInt(arguments[3]);

            @Override
            public void step(StepReport report) {
                System.out.println(report.step());
                if (--left <= 0) {
                    Doomed.awaitKill();
                }
            }
        };
        Files.write(
                Path.of(arguments[1]),
                fit(FitOptions.defaults()
                        .withCheckpoints(Path.of(arguments[0]))
                        .withCheckpointEvery(Duration.ZERO)
                        .withThreads(Integer.parseInt(arguments[2]))
                        .withListener(printing)));
    }

    /** The same fit without interruption. */
    static byte[] uninterrupted() {
        return fit(FitOptions.defaults());
    }

    /** The bits of the weights, then what was decided as text. */
    private static byte[] fit(FitOptions options) {
        Forecaster forecaster = Forecaster.fit(SET, SPEC, PLAN, options).forecaster();
        float[] weights = forecaster.model().network().parameters().values();
        byte[] text = Forecaster.task(forecaster.encoding()).toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * weights.length + text.length);
        for (float weight : weights) {
            bytes.putFloat(weight);
        }
        return bytes.put(text).array();
    }
}
