package io.carousel.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSeriesReaderPropertyTest {
    private static final List<String> FILES = List.of(
            "month,a,b\n2000-01,1,-2.5e3\n2000-02,.5,+4\n2000-03,3,NA\n2000-05,1,7\n",
            "t;k;a\n2016-07-01 00:00:00;x;1\n2016-07-01 00:00:00;y;2\n2016-07-01 01:00:00;x;3\n2016-07-01 02:00:00;y;\n",
            "\"day\",\"a\"\r\n01/30/2020,1\r\n01/31/2020,2\r\n02/01/2020,3\r\n",
            "n,a\n1,1\n2,2\n3,3\n4,4\n",
            "t,a\n2016-07-01T00:00+02:00,1\n2016-07-01T00:15+02:00,2\n2016-07-01T00:45+02:00,3\n",
            "year,a\n1999,1\n2000,2\n20010101,4\n");
    private static final byte[] CHARACTERS = "0123456789-:/.,;\"\n\r\t TZeE+NaQ\u0000".getBytes(UTF_8);

    @TempDir
    Path folder;

    @Test
    void aDamagedFileIsReadOrRefusedWithOneLineThatNamesIt() throws IOException {
        int read = 0;
        int refused = 0;
        for (int seed = 0; seed < 4000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = FILES.get(random.nextInt(FILES.size())).getBytes(UTF_8);
            bytes = random.nextInt(5) == 0 ? damaged(compressed(bytes), random) : damaged(bytes, random);
            Path file = Files.write(folder.resolve("data.csv"), bytes);
            CsvSeriesReader.Builder reader = CsvSeriesReader.builder().keepGaps(random.nextBoolean());
            reader.key(random.nextInt(3) == 0 ? "k" : null).fill(random.nextBoolean() ? Fill.ZERO : Fill.NONE);
            try {
                SeriesSet set = reader.build().read(file);
                for (Series series : set.list()) {
                    assertThat(series.time().labels()).hasSize(series.length());
                    assertThat(series.time().next(3)).hasSize(3);
                    series.columns().forEach(name -> assertThat(series.column(name))
                            .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
                }
                read++;
            } catch (DataException e) {
                assertThat(e.getMessage())
                        .as("seed %d", seed)
                        .contains("data.csv")
                        .doesNotContain("\n");
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + new String(bytes, UTF_8), e);
            }
        }
        assertThat(read).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = bytes;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = CHARACTERS[random.nextInt(CHARACTERS.length)];
                case 1 -> damaged[at] = (byte) random.nextInt(256);
                case 2 -> damaged = Arrays.copyOf(damaged, Math.max(1, at));
                default -> {
                    byte[] longer = Arrays.copyOf(damaged, damaged.length + 1);
                    System.arraycopy(damaged, at, longer, at + 1, damaged.length - at);
                    longer[at] = CHARACTERS[random.nextInt(CHARACTERS.length)];
                    damaged = longer;
                }
            }
        }
        return damaged;
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            char separator = ",;\t".charAt(random.nextInt(3));
            int rows = 2 + random.nextInt(50);
            double[] values = random.doubles(rows).map(v -> (v - 0.5) * 1e6).toArray();
            LocalDate start = LocalDate.of(1900 + random.nextInt(200), 1 + random.nextInt(12), 1 + random.nextInt(28));
            int days = 1 + random.nextInt(20);
            StringBuilder text = new StringBuilder("day" + separator + "value\n");
            for (int i = 0; i < rows; i++) {
                text.append(start.plusDays((long) i * days))
                        .append(separator)
                        .append(values[i])
                        .append('\n');
            }
            Path file = Files.writeString(folder.resolve("data.csv"), text);

            Series series = CsvSeriesReader.builder().build().read(file).list().get(0);

            assertThat(series.column("value")).as("seed %d", seed).containsExactly(values);
            assertThat(series.time().step()).isEqualTo(new TimeStep(TimeStep.Unit.DAY, days));
            assertThat(series.time().next(1))
                    .containsExactly(start.plusDays((long) rows * days).toString());
        }
    }
}
