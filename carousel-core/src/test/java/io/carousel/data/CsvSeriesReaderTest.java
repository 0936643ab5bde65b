package io.carousel.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSeriesReaderTest {
    @TempDir
    Path folder;

    private Path file(String text) {
        return TrainCsv.write(folder, text);
    }

    private Path file(byte[] bytes) {
        return TrainCsv.write(folder, bytes);
    }

    private SeriesSet read(String text) {
        return CsvSeriesReader.builder().build().read(file(text));
    }

    private void refuses(String text, String message) {
        TrainCsv.refuses(folder, CsvSeriesReader.builder(), text, message);
    }

    private void refuses(CsvSeriesReader.Builder reader, String text, String message) {
        TrainCsv.refuses(folder, reader, text, message);
    }

    @Test
    void theFirstColumnIsTheTimeAndTheOthersAreNumbers() {
        SeriesSet set = read("month,a,b\n2000-01,1,-2.5e3\n2000-02,.5,+4\n");

        Series series = set.list().get(0);
        assertThat(set.source()).isEqualTo("train.csv");
        assertThat(series.name()).isEqualTo("train");
        assertThat(series.columns()).containsExactly("a", "b");
        assertThat(series.column("a")).containsExactly(1, 0.5);
        assertThat(series.column("b")).containsExactly(-2500, 4);
        assertThat(series.time().labels()).containsExactly("2000-01", "2000-02");
        assertThat(set.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "month,a\n2000-01,1\n",
                "month;a\n2000-01;1\n",
                "month\ta\n2000-01\t1\n",
                "\"month, or\",a\n2000-01,1\n",
                "\"month\",\"a\"\r\n\"2000-01\",\"1\"\r\n",
                "\uFEFFmonth,a\n2000-01,1",
                "month , a \n 2000-01 , 1 \n\n\n"
            })
    void separatorsQuotesMarksAndLineEndsAreUnderstood(String text) {
        Series series = read(text).list().get(0);

        assertThat(series.columns()).containsExactly("a");
        assertThat(series.column("a")).containsExactly(1);
        assertThat(series.time().labels()).containsExactly("2000-01");
    }

    @Test
    void aGivenSeparatorIsTaken() {
        Series series = CsvSeriesReader.builder()
                .separator('|')
                .build()
                .read(file("month|a,b\n2000-01|1\n"))
                .list()
                .get(0);

        assertThat(series.columns()).containsExactly("a,b");
    }

    @Test
    void aColumnOfOneFileWithoutTimeHasRowNumbers() {
        Series series = read("passengers\n112\n118\n132\n").list().get(0);

        assertThat(series.time().rowNumbers()).isTrue();
        assertThat(series.column("passengers")).containsExactly(112, 118, 132);
    }

    @Test
    void numbersInTheFirstColumnAreATimeOnlyIfTheyAscendEvenly() {
        assertThat(read("n,a\n1,5\n2,6\n3,7\n").columns()).containsExactly("a");
        assertThat(read("n,a\n1,5\n3,6\n2,7\n").columns()).containsExactly("n", "a");
        assertThat(read("n,a\n1.5,5\n2.5,6\n").columns()).containsExactly("n", "a");
        assertThat(read("n,a\n1,5\n2.5,6\n").list().get(0).column("n")).containsExactly(1, 2.5);
    }

    @Test
    void aFirstColumnThatIsAskedForIsNoTime() {
        Series series = CsvSeriesReader.builder()
                .columns("n")
                .build()
                .read(file("n,a\n1,x\n2,y\n"))
                .list()
                .get(0);

        assertThat(series.time().rowNumbers()).isTrue();
        assertThat(series.column("n")).containsExactly(1, 2);
    }

    @Test
    void rowsOfSeveralSeriesMayBeMixed() {
        SeriesSet set = CsvSeriesReader.builder()
                .key("shop")
                .build()
                .read(file("day,shop,sold\n2020-01-01,b,1\n2020-01-01,a,10\n2020-01-02,a,20\n2020-01-02,b,2\n"));

        assertThat(set.list()).extracting(Series::name).containsExactly("b", "a");
        assertThat(set.series("a").column("sold")).containsExactly(10, 20);
        assertThat(set.series("b").column("sold")).containsExactly(1, 2);
        assertThatThrownBy(() -> set.series("c")).hasMessage("there is no series c in train.csv; it has b, a");
    }

    @Test
    void aCompressedFileIsToldByItsBytesAndItsDigestIsOfTheFile() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write("month,a\n2000-01,1\n".getBytes(UTF_8));
        }
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());

        SeriesSet set = CsvSeriesReader.builder().build().read(file(bytes.toByteArray()));

        assertThat(set.list().get(0).column("a")).containsExactly(1);
        assertThat(set.sha256()).isEqualTo(java.util.HexFormat.of().formatHex(digest));
    }

    @Test
    void aCutCompressedFileIsRefused() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write("month,a\n2000-01,1\n".repeat(100).getBytes(UTF_8));
        }
        Path file = file(java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));

        assertThatThrownBy(() -> CsvSeriesReader.builder().build().read(file))
                .hasMessage("train.csv ends too early, its compressed data is cut; get a whole copy of it");
    }

    @Test
    void aRaggedRowIsNamed() {
        refuses("m,a,b,c\n2000-01,1,2,3\n2000-02,1,2\n", "line 3 of train.csv has 3 columns, the header has 4");
        refuses("m,a\n2000-01,1\n2000-02,1,2\n", "line 3 of train.csv has 3 columns, the header has 2");
    }

    @Test
    void theLineCountsLinesAndNotRecords() {
        refuses("m,\"a\nb\"\n2000-01,1\n2000-02\n", "line 4 of train.csv has 1 column, the header has 2");
    }

    @Test
    void anEmptyLineBetweenRowsIsNamed() {
        refuses("m,a\n2000-01,1\n\n2000-02,2\n", "line 3 of train.csv is empty; remove it");
    }

    @Test
    void anUnknownColumnNamesThoseThatExist() {
        refuses(
                CsvSeriesReader.builder().columns("sold"),
                "m,a,b\n2000-01,1,2\n",
                "there is no column sold in train.csv; it has m, a, b");
        refuses(
                CsvSeriesReader.builder().time("when"),
                "m,a\n2000-01,1\n",
                "there is no column when in train.csv; it has m, a");
        refuses(
                CsvSeriesReader.builder().key("shop"),
                "m,a\n2000-01,1\n",
                "there is no column shop in train.csv; it has m, a");
    }

    @Test
    void aHeaderMustNameEachColumnOnce() {
        refuses(
                "m,a,a\n2000-01,1,2\n",
                "line 1 of train.csv must name each column once, got a twice;" + " rename one of them");
        refuses("1,2\n3,4\n", "line 1 of train.csv must be a header with the names of the columns, got 1, 2; add one");
    }

    @Test
    void aFileWithoutRowsIsRefused() {
        refuses("", "train.csv is empty; it must have a header with the names of the columns, and rows");
        refuses("m,a\n", "train.csv has a header and no rows; it must have at least one row");
    }

    @Test
    void aMissingFileAndAFolderAreNamed() {
        Path none = folder.resolve("none.csv");
        assertThatThrownBy(() -> CsvSeriesReader.builder().build().read(none))
                .hasMessage(none + " does not exist; check the name and the folder");
        assertThatThrownBy(() -> CsvSeriesReader.builder().build().read(folder))
                .hasMessage(folder + " is a folder; name a CSV file");
    }

    @Test
    void aCellThatIsNoNumberIsNamed() {
        refuses(
                "m,a\n2000-01,red\n",
                "line 2 of train.csv has \"red\" in column a, which must be a number;"
                        + " leave the column out, or replace its categories by columns of 0 and 1");
        refuses(
                "m;a\n2000-01;1,5\n",
                "line 2 of train.csv has \"1,5\" in column a, which must be a number;"
                        + " write decimals with a point and no separator of thousands");
        refuses(
                "m,a\n2000-01,1e999\n",
                "line 2 of train.csv has \"1e999\" in column a, which must be a finite number;" + " correct it");
        refuses(
                "m,a\n2000-01,0x10\n",
                "line 2 of train.csv has \"0x10\" in column a, which must be a number;"
                        + " leave the column out, or replace its categories by columns of 0 and 1");
        refuses(
                "m,a\n2000-01,Infinity\n",
                "line 2 of train.csv has \"Infinity\" in column a, which must be a number;"
                        + " leave the column out, or replace its categories by columns of 0 and 1");
    }

    @Test
    void bytesThatAreNotUtf8AreNamedWithTheirLine() {
        String rows = "2000-01,1\n".repeat(3000);
        Path file = file(("Zeit,Größe\n" + rows + "über,2\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> CsvSeriesReader.builder().build().read(file))
                .hasMessage("line 1 of train.csv must be UTF-8, got the byte 0xF6; save the file as UTF-8");
        Path late = file(("Zeit,a\n" + "2000-01,1\n".repeat(3000) + "über,2\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> CsvSeriesReader.builder()
                        .keepGaps(true)
                        .time("Zeit")
                        .build()
                        .read(late))
                .hasMessage("line 3002 of train.csv must be UTF-8, got the byte 0xFC; save the file as UTF-8");
        Path wide = file("m,a\n".getBytes(Charset.forName("UTF-16")));
        assertThatThrownBy(() -> CsvSeriesReader.builder().build().read(wide))
                .hasMessage("train.csv must be UTF-8, got UTF-16; save it as UTF-8");
    }

    @Test
    void aHostileFileTakesBoundedMemory() {
        assertThatThrownBy(() -> read("m,a\n2000-01," + "1".repeat(CsvFile.MAX_FIELD + 1) + "\n"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("line 2 of train.csv cannot be read: ");
        assertThatThrownBy(() -> read("m,a\n" + ",".repeat(CsvFile.MAX_FIELDS + 1) + "\n"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("line 2 of train.csv cannot be read: ");
        assertThatThrownBy(() -> read("m,a\n\"2000-01,1\n"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("line 2 of train.csv cannot be read: ");
        refuses(
                CsvSeriesReader.builder().maxCells(3),
                "m,a\n2000-01,1\n2000-02,2\n",
                "train.csv must have at most 3 cells, got more on line 3; read fewer columns or allow more cells");
    }

    @Test
    void textFromTheFileIsShownShortAndWithoutControlCharacters() {
        refuses(
                "m,a\n2000-01,\u001b[31m" + "x".repeat(100) + "\n",
                "line 2 of train.csv has \"?[31m" + "x".repeat(35) + "…\" in column a, which must be a number;"
                        + " leave the column out, or replace its categories by columns of 0 and 1");
        refuses(
                CsvSeriesReader.builder().time("m"),
                "m,a\n" + "2".repeat(300) + ",1\n",
                "line 2 of train.csv has \"" + "2".repeat(40)
                        + "…\" in column m, which is too long for a time stamp; name the time column");
        refuses(
                CsvSeriesReader.builder().key("k"),
                "m,k,a\n2000-01," + "k".repeat(300) + ",1\n",
                "line 2 of train.csv must have at most 256 characters in the key column k, got 300; shorten it, or name another key column");
    }

    @Test
    void everyRowMustNameItsSeries() {
        refuses(
                CsvSeriesReader.builder().key("k"),
                "m,k,a\n2000-01,,1\n",
                "line 2 of train.csv has no value in the key column k; every row must name its series");
    }

    @Test
    void aRowMayBeASeries() {
        SeriesSet set = new RowSeriesReader().read(file("\"V1\",\"V2\",\"V3\"\n\"W1\",1,2\nW2,5,\nW3,1,2,3\n"));

        assertThat(set.list()).extracting(Series::name).containsExactly("W1", "W2", "W3");
        assertThat(set.series("W2").column("value")).containsExactly(5);
        assertThat(set.series("W3").column("value")).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> new RowSeriesReader().read(file("a,b,c\nW1,,2\n")))
                .hasMessage("line 2 of train.csv has no value in column 2 and values after it; fill it");
    }
}
