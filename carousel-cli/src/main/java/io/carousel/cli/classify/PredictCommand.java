package io.carousel.cli.classify;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.ExampleOptions;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.UserMistake;
import io.carousel.cli.command.Version;
import io.carousel.model.Json;
import io.carousel.task.classify.Classification;
import io.carousel.task.classify.Example;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.classify.Explanation;
import io.carousel.task.classify.SequenceClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel classify predict}: tells what sequences are. */
@Command(
        name = "predict",
        description = {
            "Tell what sequences are, and how probable that is.",
            "Labels in DATA are not looked at. Of standard input, -, each line is a text unless --format says otherwise."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Example:  echo 'where is my parcel?' | carousel classify predict m.carousel - --explain"})
final class PredictCommand implements Callable<Integer> {
    /** Explanations that a report draws, so that it stays small. */
    private static final int MOST_DRAWN = 200;

    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Parameters(index = "1", paramLabel = "DATA", description = "Examples, as for fit, or - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final ExampleOptions examples = new ExampleOptions();

    @Option(
            names = "--explain",
            description = "Also tell which words, or time steps, speak for what was found, by integrated gradients.")
    private boolean explain;

    @Option(names = "--explain-label", paramLabel = "LABEL", description = "Explain this label, whatever was found.")
    private @Nullable String explainLabel;

    @Option(names = "--out", paramLabel = "CSV", description = "Write what was found to this file.")
    private @Nullable Path out;

    @Option(names = "--report", paramLabel = "HTML", description = "Also write a report to open in a browser.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Outputs.check("--out", out);
        Outputs.check("--report", report);
        SequenceClassifier classifier = SequenceClassifier.load(Inputs.check("model", model));
        if (explainLabel != null && !classifier.labels().contains(explainLabel)) {
            throw new UserMistake("--explain-label must be one of " + String.join(", ", classifier.labels()) + ", got "
                    + explainLabel + "; name one of them");
        }
        ExampleSet set =
                examples.readUnlabelled(data, classifier.encoding().features().isEmpty(), console);
        List<Classification> found = classifier.predict(set);
        List<Explanation> explanations = explanations(classifier, set, found);
        if (out != null) {
            Outputs.write(out, ClassifyTables.csv(classifier, found));
        }
        if (report != null) {
            List<Explanation> drawn = explanations.subList(0, Math.min(MOST_DRAWN, explanations.size()));
            if (drawn.size() < explanations.size()) {
                console.say("carousel: the report draws the first " + MOST_DRAWN + " explanations");
            }
            ClassifyPages.write(report, ClassifyPages.story(classifier, set, null, found, drawn));
        }
        if (json) {
            printJson(classifier, found, explanations);
        } else {
            print(classifier, found, explanations);
        }
        return 0;
    }

    private List<Explanation> explanations(SequenceClassifier classifier, ExampleSet set, List<Classification> found) {
        List<Explanation> explanations = new ArrayList<>();
        for (int i = 0; (explain || explainLabel != null) && i < set.size(); i++) {
            Example example = set.examples().get(i);
            String label = explainLabel == null ? ClassifyTables.mostProbable(classifier, found.get(i)) : explainLabel;
            Explanation explanation = classifier.explain(example, label);
            if (!explanation.complete()) {
                console.say("carousel: the weights that explain " + example.id()
                        + " add up to the score only roughly; do not read much into small ones");
            }
            explanations.add(explanation);
        }
        return explanations;
    }

    private void print(SequenceClassifier classifier, List<Classification> found, List<Explanation> explanations) {
        if (out == null) {
            ClassifyTables.predictions(console, classifier, found);
        } else {
            console.out().println("Found:  " + out);
        }
        for (Explanation explanation : explanations) {
            ClassifyTables.explanation(console, explanation);
        }
        if (report != null) {
            console.out().println((out == null ? "\n" : "") + "Report: " + report);
        }
    }

    private void printJson(SequenceClassifier classifier, List<Classification> found, List<Explanation> explanations) {
        ObjectNode object = Outputs.json(model, data, out, report);
        object.set("labels", Json.tree(classifier.labels()));
        ArrayNode predictions = object.putArray("predictions");
        for (int i = 0; i < found.size(); i++) {
            ObjectNode one = (ObjectNode) Json.tree(found.get(i));
            if (!explanations.isEmpty()) {
                one.set("explanation", Json.tree(explanations.get(i)));
            }
            predictions.add(one);
        }
        console.out().println(Json.writePretty(object));
    }
}
