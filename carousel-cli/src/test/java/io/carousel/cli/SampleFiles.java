package io.carousel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Locale;

/** Small data files for the tests of the commands. */
final class SampleFiles {
    private SampleFiles() {}

    /** Months with a trend and a season, in the columns {@code month, sold, price}. */
    static Path monthly(Path folder, int rows) throws IOException {
        StringBuilder csv = new StringBuilder("month,sold,price\n");
        for (int i = 0; i < rows; i++) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%s,%.3f,%.3f%n",
                    YearMonth.of(2000, 1).plusMonths(i),
                    sold(i, 0),
                    5 + Math.cos(0.37 * i)));
        }
        return Files.writeString(folder.resolve("monthly.csv"), csv);
    }

    /** Two shops in one file, in the columns {@code shop, month, sold}. */
    static Path shops(Path folder, int rows) throws IOException {
        StringBuilder csv = new StringBuilder("shop,month,sold\n");
        for (int shop = 0; shop < 2; shop++) {
            for (int i = 0; i < rows; i++) {
                csv.append(String.format(
                        Locale.ROOT,
                        "%s,%s,%.3f%n",
                        shop == 0 ? "<North>" : "\"South, \"\"old\"\"\"",
                        YearMonth.of(2000, 1).plusMonths(i),
                        sold(i, shop)));
            }
        }
        return Files.writeString(folder.resolve("shops.csv"), csv);
    }

    /** The distances of a logistic map from one half, which no line foretells, as two series in the columns {@code kind, y}. */
    static Path maps(Path folder, int rows) throws IOException {
        StringBuilder csv = new StringBuilder("kind,y\n");
        double[] x = {0.3, 0.61};
        for (int i = 0; i < 2 * rows; i++) {
            csv.append(String.format(
                    Locale.ROOT, "%s,%.4f%n", i < rows ? "<first>" : "second", Math.abs(x[i / rows] - 0.5)));
            x[i / rows] *= 3.9 * (1 - x[i / rows]);
        }
        return Files.writeString(folder.resolve("maps.csv"), csv);
    }

    private static double sold(int i, int shop) {
        return 100 * (shop + 1) + 0.4 * i + 12 * Math.sin(2 * Math.PI * i / 12) + 2 * Math.sin(1.7 * i + shop);
    }
}
