package io.carousel.data;

import java.util.List;

/**
 * The series of one source, all with the same columns.
 *
 * @param source the file's name, without its folder
 * @param sha256 of the file's bytes as they lie on the disk, in hexadecimal; empty where there is no file
 * @param list the series, in the order of their first rows; at least one
 * @param notes what the reader did to the data, one sentence each, such as how many cells it filled
 */
public record SeriesSet(String source, String sha256, List<Series> list, List<String> notes) {
    /** Checks that there is a series and that all have the same columns. */
    public SeriesSet {
        list = List.copyOf(list);
        notes = List.copyOf(notes);
        if (list.isEmpty()) {
            throw new DataException(source + " must have at least one series, got none; give one");
        }
        for (Series series : list) {
            if (!series.columns().equals(list.get(0).columns())) {
                throw new DataException("series " + series.name() + " of " + source + " must have the columns "
                        + list.get(0).columns() + ", got " + series.columns() + "; give all series the same");
            }
        }
    }

    /** Series that come from no file. */
    public static SeriesSet of(Series... series) {
        return new SeriesSet("memory", "", List.of(series), List.of());
    }

    /** How many series there are. */
    public int size() {
        return list.size();
    }

    /** The columns of every series. */
    public List<String> columns() {
        return list.get(0).columns();
    }

    /**
     * The series of a name.
     *
     * @throws DataException if there is none
     */
    public Series series(String name) {
        return list.stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new DataException("there is no series " + name + " in " + source + "; it has " + names()));
    }

    private String names() {
        List<String> names = list.stream().map(Series::name).limit(20).toList();
        return String.join(", ", names) + (list.size() > 20 ? " and " + (list.size() - 20) + " more" : "");
    }
}
