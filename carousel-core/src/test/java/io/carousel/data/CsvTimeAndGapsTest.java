package io.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader says of cells and rows that are missing, and of time stamps that do not fit. */
class CsvTimeAndGapsTest {
    @TempDir
    Path folder;

    private Path file(String text) {
        return TrainCsv.write(folder, text);
    }

    private void refuses(String text, String message) {
        TrainCsv.refuses(folder, CsvSeriesReader.builder(), text, message);
    }

    private void refuses(CsvSeriesReader.Builder reader, String text, String message) {
        TrainCsv.refuses(folder, reader, text, message);
    }

    @Test
    void missingCellsAreAnErrorWithTheirLines() {
        refuses(
                "m,a\n2000-01,1\n2000-02,\n2000-03,3\n",
                "train.csv has 1 missing cell in column a, on line 3;"
                        + " ask for a fill (previous, linear, zero or a number), or remove the rows");
        refuses(
                "m,a\n2000-01,1\n2000-02,NA\n2000-03,NaN\n2000-04,null\n2000-05,n/a\n",
                "train.csv has 4 missing cells in column a, the first on lines 3, 4, 5;"
                        + " ask for a fill (previous, linear, zero or a number), or remove the rows");
    }

    @Test
    void aFillIsAppliedAndNoted() {
        String text = "m,a\n2000-01,1\n2000-02,\n2000-03,\n2000-04,7\n";

        assertThat(filled(text, Fill.PREVIOUS)).containsExactly(1, 1, 1, 7);
        assertThat(filled(text, Fill.LINEAR)).containsExactly(1, 3, 5, 7);
        assertThat(filled(text, Fill.ZERO)).containsExactly(1, 0, 0, 7);
        assertThat(filled(text, Fill.value(-1))).containsExactly(1, -1, -1, 7);
        assertThat(CsvSeriesReader.builder()
                        .fill(Fill.LINEAR)
                        .build()
                        .read(file(text))
                        .notes())
                .containsExactly("filled 2 missing cells of column a with linear");
    }

    private double[] filled(String text, Fill fill) {
        return CsvSeriesReader.builder()
                .fill(fill)
                .build()
                .read(file(text))
                .list()
                .get(0)
                .column("a");
    }

    @Test
    void aFillThatCannotReachTheEdgeSaysSo() {
        refuses(
                CsvSeriesReader.builder().fill(Fill.PREVIOUS),
                "m,a\n2000-01,\n2000-02,2\n",
                "train.csv has 1 missing cell in column a, on line 2; previous cannot fill cells at the edge of a series;"
                        + " fill them with zero or a number, or remove the rows");
        refuses(
                CsvSeriesReader.builder().fill(Fill.LINEAR),
                "m,a\n2000-01,1\n2000-02,\n",
                "train.csv has 1 missing cell in column a, on line 3; linear cannot fill cells at the edge of a series;"
                        + " fill them with zero or a number, or remove the rows");
    }

    @Test
    void anOpenEndStaysMissingAndOnlyThere() {
        String text = "m,a,b\n2000-01,1,1\n2000-02,,2\n2000-03,,3\n";
        Series series = CsvSeriesReader.builder()
                .openEnd("a")
                .build()
                .read(file(text))
                .list()
                .get(0);

        assertThat(series.column("a")).containsExactly(1, Double.NaN, Double.NaN);
        refuses(
                CsvSeriesReader.builder().openEnd("a"),
                "m,a\n2000-01,\n2000-02,2\n2000-03,\n",
                "train.csv has 1 missing cell in column a, on line 2;"
                        + " ask for a fill (previous, linear, zero or a number), or remove the rows");
    }

    @Test
    void aGapInTimeIsAnErrorUnlessItIsFilledOrKept() {
        String text = "m,a\n2000-01,1\n2000-02,2\n2000-04,4\n2000-05,5\n2000-08,8\n2000-09,9\n";

        refuses(
                text,
                "line 4 of train.csv goes from 2000-02 to 2000-04, where the step is 1 month (the first of 2 gaps);"
                        + " add the rows, ask for a fill (previous, linear, zero or a number),"
                        + " or keep the rows as they follow each other");
        Series kept = CsvSeriesReader.builder()
                .keepGaps(true)
                .build()
                .read(file(text))
                .list()
                .get(0);
        assertThat(kept.column("a")).containsExactly(1, 2, 4, 5, 8, 9);
        SeriesSet filled = CsvSeriesReader.builder().fill(Fill.LINEAR).build().read(file(text));
        assertThat(filled.list().get(0).column("a")).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(filled.list().get(0).time().regular()).isTrue();
        assertThat(filled.notes())
                .containsExactly(
                        "added 3 rows that the time index left out", "filled 3 missing cells of column a with linear");
    }

