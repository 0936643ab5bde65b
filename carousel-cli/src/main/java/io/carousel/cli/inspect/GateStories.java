package io.carousel.cli.inspect;

import io.carousel.cell.Block;
import io.carousel.cell.Block.Activation;
import io.carousel.cell.StatePart;
import io.carousel.cli.command.ModelFacts;
import io.carousel.cli.report.GateStory;
import io.carousel.cli.report.GateStory.Activations;
import io.carousel.cli.report.GateStory.Input;
import io.carousel.cli.report.GateStory.LayerStory;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Facts;
import io.carousel.cli.report.TimeAxis;
import io.carousel.cli.report.Words;
import io.carousel.data.SeriesSet;
import io.carousel.inspect.RunTrace;
import io.carousel.model.Provenance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a report tells of a network that ran on a window. */
final class GateStories {
    private GateStories() {}

    static GateStory of(GateRun run, SeriesSet set) {
        var spec = run.forecaster().spec();
        double[] time = new double[run.window().steps()];
        Arrays.setAll(time, t -> TimeAxis.x(run.time(), run.window().firstRow() + t));
        List<Input> inputs = new ArrayList<>();
        int columns = 1 + spec.inputs().size() + spec.futureInputs().size();
        for (int f = 0; f < run.window().features().size(); f++) {
            int feature = f;
            double[] values = new double[time.length];
            Arrays.setAll(values, t -> run.window().value(t, feature));
            inputs.add(new Input(run.window().features().get(f), values, f < columns));
        }
        String cell = run.layers().isEmpty()
                ? "its linear part"
                : Words.count(
                        run.layers().size(), run.layers().get(0).trace().cell().name() + " layer");
        return new GateStory(
                spec.target(),
                run.inWords() + ", read by " + cell,
                TimeAxis.aligned(run.time(), spec.time()),
                time,
                inputs,
                run.layers().stream().map(GateStories::layer).toList(),
                run.notes(),
                origin(run, set),
                ModelFacts.footer(run.forecaster().model().provenance()));
    }

    private static LayerStory layer(GateRun.Layer layer) {
        RunTrace trace = layer.trace();
        List<Activations> gates = new ArrayList<>();
        for (Block block : trace.cell().activations()) {
            boolean bounded = block.activation() != Activation.NONE;
            double low = !bounded ? Double.NaN : block.activation() == Activation.TANH ? -1 : 0;
            gates.add(new Activations(block.name(), low, bounded ? 1 : Double.NaN, trace.gate(block.name(), 0)));
        }
        List<Activations> states = new ArrayList<>();
        for (StatePart part : trace.cell().state()) {
            states.add(new Activations(part.name(), Double.NaN, Double.NaN, trace.state(part.name(), 0)));
        }
        return new LayerStory(
                trace.name(), trace.cell().name(), layer.units(), gates, states, layer.statistics(), layer.gradients());
    }

    private static Facts origin(GateRun run, SeriesSet set) {
        Provenance provenance = run.forecaster().model().provenance();
        List<Fact> facts = new ArrayList<>(
                ModelFacts.origin(provenance, set.source(), set.sha256()).facts());
        facts.add(new Fact("Window", run.inWords()));
        facts.add(new Fact(
                "Target prepared by", run.forecaster().encoding().transform().inWords()));
        return new Facts("Origin", facts);
    }
}
