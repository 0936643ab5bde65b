package io.carousel.cli.command;

import io.carousel.cli.report.ForecastStory.Losses;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Facts;
import io.carousel.cli.report.Words;
import io.carousel.model.Json;
import io.carousel.model.Provenance;
import io.carousel.task.TrainingStage;
import io.carousel.train.EpochReport;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the report of every task tells of its model. */
public final class ModelFacts {
    private ModelFacts() {}

    /** The course of a training. */
    public static Losses losses(TrainingStage stage) {
        List<EpochReport> epochs = stage.epochs();
        return new Losses(
                stage.name(),
                epochs.stream().mapToDouble(EpochReport::trainingLoss).toArray(),
                epochs.stream()
                        .mapToDouble(epoch -> epoch.validationLoss() == null ? Double.NaN : epoch.validationLoss())
                        .toArray(),
                stage.bestEpoch());
    }

    /**
     * Where a model comes from, and what it was applied to.
     *
     * @param source the file that it was applied to
     * @param sha256 of that file; empty where there is none to compare
     */
    public static Facts origin(Provenance provenance, String source, String sha256) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Trained on", provenance.dataFile()));
        facts.add(new Fact("Its SHA-256", provenance.dataSha256()));
        if (!sha256.isEmpty() && !sha256.equals(provenance.dataSha256())) {
            facts.add(new Fact("Applied to", source));
            facts.add(new Fact("Its SHA-256", sha256));
        }
        facts.add(new Fact("Seed", Long.toString(provenance.seed())));
        facts.add(new Fact("Plan", Json.write(provenance.plan())));
        facts.add(new Fact("Library", provenance.library()));
        if (provenance.commit() != null) {
            facts.add(new Fact("Commit", provenance.commit()));
        }
        facts.add(new Fact("Java", provenance.jvm()));
        facts.add(new Fact("Kernels", provenance.kernel()));
        facts.add(new Fact("Training time", Words.seconds(provenance.wallTime())));
        facts.add(new Fact(
                "Ended at",
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                        .format(provenance.createdAt().atOffset(ZoneOffset.UTC))));
        return new Facts("Origin", facts);
    }

    /** What stands below a page. */
    public static String footer(Provenance provenance) {
        return "Made by " + provenance.library()
                + ". This file holds everything it shows and loads nothing from the network.";
    }
}