    @Test
    void aStampOffTheGridIsRefusedAlsoWithAFill() {
        refuses(
                CsvSeriesReader.builder().fill(Fill.ZERO),
                "t,a\n2020-01-01T00:00,1\n2020-01-01T01:00,2\n2020-01-01T02:00,3\n2020-01-01T02:59,4\n",
                "line 5 of train.csv goes from 2020-01-01T02:00 to 2020-01-01T02:59, which is not on the grid of 1 hour;"
                        + " correct it, or keep the rows as they follow each other");
    }

    @Test
    void aGapThatWouldTakeUnboundedMemoryIsRefused() {
        refuses(
                CsvSeriesReader.builder().fill(Fill.ZERO),
                "t,a\n1970-01-01T00:00:00,1\n1970-01-01T00:00:01,2\n2020-01-01T00:00:00,3\n",
                "train.csv has 3 rows, and its time index leaves out 1577836798 at a step of 1 second;"
                        + " correct the time stamps, or keep the rows as they follow each other");
    }

    @Test
    void repeatedAndDescendingStampsAreErrorsWithTheirLine() {
        refuses(
                "m,a\n2000-01,1\n2000-01,2\n",
                "line 3 of train.csv has the time stamp 2000-01, which must be after"
                        + " 2000-01 on line 2; remove one of the two rows, or name the key column if the file holds several"
                        + " series");
        refuses(
                CsvSeriesReader.builder().key("k"),
                "m,k,a\n2000-02,x,1\n2000-01,y,2\n2000-01,x,2\n",
                "line 4 of train.csv has the time stamp 2000-01, which must be after 2000-02 on line 2;"
                        + " sort the rows by time");
    }

    @Test
    void aWrongStampIsNamedWithItsLine() {
        refuses(
                "month,a\n2000-01,1\n2000-13,2\n",
                "line 3 of train.csv has \"2000-13\" in column month, which names no"
                        + " day or time that exists; correct it");
        refuses(
                "month,a\n2000-01,1\nlater,2\n",
                "line 3 of train.csv has \"later\" in column month, which is no time"
                        + " stamp written like \"2000-01\"; write all of them in one way");
        refuses(
                "month,a\n2000-01,1\n,2\n",
                "line 3 of train.csv has no time stamp in column month;" + " every row must have one");
        refuses(
                CsvSeriesReader.builder().time("a"),
                "a,b\nsoon,1\n",
                "line 2 of train.csv has \"soon\" in column a, which is no time stamp; write 2016-07-01 00:00:00,"
                        + " 2016-07-01, 2016-07, 2016 or whole numbers");
    }

    @Test
    void aSeriesOfTheSetIsNamedInItsErrors() {
        refuses(
                CsvSeriesReader.builder().key("k"),
                "m,k,a\n2000-01,x,1\n2000-01,y,\n",
                "train.csv, series y, has 1 missing cell in column a, on line 3;"
                        + " ask for a fill (previous, linear, zero or a number), or remove the rows");
    }

    @Test
    void aFillIsReadFromItsText() {
        for (Fill fill : List.of(Fill.NONE, Fill.PREVIOUS, Fill.LINEAR, Fill.ZERO, Fill.value(-2.5))) {
            assertThat(Fill.parse(fill.toString())).isEqualTo(fill);
        }
        assertThatThrownBy(() -> Fill.parse("guess"))
                .hasMessage("fill must be none, previous, linear, zero or a number, got \"guess\"; write one of them");
        assertThatThrownBy(() -> Fill.parse("NaN")).hasMessage("the fill value must be finite, got NaN");
    }

    @Test
    void aStampThatHoldsACommaAndAColumnWithABackslashAreNamedAsTheyAre() {
        refuses(
                CsvSeriesReader.builder().time("a\\"),
                "a\\,b\n2000-01,1\n\"x, y\",2\n",
                "line 3 of train.csv has \"x, y\" in column a\\, which is no time stamp written like \"2000-01\";"
                        + " write all of them in one way");
    }
}
