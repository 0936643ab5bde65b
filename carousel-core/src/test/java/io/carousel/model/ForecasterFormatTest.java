package io.carousel.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.SharedData;
import io.carousel.data.CsvSeriesReader;
import io.carousel.data.SeriesSet;
import io.carousel.task.FitOptions;
import io.carousel.task.forecast.ForecastSpec;
import io.carousel.task.forecast.Forecaster;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 4 for the encodings of a forecaster, which are more than the model file itself can check. */
@Tag("slow")
class ForecasterFormatTest {

    @TempDir
    Path folder;

    @Test
    void promise4AForecasterIsWholeOrRefusedWhateverItsFileSays() throws IOException {
        SeriesSet co2 =
                CsvSeriesReader.builder().build().read(SharedData.projectRoot().resolve("examples/co2.csv"));
        ForecastSpec spec =
                ForecastSpec.builder("co2").horizon(6).hidden(4).layers(1).build();
        Path file = folder.resolve("model.carousel");
        Forecaster.fit(co2, spec, Forecaster.defaultPlan().withEpochs(1), FitOptions.defaults())
                .forecaster()
                .save(file);
        SafeTensors content = SafeTensors.read(file);
        Path lying = folder.resolve("lying.carousel");
        int refused = 0;
        for (long seed = 0; seed < 1500; seed++) {
            Map<String, String> metadata = new TreeMap<>(content.metadata());
            List<NamedTensor> tensors = new ArrayList<>(content.tensors());
            Mutations.lie(metadata, tensors, seed);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(lying))) {
                SafeTensors.content(metadata, tensors).writeTo(out);
            } catch (IllegalArgumentException e) {
                // Our writer does not write such a file.
                continue;
            }
            try {
                Forecaster.load(lying);
            } catch (FormatException e) {
                assertThat(e).as("seed %d", seed).hasMessageStartingWith(lying.toString());
                refused++;
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }
}
