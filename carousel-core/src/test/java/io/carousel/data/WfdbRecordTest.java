package io.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WfdbRecordTest {
    private static final int[] FIRST = {1024, -2048, 2047, -1, 0};
    private static final int[] SECOND = {1000, 1, -5, 700, -700};

    @TempDir
    private Path folder;

    private Path header;

    @BeforeEach
    void writeARecord() throws IOException {
        header = header("r 2 360 5", 1022, 996);
        Files.write(folder.resolve("r.dat"), packed());
        Files.write(folder.resolve("r.atr"), annotations());
    }

    private Path header(String record, int firstSum, int secondSum) throws IOException {
        return Files.writeString(
                folder.resolve("r.hea"),
                "# a comment\n" + record + "\nr.dat 212 200 11 1024 1024 " + firstSum
                        + " 0 MLII\nr.dat 212 100(24)/mV 11 0 1000 " + secondSum + " 0 V5\n# another\n");
    }

    /** The samples of both signals in turn, as the manual of PhysioNet packs them. */
    private static byte[] packed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int t = 0; t < FIRST.length; t++) {
            int a = FIRST[t] & 0xfff;
            int b = SECOND[t] & 0xfff;
            bytes.write(a & 0xff);
            bytes.write(a >> 8 | b >> 8 << 4);
            bytes.write(b & 0xff);
        }
        return bytes.toByteArray();
    }

    /** A normal beat at 2, a note, after a long gap a premature beat at 2 + 70000, another 3 later. */
    private static byte[] annotations() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        word(bytes, 1 << 10 | 2);
        word(bytes, 63 << 10 | 3);
        bytes.writeBytes(new byte[] {'(', 'N', 0, 0});
        word(bytes, 59 << 10);
        word(bytes, 70_000 >> 16);
        word(bytes, 70_000 & 0xffff);
        word(bytes, 5 << 10);
        word(bytes, 60 << 10 | 1);
        word(bytes, 8 << 10 | 3);
        word(bytes, 0);
        return bytes.toByteArray();
    }

    private static void word(ByteArrayOutputStream bytes, int word) {
        bytes.write(word & 0xff);
        bytes.write(word >> 8);
    }

    @Test
    void samplesComeInPhysicalUnits() {
        WfdbRecord record = WfdbRecord.read(header);

        assertThat(record.name()).isEqualTo("r");
        assertThat(record.frequency()).isEqualTo(360);
        assertThat(record.signals().stream().map(WfdbRecord.Signal::name)).containsExactly("MLII", "V5");
        assertThat(record.signals().get(0).samples())
                .containsExactly(Arrays.stream(FIRST)
                        .mapToDouble(s -> (s - 1024) / 200.0)
                        .toArray());
        assertThat(record.signals().get(1).samples())
                .containsExactly(
                        Arrays.stream(SECOND).mapToDouble(s -> (s - 24) / 100.0).toArray());
    }

    @Test
    void annotationsComeWithTheirSamples() {
        assertThat(WfdbRecord.read(header).annotations())
                .containsExactly(
                        new WfdbRecord.Annotation(2, "N"),
                        new WfdbRecord.Annotation(70_002, "V"),
                        new WfdbRecord.Annotation(70_005, "A"));
    }

    @Test
    void damageIsFound() throws IOException {
        Files.write(folder.resolve("r.atr"), Arrays.copyOf(annotations(), 12));
        assertThatThrownBy(() -> WfdbRecord.read(header))
                .isInstanceOf(DataException.class)
                .hasMessage("r.atr ends too early; get a whole copy of it");

        byte[] wrong = packed();
        wrong[3] ^= 1;
        Files.write(folder.resolve("r.dat"), wrong);
        assertThatThrownBy(() -> WfdbRecord.read(header))
                .hasMessage(
                        "sum of signal MLII in r.dat must be 1022 as the header says, got 1023; get a whole copy of both");

        wrong[0] ^= 1;
        Files.write(folder.resolve("r.dat"), wrong);
        assertThatThrownBy(() -> WfdbRecord.read(header))
                .hasMessage(
                        "first value of signal MLII in r.dat must be 1024 as the header says, got 1025; get a whole copy of both");

        Files.write(folder.resolve("r.dat"), Arrays.copyOf(packed(), 14));
        assertThatThrownBy(() -> WfdbRecord.read(header))
                .hasMessage("r.dat must have 15 bytes for 10 samples, got 14; get a whole copy of it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        r 2 360       | must have at least 4 words, got 3
        r 99 360 5    | number of signals in r.hea must be a number from 1.0 to 32.0, got 99
        r 2 0 5       | sampling frequency in r.hea must be a number from 0.001 to 1000000.0, got 0
        r 2 360 9e99  | number of samples in r.hea must be a number from 1.0 to 5.0E7, got 9e99
        r 3 360 5     | r.hea must have a line for each of 3 signals, got 2
        """)
    void aHeaderThatCannotBeIsRefused(String record, String message) throws IOException {
        header(record, 1022, 996);

        assertThatThrownBy(() -> WfdbRecord.read(header))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aRecordWithoutAnnotationsHasNone() throws IOException {
        Files.delete(folder.resolve("r.atr"));

        assertThat(WfdbRecord.read(header).annotations()).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }
}
