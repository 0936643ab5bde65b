package io.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowSeriesReaderTest {
    @TempDir
    Path folder;

    @Test
    void eachRowIsASeriesOfItsOwnLength() throws IOException {
        Path file = Files.writeString(folder.resolve("m4.csv"), "id,V1,V2,V3\nW1,1,2,3\nW2,4,,\n");

        SeriesSet set = new RowSeriesReader().read(file);

        assertThat(set.series("W1").column(RowSeriesReader.COLUMN)).containsExactly(1, 2, 3);
        assertThat(set.series("W2").column(RowSeriesReader.COLUMN)).containsExactly(4);
    }

    @Test
    void aFileOfMoreCellsThanAllowedIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("m4.csv"), "id,V1,V2\nW1,1,2\nW2,4,5\n");

        assertThat(new RowSeriesReader(6).read(file).size()).isEqualTo(2);
        assertThatThrownBy(() -> new RowSeriesReader(5).read(file))
                .isInstanceOf(DataException.class)
                .hasMessage("m4.csv must have at most 5 cells, got more on line 3; split the file");
    }
}
