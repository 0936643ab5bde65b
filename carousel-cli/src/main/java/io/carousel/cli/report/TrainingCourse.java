package io.carousel.cli.report;

import io.carousel.cli.report.Chart.Axis;
import io.carousel.cli.report.Chart.Layer;
import io.carousel.cli.report.Chart.Line;
import io.carousel.cli.report.Chart.Mark;
import io.carousel.cli.report.Chart.Role;
import io.carousel.cli.report.Chart.Scale;
import io.carousel.cli.report.Chart.Unit;
import io.carousel.cli.report.Chart.View;
import io.carousel.cli.report.ForecastStory.Losses;
import io.carousel.cli.report.ReportData.Part;
import io.carousel.cli.report.ReportData.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The course of the trainings that a model is made of, as a section of any report. */
public final class TrainingCourse {
    private TrainingCourse() {}

    /** A chart of each training. */
    public static Section section(List<Losses> trainings) {
        boolean several = trainings.size() > 1;
        List<Part> charts = new ArrayList<>();
        for (Losses losses : trainings) {
            List<Layer> layers = new ArrayList<>();
            layers.add(new Line("Training", Role.SECOND, losses.training(), true));
            if (Arrays.stream(losses.validation()).anyMatch(Double::isFinite)) {
                layers.add(new Line("Validation", Role.MODEL, losses.validation(), true));
            }
            if (losses.bestEpoch() > 0) {
                layers.add(new Mark("kept: epoch " + losses.bestEpoch(), losses.bestEpoch()));
            }
            charts.add(new Chart(
                    "Loss of each epoch, " + losses.name(),
                    "The mean loss of each pass over the training part, and the loss on the validation part after it.",
                    new Axis("Epoch", Unit.NUMBER),
                    "Loss",
                    several ? 240 : 280,
                    several,
                    Scale.CHOICE,
                    List.of(View.all(ForecastReport.steps(losses.training().length), layers))));
        }
        return new Section(
                "The training",
                "Training stops when the validation part no longer gets better; the weights of the best epoch are kept.",
                charts);
    }

    /**
     * A chart of the loss of each training and one of what its validation measures, where that is no loss.
     *
     * @param errors what the validation measures; the less the better
     */
    static Section section(List<Losses> trainings, String errors) {
        List<Part> charts = new ArrayList<>();
        for (Losses losses : trainings) {
            charts.add(chart(losses, "Loss of each epoch", "Loss", losses.training(), Role.SECOND, "Training"));
            if (Arrays.stream(losses.validation()).anyMatch(Double::isFinite)) {
                charts.add(chart(losses, errors, "Errors", losses.validation(), Role.MODEL, "Validation"));
            }
        }
        return new Section(
                "The training",
                "The weights of the epoch with the fewest errors on the validation part are kept.",
                charts);
    }

    private static Chart chart(Losses losses, String title, String measure, double[] values, Role role, String name) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Line(name, role, values, true));
        if (losses.bestEpoch() > 0) {
            layers.add(new Mark("kept: epoch " + losses.bestEpoch(), losses.bestEpoch()));
        }
        return new Chart(
                title,
                name + " after each epoch.",
                new Axis("Epoch", Unit.NUMBER),
                measure,
                240,
                true,
                Scale.CHOICE,
                List.of(View.all(ForecastReport.steps(values.length), layers)));
    }
}
