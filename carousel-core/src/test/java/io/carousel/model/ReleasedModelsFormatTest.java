package io.carousel.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** One model file of each release, kept as it was written; see <i>Later versions</i> in {@code docs/model-file.md}. */
class ReleasedModelsFormatTest {

    private static final Path FOLDER = SharedData.projectRoot().resolve("carousel-core/src/test/resources/models");

    static List<Path> models() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".carousel"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aModelOfEachReleaseIsKept() throws IOException {
        assertThat(models()).extracting(file -> file.getFileName().toString()).contains("0.1.carousel");
    }

    @ParameterizedTest
    @MethodSource("models")
    void aModelOfAnEarlierReleaseStillGivesTheSameBits(Path file) throws IOException {
        Model model = Model.load(file);
        String name = file.getFileName().toString().replace(".carousel", ".json");
        List<Integer> expected =
                List.of(JsonMapper.shared().readValue(Files.readString(file.resolveSibling(name)), Integer[].class));
        assertThat(ModelExamples.outputs(model)).isEqualTo(expected);
        String task = SafeTensors.readHeader(file).required(Model.TASK);
        assertThat(Json.write(model.task())).isEqualTo(task);
        assertThat(model.provenance().dataFile()).isEqualTo("flow.csv");
    }
}
