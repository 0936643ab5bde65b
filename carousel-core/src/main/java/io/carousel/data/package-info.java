/**
 * From files to batches: readers, series with a time index, scalers, windows, ragged batches.
 *
 * <p>Start at {@link io.carousel.data.CsvSeriesReader}, which gives a {@link io.carousel.data.SeriesSet} of
 * {@link io.carousel.data.Series}. Knows nothing of networks; uses {@code tensor} only. Whatever is wrong with a file is a
 * {@link io.carousel.data.DataException} that names the file, the line and the remedy.
 */
@NullMarked
package io.carousel.data;

import org.jspecify.annotations.NullMarked;
