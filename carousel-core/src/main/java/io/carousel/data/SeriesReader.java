package io.carousel.data;

import java.nio.file.Path;

/** Reads series from a file. */
public interface SeriesReader {
    /**
     * Reads a whole file.
     *
     * @throws DataException for whatever is wrong with the file; it names file, line and remedy
     */
    SeriesSet read(Path file);
}
