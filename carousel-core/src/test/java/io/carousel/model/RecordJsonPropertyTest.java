package io.carousel.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.data.Fill;
import io.carousel.data.Scaler;
import io.carousel.data.Window;
import io.carousel.layer.NetworkSpec;
import io.carousel.loss.LossSpec;
import io.carousel.optim.OptimizerSpec;
import io.carousel.optim.Schedule;
import io.carousel.task.forecast.ForecastSpec;
import io.carousel.train.TrainingPlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs and plans are records that print as JSON and read back equal. */
class RecordJsonPropertyTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                NetworkSpec.class,
                TrainingPlan.class,
                OptimizerSpec.class,
                Schedule.class,
                LossSpec.class,
                Scaler.class,
                Fill.class,
                Window.class,
                ForecastSpec.class,
                Provenance.class
            })
    void everyRecordReadsBackEqualAndIsWrittenAlike(Class<?> type) throws FormatException {
        for (long seed = 0; seed < 200; seed++) {
            Object value = new RandomRecords(seed).next(type);
            String json = Json.write(value);
            Object back = Json.read(json, type, "seed " + seed);
            assertThat(back)
                    .as("%s of seed %d: %s", type.getSimpleName(), seed, json)
                    .isEqualTo(value);
            assertThat(Json.write(back)).as("seed %d", seed).isEqualTo(json);
            assertThat(Json.read(Json.writePretty(value), type, "seed " + seed)).isEqualTo(value);
        }
    }
}
