package io.carousel.cli.forecast;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Inputs;
import io.carousel.data.CsvSeriesReader;
import io.carousel.data.Fill;
import io.carousel.data.SeriesSet;
import io.carousel.task.forecast.ForecastSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say how to read the data. */
public final class DataOptions {
    @Option(
            names = "--fill",
            paramLabel = "RULE",
            description = "What to put where a value or a row is missing: previous, linear, zero or a number. "
                    + "Default: missing values are an error.",
            defaultValue = "none",
            order = 20)
    private String fill = "none";

    @Option(
            names = "--keep-gaps",
            description = "Take rows as they follow each other, whatever their distance in time.",
            order = 21)
    private boolean keepGaps;

    /** Reads the columns that a forecast needs, and says what the reader had to do. */
    public SeriesSet read(Path file, ForecastSpec spec, Console console) {
        CsvSeriesReader.Builder reader = CsvSeriesReader.builder()
                .time(spec.time())
                .key(spec.key())
                .columns(spec.columns())
                .fill(Fill.parse(fill))
                .keepGaps(keepGaps);
        if (!spec.futureInputs().isEmpty()) {
            List<String> open = new ArrayList<>(spec.inputs());
            open.add(spec.target());
            reader.openEnd(open.toArray(String[]::new));
        }
        SeriesSet set = reader.build().read(Inputs.check("data", file));
        console.say(set.notes());
        return set;
    }
}
