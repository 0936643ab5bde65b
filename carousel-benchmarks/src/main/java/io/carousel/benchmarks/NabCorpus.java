package io.carousel.benchmarks;

import io.carousel.data.EventReader;
import io.carousel.data.TimeIndex;
import io.carousel.task.anomaly.AnomalyWindows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The files of the Numenta Anomaly Benchmark in its zip, which is read as it lies. */
final class NabCorpus implements AutoCloseable {
    private static final String DATA = "data/";

    private final ZipFile zip;

    NabCorpus(Path file) throws IOException {
        zip = new ZipFile(file.toFile());
    }

    /** All files with their windows, by name. */
    List<NabFile> files() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            String name = entries.nextElement().getName();
            if (name.startsWith(DATA) && name.endsWith(".csv")) {
                names.add(name.substring(DATA.length()));
            }
        }
        AnomalyWindows labels;
        try (InputStream text = open("labels/combined_windows.json")) {
            labels = AnomalyWindows.parse(
                    new String(text.readAllBytes(), StandardCharsets.UTF_8), "combined_windows.json");
        }
        List<NabFile> files = new ArrayList<>();
        for (String name : names) {
            Column values = column(DATA + name, List.of("value"));
            long[] stamps = values.stamps();
            files.add(new NabFile(name, stamps, values.numbers(0), labels.of(name, stamps, values.times()::stampOf)));
        }
        return files;
    }

    /** What a detector published for a file: its score of each row, and what the row earns in the standard profile. */
    Published published(String detector, String name) throws IOException {
        int slash = name.indexOf('/');
        String entry =
                "results/" + detector + "/" + name.substring(0, slash + 1) + detector + "_" + name.substring(slash + 1);
        Column columns = column(entry, List.of("anomaly_score", "S(t)_standard"));
        return new Published(columns.numbers(0), columns.numbers(1));
    }

    /**
     * What a detector published for a file.
     *
     * @param scores of each row
     * @param earned what each row earns in the standard profile
     */
    record Published(double[] scores, double[] earned) {}

    private Column column(String entry, List<String> columns) throws IOException {
        Column rows = new Column();
        try (InputStream text = open(entry)) {
            EventReader.builder().time("timestamp").columns(columns).build().read(text, entry, rows);
        }
        return rows;
    }

    private InputStream open(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("there is no " + name + " in " + zip.getName() + "; get a whole copy of it");
        }
        return zip.getInputStream(entry);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** The rows of a file as they stand, also those whose time stamps come twice or late. */
    private static final class Column implements EventReader.Sink {
        private final List<double[]> rows = new ArrayList<>();
        private final List<Long> stamps = new ArrayList<>();
        private String first = "";

        @Override
        public void columns(@Nullable String time, List<String> columns) {}

        @Override
        public void event(String key, String label, long stamp, double[] values, long line) {
            first = rows.isEmpty() ? label : first;
            rows.add(values.clone());
            stamps.add(stamp);
        }

        long[] stamps() {
            return stamps.stream().mapToLong(stamp -> stamp).toArray();
        }

        /** How time stamps are written. */
        TimeIndex times() {
            return TimeIndex.of(List.of(first));
        }

        double[] numbers(int column) {
            return rows.stream().mapToDouble(row -> row[column]).toArray();
        }
    }
}
