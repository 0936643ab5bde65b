package io.carousel.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.ForkedJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 4: a model file is data. Opening one can never run code, exhaust memory or give a half-read model. */
class ModelFormatTest {

    private static final Pattern COUNTS = Pattern.compile("equal (\\d+), other (\\d+), refused (\\d+)\\s*$");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void save() throws IOException {
        file = folder.resolve("model.carousel");
        ModelExamples.small().save(file);
    }

    @Test
    void promise4HundredsOfDamagedAndLyingFilesAreNoDangerOnAnyJdk() throws Exception {
        assertThat(mutate("damaged", 1, 300)[1]).isZero();
        mutate("lying", 1, 100);
    }

    @Test
    void promise4AModelWithASourceThatIsDamagedOrLiesIsNoDanger() throws Exception {
        ModelExamples.decoder().save(file);

        assertThat(mutate("damaged", 2, 100)[1]).isZero();
        mutate("lying", 2, 200);
    }

    @Test
    @Tag("slow")
    void promise4ThousandsOfDamagedFilesLoadEqualOrAreRefusedWithin64Megabytes() throws Exception {
        int[] counts = mutate("damaged", 20261120, 6000);
        assertThat(counts[1]).isZero();
        assertThat(counts[2]).as("refused").isGreaterThan(4000);
    }

    @Test
    @Tag("slow")
    void promise4ThousandsOfFilesThatLieWithARightChecksumAreWholeOrRefusedWithin64Megabytes() throws Exception {
        int[] counts = mutate("lying", 4, 2000);
        assertThat(counts[1]).as("other models, such as with another seed").isPositive();
        assertThat(counts[2]).as("refused").isGreaterThan(1000);
    }

    @Test
    @Tag("slow")
    void promise4HeadersOfTheGreatestLengthAreRefusedWithin64Megabytes() throws Exception {
        int length = SafeTensors.MAX_HEADER_LENGTH;
        StringBuilder keys = new StringBuilder("{\"__metadata__\":{\"a\":\"\"");
        for (int i = 0; keys.length() < length - 20; i++) {
            keys.append(",\"").append(i).append("\":\"\"");
        }
        StringBuilder tensors = new StringBuilder("{\"__metadata__\":{}");
        for (int i = 0; tensors.length() < length - 80; i++) {
            tensors.append(",\"t").append(i).append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        List<String> headers = List.of(
                "{\"__metadata__\":{\"carousel.format\":\"" + "x".repeat(length - 40) + "\"}}",
                "{\"__metadata__\":{\"carousel.format\":\"" + "\u00e9".repeat(length / 2 - 20) + "\"}}",
                "{\"__metadata__\":{\"carousel.format\":\"" + "\\u00e9".repeat(length / 6 - 10) + "\"}}",
                "{\"w\":" + "[".repeat(length - 6) + "}",
                "{\"" + "x".repeat(length - 6) + "\":1}",
                keys + "}}",
                tensors + "}");
        for (int i = 0; i < headers.size(); i++) {
            byte[] json = headers.get(i).getBytes(StandardCharsets.UTF_8);
            try (OutputStream out = Files.newOutputStream(folder.resolve("header" + i + ".hostile"))) {
                out.write(ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .array());
                out.write(json);
            }
        }
        assertThat(mutate("given", 0, 0)).containsExactly(0, 0, headers.size());
    }

    @Test
    @Tag("slow")
    void promise4JsonThatUnfoldsToManyObjectsIsRefusedWithin64Megabytes() throws Exception {
        SafeTensors content = SafeTensors.read(file);
        List<String> texts = List.of("{}", "[]", "1", "\"\"", "[{\"a\":1}]");
        for (int i = 0; i < texts.size(); i++) {
            Map<String, String> metadata = new TreeMap<>(content.metadata());
            // A quotation mark takes two characters in the header.
            int count = SafeTensors.MAX_HEADER_LENGTH / 2 / (texts.get(i).length() + 2);
            metadata.put("carousel.task", "{\"a\":[0" + ("," + texts.get(i)).repeat(count) + "]}");
            SafeTensors.write(folder.resolve("json" + i + ".hostile"), metadata, content.tensors());
        }
        assertThat(mutate("given", 0, 0)).containsExactly(0, 0, texts.size());
    }

    /** @return how many were equal, another model, refused; fails on any that was none of these */
    private int[] mutate(String kind, long firstSeed, int count) throws Exception {
        ForkedJvm.Result result = ForkedJvm.run(
                List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                MutationMain.class,
                List.of(file.toString(), folder.toString(), kind, Long.toString(firstSeed), Integer.toString(count)));
        assertThat(result.exitCode()).as(result.output()).isZero();
        Matcher matcher = COUNTS.matcher(result.output());
        assertThat(matcher.find()).as(result.output()).isTrue();
        int[] counts = new int[3];
        for (int i = 0; i < 3; i++) {
            counts[i] = Integer.parseInt(matcher.group(i + 1));
        }
        assertThat(Arrays.stream(counts).sum()).isGreaterThanOrEqualTo(count);
        return counts;
    }
}
