package io.carousel.cli.lags;

import io.carousel.cli.command.Console;
import io.carousel.cli.inspect.GateTable;
import io.carousel.cli.report.Chart;
import io.carousel.cli.report.Chart.Layer;
import io.carousel.cli.report.Chart.Line;
import io.carousel.cli.report.Chart.Role;
import io.carousel.cli.report.Chart.View;
import io.carousel.cli.report.GateReport;
import io.carousel.cli.report.ReportData;
import io.carousel.cli.report.ReportData.Figure;
import io.carousel.cli.report.ReportData.Section;
import io.carousel.cli.report.ReportData.Verdict;
import io.carousel.cli.report.Words;
import io.carousel.data.SequenceBatch;
import io.carousel.inspect.GradientByLag;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.task.lags.LagBatch;
import io.carousel.task.lags.LagResult;
import io.carousel.task.lags.LagSequence;
import io.carousel.task.lags.LagTask;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The gradients by lag of a network on fresh sequences of a problem, before and after its training. */
final class LagGradients {
    private static final int SEQUENCES = 64;
    private static final int DIRECTIONS = 4;

    private final SequenceBatch batch;
    private final List<GradientByLag> start;
    private List<GradientByLag> end = List.of();

    /** Takes the curves of a network that is not trained yet. */
    LagGradients(LagTask task, Network network, long seed) {
        Rng rng = Rng.of(seed);
        List<LagSequence> sequences = new ArrayList<>();
        for (int i = 0; i < SEQUENCES; i++) {
            sequences.add(task.test(rng, i));
        }
        batch = LagBatch.of(task, sequences, new Workspace()).inputs();
        start = curves(network);
    }

    /** Takes the curves again, of the network after its training. */
    void trained(Network network) {
        end = curves(network);
    }

    /** Up to the longest lag that half of the sequences have. */
    private List<GradientByLag> curves(Network network) {
        int lags = 0;
        while (lags < batch.layout().steps() && batch.layout().alive(lags) >= SEQUENCES / 2) {
            lags++;
        }
        List<GradientByLag> curves = new ArrayList<>();
        for (GradientByLag curve : GradientByLag.of(network, Kernels.best(), batch, DIRECTIONS, Rng.of(1))) {
            curves.add(new GradientByLag(curve.run(), curve.part(), Arrays.copyOf(curve.norms(), lags)));
        }
        return curves;
    }

    void print(Console console) {
        console.out().println();
        GateTable.gradients("gradient at the start", start).print(console);
        console.out().println();
        GateTable.gradients("gradient, trained", end).print(console);
    }

    void write(ArrayNode array) {
        for (int i = 0; i < start.size(); i++) {
            ObjectNode one = array.addObject();
            one.put("state", start.get(i).part());
            GateTable.numbers(one.putArray("start"), start.get(i).norms());
            GateTable.numbers(one.putArray("trained"), end.get(i).norms());
        }
    }

    /** The page of a training. */
    ReportData report(LagResult result) {
        List<Layer> lines = new ArrayList<>();
        for (int i = 0; i < start.size(); i++) {
            String part = start.get(i).part() + " state, ";
            lines.add(line(part + "trained", i == 0 ? Role.MODEL : Role.SECOND, end.get(i)));
            lines.add(line(part + "at the start", Role.BASELINE, start.get(i)));
        }
        int lags = start.isEmpty() ? 0 : start.get(0).norms().length;
        Chart chart = GateReport.gradients("Gradient by lag", List.of(View.all(GateReport.lags(lags), lines)), false);
        String count = Words.count(result.sequences(), "sequence");
        Verdict verdict = new Verdict(
                result.solved(),
                result.solved() ? "Solved after " + count + "." : "Not solved with " + count + ".",
                List.of(new Figure(
                        "Wrong",
                        Integer.toString(result.errors()),
                        "of " + Words.count(result.tested(), "fresh sequence"))));
        return new ReportData(
                "Long time lags",
                result.task() + ", " + result.cell(),
                result.description() + "; " + Words.count(result.hidden(), "unit") + ", "
                        + Words.count(result.weights(), "weight") + ", seed " + result.seed(),
                verdict,
                "",
                List.of(),
                List.of(new Section(
                        "How far back it could learn",
                        "How much the last output of a sequence would change with the state so many time steps before it: the "
                                + "root of the mean square over " + SEQUENCES
                                + " fresh sequences. Training learns from what lies "
                                + "that far back only as well as this gradient reaches it.",
                        List.of(chart))),
                "This file holds everything it shows and loads nothing from the network.");
    }

    private static Line line(String name, Role role, GradientByLag curve) {
        return new Line(name, role, GateReport.positive(curve.norms()), true);
    }
}
