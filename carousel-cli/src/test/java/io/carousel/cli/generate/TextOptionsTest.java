package io.carousel.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.task.StopSignal;
import io.carousel.text.BpeTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TextOptionsTest {
    @TempDir
    Path folder;

    @Test
    void theStopSignalEndsTheLearningOfPieces() throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), "low lower lowest\n".repeat(20));
        TextOptions options = CommandLine.populateCommand(new TextOptions(), "--tokens", "BPE", "--vocabulary", "600");
        assertThat(options.tokenizer(text, new StopSignal())).isInstanceOf(BpeTokenizer.class);

        StopSignal stop = new StopSignal();
        stop.stop();
        assertThatThrownBy(() -> options.tokenizer(text, stop))
                .isInstanceOf(CancellationException.class)
                .hasMessage("the fit was stopped while it was learning pieces of words, so nothing was learnt; "
                        + "fit again when there is time");
    }
}
