package io.carousel.cli.generate;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Interruption;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.UserMistake;
import io.carousel.cli.command.Version;
import io.carousel.model.Json;
import io.carousel.task.language.GeneratedText;
import io.carousel.task.language.GenerationListener;
import io.carousel.task.language.GenerationOptions;
import io.carousel.task.language.LanguageModel;
import io.carousel.task.language.WrittenToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel generate predict}: goes on with a text, or says how likely texts are. */
@Command(
        name = "predict",
        description = {
            "Go on with a text, printing it while it is written.",
            "With --score or --fill, say how likely texts are instead."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Examples: carousel generate predict novel.carousel --prompt \"It's raining today, I\" --temperature 0.7",
            "          carousel generate predict novel.carousel --fill \"the sky has turned ___\" --with grey,green"
        })
final class PredictCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Mixin
    private final WritingOptions writing = new WritingOptions();

    @Mixin
    private final ScoringOptions scoring = new ScoringOptions();

    @Option(names = "--out", paramLabel = "FILE", description = "Write the text to this file, and do not print it.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Outputs.check("--out", out);
        GenerationOptions options = writing.options();
        scoring.check();
        if (scoring.given() && (writing.given() || out != null)) {
            throw new UserMistake(
                    "--score and --fill must stand without options for writing, got both; call the command twice");
        }
        LanguageModel language = LanguageModel.load(Inputs.check("model", model));
        if (scoring.given()) {
            new Scoring(console, language, json).run(scoring);
            return 0;
        }
        AtomicBoolean cancelled = new AtomicBoolean();
        try (Interruption interruption = new Interruption(() -> cancelled.set(true))) {
            write(language, options, cancelled);
            console.out().flush();
        }
        return 0;
    }

    private void write(LanguageModel language, GenerationOptions options, AtomicBoolean cancelled) throws IOException {
        boolean shown = !json && out == null;
        String prompt = writing.prompt();
        if (shown) {
            console.out().print(visible(prompt));
            console.out().flush();
        }
        GeneratedText text = language.generate(prompt, options, new GenerationListener() {
            private boolean begun = !prompt.isEmpty();

            @Override
            public boolean written(WrittenToken token) {
                if (shown) {
                    String piece = visible(token.text());
                    // the first piece of a text without a prompt begins a line
                    console.out().print(begun ? piece : piece.stripLeading());
                    console.out().flush();
                    begun |= !piece.isEmpty();
                }
                return !cancelled.get();
            }

            @Override
            public boolean kept() {
                return !shown;
            }

            @Override
            public boolean cancelled() {
                return cancelled.get();
            }
        });
        if (shown) {
            console.out().print(visible(text.text()));
        }
        if (!text.unknown().isEmpty()) {
            say(text.unknown());
        }
        if (out != null) {
            Outputs.write(out, prompt + text.text() + "\n");
        }
        if (json) {
            printJson(text);
        } else if (out != null) {
            console.out().println("Text: " + out);
        } else {
            console.out().println();
        }
    }

    private void say(List<String> unknown) {
        console.say("carousel: the model does not know " + String.join(", ", unknown) + " of the prompt, and reads "
                + (unknown.size() == 1 ? "it" : "them") + " as <unk>");
    }

    private void printJson(GeneratedText text) {
        ObjectNode object = Outputs.json(model, null, out, null);
        object.setAll((ObjectNode) Json.tree(text));
        console.out().println(Json.writePretty(object));
    }

    /** Text that a terminal shows and does not obey. */
    static String visible(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\\n\\t]]", "?");
    }
}
