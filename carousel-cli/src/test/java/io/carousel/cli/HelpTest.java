package io.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.cell.Cells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class HelpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "forecast",
                "forecast fit",
                "forecast evaluate",
                "forecast predict",
                "classify",
                "classify fit",
                "classify evaluate",
                "classify predict",
                "encode",
                "encode fit",
                "encode evaluate",
                "encode predict",
                "tag",
                "tag fit",
                "tag evaluate",
                "tag predict",
                "detect",
                "detect fit",
                "detect evaluate",
                "detect predict",
                "translate",
                "translate fit",
                "translate evaluate",
                "translate predict",
                "generate",
                "generate fit",
                "generate evaluate",
                "generate predict",
                "inspect",
                "demo",
                "cells",
                "lags"
            })
    void everyCommandExplainsItself(String command) {
        Object[] words = (command + " --help").strip().split(" +");
        Call call = Call.carousel(words);
        assertThat(call.exitCode()).isZero();
        assertThat(call.err()).isEmpty();
        assertThat(call.out()).startsWith("Usage: carousel " + command);
        assertThat(call.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void aCommandWithoutWordsShowsWhatThereIs() {
        assertThat(Call.carousel().out()).contains("forecast", "inspect", "demo", "carousel demo");
        assertThat(Call.carousel("forecast").out()).contains("fit", "evaluate", "predict");
        assertThat(Call.carousel("tag").out()).contains("fit", "evaluate", "predict");
        assertThat(Call.carousel("tag")).isEqualTo(Call.carousel("tag", "--help"));
        String sentence = "Learn a series of numbers and continue it.";
        assertThat(Call.carousel().out()).contains(sentence);
        assertThat(Call.carousel("forecast").out()).contains(sentence);
    }

    @Test
    void everyCellIsListedWithWhatItIs() {
        assertThat(Call.carousel("cells").out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(Call.carousel("cells").out()).contains("lstm-1997", "gated recurrent unit");
        assertThat(JsonMapper.shared()
                        .readTree(Call.carousel("cells", "--json").out())
                        .get("cells"))
                .hasSize(Cells.names().size());
    }

    @Test
    void theVersionIsOneLineAndTheJavaVersionAnother() {
        Call call = Call.carousel("--version");
        assertThat(call.exitCode()).isZero();
        assertThat(call.out().lines()).hasSize(2).first().asString().startsWith("carousel ");
    }
}
