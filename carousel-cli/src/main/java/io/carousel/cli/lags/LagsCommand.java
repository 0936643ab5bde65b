package io.carousel.cli.lags;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.Interruption;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.Progress;
import io.carousel.cli.command.TextTable;
import io.carousel.cli.command.UserMistake;
import io.carousel.cli.command.Version;
import io.carousel.cli.report.HtmlReport;
import io.carousel.model.Json;
import io.carousel.task.lags.LagResult;
import io.carousel.task.lags.LagSetting;
import io.carousel.task.lags.LagSettings;
import io.carousel.task.lags.LagTask;
import io.carousel.task.lags.LagTasks;
import io.carousel.task.lags.LagTraining;
import io.carousel.train.StepReport;
import io.carousel.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel lags}: a recurrent cell on the long-time-lag problems of 1997. */
@Command(
        name = "lags",
        description = {
            "Train a recurrent cell on a long-time-lag problem of Hochreiter and Schmidhuber, 1997.",
            "It is solved when it meets the paper's criterion in no more sequences than are allowed. Without --task the "
                    + "problems are listed."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Example:  carousel lags --task adding --lag 500",
            "          carousel lags --task adding --cell elman --sequences 50000"
        })
public final class LagsCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description = "The problem: its name, or its number in the paper, such as adding or 4.")
    private @Nullable String task;

    @Option(
            names = "--lag",
            paramLabel = "N",
            description =
                    "Its length: T of experiments 3, 4 and 5, p of 2a and 2b, q of 2c; 1 and 6 have none. Default: "
                            + "that of the first row of the paper.")
    private @Nullable Integer lag;

    @Option(
            names = "--detail",
            paramLabel = "N",
            description =
                    "Its second parameter: the number of distractors p of 2c (default: the lag), the length N of the "
                            + "signal of 3 (default: 3), the wrong ones n_seq of 5 (default: 13).")
    private @Nullable Integer detail;

    @Option(names = "--cell", paramLabel = "CELL", defaultValue = "lstm", description = "Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String cell;

    @Option(names = "--hidden", paramLabel = "N", description = "Units of the recurrent layer. Default: the problem's.")
    private @Nullable Integer hidden;

    @Option(
            names = "--sequences",
            paramLabel = "N",
            description = "Most training sequences. Default: as many as the paper's LSTM needed on average.")
    private @Nullable Integer sequences;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the weights and the sequences. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Worker threads; they change the time, not the result. Default: one for each core.")
    private @Nullable Integer threads;

    @Option(
            names = "--gradients",
            description =
                    "Also tell the gradient of the last output at the states before it, by lag, before and after the "
                            + "training.")
    private boolean gradients;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Also write a report with these gradients as curves, to open in a browser.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    public LagsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Outputs.check("--report", report);
        String name = task;
        if (name == null) {
            if (report != null || gradients) {
                throw new UserMistake((report != null ? "--report" : "--gradients")
                        + " must come with --task, which names the problem; add --task");
            }
            if (json) {
                console.out().println(Json.writePretty(list()));
            } else {
                printList();
            }
            return 0;
        }
        LagTask problem = problem(name);
        LagSetting setting = setting(problem);
        LagTraining training = training(problem, setting);
        LagGradients curves = gradients || report != null ? new LagGradients(problem, training.network(), seed) : null;
        try (Interruption interruption = new Interruption(training::stop);
                Progress progress = new Progress(console)) {
            progress.stage(problem.description(), 1, 1);
            LagResult result = training.run(new TrainingListener() {
                @Override
                public void step(StepReport report) {
                    progress.step(
                            report.epoch(),
                            report.step(),
                            report.totalSteps(),
                            report.loss(),
                            report.sequencesPerSecond());
                }
            });
            progress.close();
            if (curves != null) {
                curves.trained(training.network());
            }
            if (curves != null && report != null) {
                Outputs.write(report, HtmlReport.of(curves.report(result)));
            }
            if (json) {
                console.out().println(Json.writePretty(object(result, curves)));
            } else {
                print(problem, result);
                if (curves != null && gradients) {
                    curves.print(console);
                }
                if (report != null) {
                    console.out().println();
                    console.out().println("Report:   " + report);
                }
            }
            console.out().flush();
        }
        return 0;
    }

    private static ObjectNode object(LagResult result, @Nullable LagGradients curves) {
        ObjectNode object = (ObjectNode) Json.tree(result);
        if (curves != null) {
            curves.write(object.putArray("gradients"));
        }
        return object;
    }

    private LagTask problem(String name) {
        try {
            return LagTasks.of(name, lag, detail);
        } catch (IllegalArgumentException mistake) {
            throw new UserMistake(mistake.getMessage() + "; see carousel lags");
        }
    }

    private LagSetting setting(LagTask problem) {
        try {
            LagSetting setting = LagSettings.of(problem);
            setting = hidden == null ? setting : setting.withHidden(hidden);
            return sequences == null ? setting : setting.withSequences(sequences);
        } catch (IllegalArgumentException mistake) {
            throw UserMistake.of(mistake, "carousel lags");
        }
    }

    private LagTraining training(LagTask problem, LagSetting setting) {
        int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        try {
            return new LagTraining(problem, cell, setting, seed, workers);
        } catch (IllegalArgumentException mistake) {
            throw UserMistake.of(mistake, "carousel lags");
        }
    }

    private void print(LagTask problem, LagResult result) {
        console.out().println(console.bold(problem.name()) + ": " + problem.description());
        console.out()
                .println(console.faint(result.cell() + " with " + result.hidden() + " units, "
                        + number(result.weights()) + " weights, seed " + result.seed()));
        console.out().println();
        String outcome = result.solved() ? "solved" : result.stopped() ? "stopped before it was solved" : "not solved";
        Long paper = result.paperSequences();
        console.out()
                .println(console.bold(outcome) + (result.solved() ? " after " : "; used ") + number(result.sequences())
                        + " sequences" + (paper == null ? "" : "; the LSTM of 1997 took " + number(paper)));
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "%d of %s fresh sequences wrong, mean error %.5f; %.1f s",
                        result.errors(),
                        number(result.tested()),
                        result.meanError(),
                        result.seconds()));
    }

    private void printList() {
        TextTable table = new TextTable(List.of("task", "lag", "detail", "experiment", "sequences in 1997"));
        for (LagTask problem : LagTasks.paper()) {
            table.row(
                    false,
                    List.of(
                            problem.name(),
                            problem.lagOption() == null ? "" : String.valueOf(problem.lagOption()),
                            problem.detailOption() == null ? "" : String.valueOf(problem.detailOption()),
                            problem.experiment(),
                            number(problem.paperSequences())));
        }
        table.print(console);
        console.out().println();
        console.out().println(console.faint("Train on one: carousel lags --task adding --lag 500"));
    }

    private static ObjectNode list() {
        ObjectNode object = Json.object();
        ArrayNode tasks = object.putArray("tasks");
        for (LagTask problem : LagTasks.paper()) {
            ObjectNode one = tasks.addObject();
            one.put("task", problem.name());
            one.put("lag", problem.lagOption());
            one.put("detail", problem.detailOption());
            one.put("experiment", problem.experiment());
            one.put("description", problem.description());
            one.put("paperSequences", problem.paperSequences());
        }
        return object;
    }

    private static String number(@Nullable Number value) {
        return value == null ? "" : String.format(Locale.ROOT, "%,d", value.longValue());
    }
}
