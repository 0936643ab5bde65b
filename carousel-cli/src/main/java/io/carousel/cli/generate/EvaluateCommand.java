package io.carousel.cli.generate;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.EvaluateOutputs;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.Version;
import io.carousel.cli.report.HtmlReport;
import io.carousel.cli.report.LanguageReport;
import io.carousel.model.Json;
import io.carousel.task.language.LanguageModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carousel generate evaluate}: how well a model foresees a text. */
@Command(
        name = "evaluate",
        description = {
            "Tell how well a model foresees a text that it has not learnt from.",
            "Perplexity compares models of the same vocabulary, bits per character any."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Parameters(index = "1", paramLabel = "TEXT", description = "A text file in UTF-8, plain or compressed with gzip.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path text;

    @Option(
            names = "--counts",
            paramLabel = "TEXT",
            description = "The text that the model learnt from, whose tokens and pairs are counted to compare with.")
    private @Nullable Path counts;

    @Mixin
    private final EvaluateOutputs outputs = new EvaluateOutputs();

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        outputs.check();
        LanguageModel language = LanguageModel.load(Inputs.check("model", model));
        Inputs.check("text", text);
        PairCounts pairs = counts == null ? null : HeldOut.count(language, Inputs.check("--counts", counts));
        HeldOut heldOut = HeldOut.ofText(language, text, pairs);
        Path report = outputs.report();
        if (report != null) {
            Outputs.write(report, HtmlReport.of(LanguageReport.of(LanguageStories.of(language, heldOut))));
        }
        if (outputs.json()) {
            console.out().println(Json.writePretty(heldOut.json()));
        } else {
            heldOut.print(console);
            outputs.print(console);
        }
        return 0;
    }
}
