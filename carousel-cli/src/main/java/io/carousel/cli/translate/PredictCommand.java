package io.carousel.cli.translate;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.UserMistake;
import io.carousel.cli.command.Version;
import io.carousel.model.Json;
import io.carousel.task.translate.DecoderOptions;
import io.carousel.task.translate.Translation;
import io.carousel.task.translate.Translation.Candidate;
import io.carousel.task.translate.Translator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel translate predict}: translates lines. */
@Command(
        name = "predict",
        description = {
            "Translate sources, one a line, and print a translation a line; an empty line stays empty.",
            "From standard input each line is translated as soon as it has come."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Example:  echo 'March 5, 1997' | carousel translate predict dates.carousel -"})
final class PredictCommand implements Callable<Integer> {
    /** Lines of a file that are translated at once. */
    private static final int TOGETHER = 64;

    /** Translations that a report shows; there is no page for more. */
    private static final int MOST_REPORTED = 20;

    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Parameters(
            index = "1",
            paramLabel = "DATA",
            description = "A file of sources, a line each, or - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final SearchOptions search = new SearchOptions();

    @Option(
            names = "--n-best",
            paramLabel = "N",
            description =
                    "Give the N best translations of each source, with log p, and an empty line after them. Default: 1.",
            order = 15)
    private int best = 1;

    @Option(names = "--json", description = "Print one JSON object and nothing else.", order = 16)
    private boolean json;

    @Option(names = "--json-lines", description = "Print a JSON object for each source, at once.", order = 17)
    private boolean jsonLines;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the translations to this file, and do not print them.",
            order = 18)
    private @Nullable Path out;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Also write a report with what was read for what, of the first 20 sources.",
            order = 19)
    private @Nullable Path report;

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Outputs.check("--out", out);
        Outputs.check("--report", report);
        if (json && jsonLines) {
            throw new UserMistake("--json and --json-lines must not be given both; leave out one of them");
        }
        Translator translator = Translator.load(Inputs.check("model", model));
        new Run(translator).run();
        return 0;
    }

    /** One call: what waits to be translated, and what is kept for the end. */
    private final class Run {
        private final Translator translator;
        private final DecoderOptions options;
        private final List<String> waiting = new ArrayList<>();
        private final List<Translation> reported = new ArrayList<>();
        private final ArrayNode objects = Json.object().putArray("translations");
        private final StringBuilder text = new StringBuilder();
        private boolean tabs;

        Run(Translator translator) {
            this.translator = translator;
            options = search.options(translator.defaultOptions(), best);
        }

        void run() throws IOException {
            int together = SourceLines.live(data) ? 1 : TOGETHER;
            SourceLines.read(data, (line, number) -> {
                waiting.add(line);
                tabs |= line.indexOf('\t') >= 0;
                if (waiting.size() >= together) {
                    translate();
                }
            });
            translate();
            end();
        }

        private void translate() {
            for (Translation translation : translator.predict(waiting, options)) {
                if (report != null && reported.size() < MOST_REPORTED) {
                    reported.add(translation);
                }
                if (!translation.unknown().isEmpty()) {
                    console.say("carousel: the model does not know " + String.join(", ", translation.unknown())
                            + ", and reads " + (translation.unknown().size() == 1 ? "it" : "them") + " as <unk>");
                }
                if (json) {
                    objects.add(object(translation));
                } else if (out != null) {
                    text.append(shown(translation));
                } else {
                    console.out().print(shown(translation));
                    console.out().flush();
                }
            }
            waiting.clear();
        }

        private String shown(Translation translation) {
            return jsonLines ? Json.write(object(translation)) + "\n" : lines(translation);
        }

        private void end() throws IOException {
            if (tabs) {
                console.say(
                        "carousel: a line is a source as a whole, also what stands after a tab; give the sources alone, as "
                                + "cut -f 1 does");
            }
            if (out != null && !json) {
                Outputs.write(out, text.toString());
            }
            if (report != null) {
                String name = SourceLines.live(data) ? "standard input" : String.valueOf(data.getFileName());
                new TranslateStories(translator).write(report, name, reported);
            }
            if (json) {
                ObjectNode object = Outputs.json(model, data, out, report);
                object.set("translations", objects);
                String whole = Json.writePretty(object) + "\n";
                if (out != null) {
                    Outputs.write(out, whole);
                }
                console.out().print(whole);
            } else if (out != null) {
                console.out().println("Translations: " + out);
                if (report != null) {
                    console.out().println("Report: " + report);
                }
            }
            console.out().flush();
        }
    }

    private String lines(Translation translation) {
        if (best == 1) {
            return oneLine(translation.text()) + "\n";
        }
        StringBuilder lines = new StringBuilder();
        for (Candidate candidate : translation.candidates()) {
            lines.append(String.format(Locale.ROOT, "%9.4f  ", candidate.logProbability()))
                    .append(oneLine(candidate.text()))
                    .append('\n');
        }
        return lines.append('\n').toString();
    }

    /** Text that is a line of its own and that a terminal does not obey. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\\t]]", "?");
    }

    private static ObjectNode object(Translation translation) {
        return (ObjectNode) Json.tree(translation);
    }
}
