package io.carousel.layer;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Variable;
import io.carousel.cell.Cell;
import io.carousel.cell.CellForm;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One cell, its direction and its place in a stack, which give its weights and state parts their names. Immutable. */
final class Pass {
    private final Cell cell;
    private final CellForm form;
    private final InitialWeights initialWeights;
    private final Regularization regularization;
    private final Clip clip;
    private final String stack;
    private final int level;
    private final boolean backward;
    private final boolean learned;
    private final List<StatePart> state;
    private final String[] weightNames;

    /**
     * A pass; names are made here, once, and not for every run.
     *
     * @param level 0 for the lowest
     * @param learned whether the state before the first time step is a parameter
     */
    Pass(
            Cell cell,
            InitialWeights initialWeights,
            Regularization regularization,
            Clip clip,
            String stack,
            int level,
            boolean backward,
            boolean learned) {
        this.cell = cell;
        this.initialWeights = initialWeights;
        this.regularization = regularization;
        this.clip = clip;
        this.stack = stack;
        this.level = level;
        this.backward = backward;
        this.learned = learned;
        form = CellForm.of(cell);
        state = form.state().stream()
                .map(part -> part.named(fullName(part.name())))
                .toList();
        weightNames =
                cell.weights().stream().map(weight -> fullName(weight.name())).toArray(String[]::new);
    }

    Cell cell() {
        return cell;
    }

    CellForm form() {
        return form;
    }

    Regularization regularization() {
        return regularization;
    }

    Clip clip() {
        return clip;
    }

    boolean backward() {
        return backward;
    }

    List<Parameters.Declaration> declarations() {
        Stream<Parameters.Declaration> weights =
                initialWeights.declarations(cell).stream().map(weight -> weight.named(fullName(weight.name())));
        return (learned ? Stream.concat(weights, cell.state().stream().map(this::initialPart)) : weights).toList();
    }

    private Parameters.Declaration initialPart(StatePart part) {
        return new Parameters.Declaration(initialName(part), Shape.of(part.size()), false, Initializer.constant(0));
    }

    private String initialName(StatePart part) {
        return fullName("initial_" + part.name());
    }

    /** The weights of the cell. */
    List<Parameter> weights(Parameters parameters) {
        Parameter[] weights = new Parameter[weightNames.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = parameters.get(weightNames[i]);
        }
        return List.of(weights);
    }

    /** Writes the learned state before the first time step, when there is one, to every sequence of a state. */
    void writeInitialState(Parameters parameters, State state) {
        if (learned) {
            for (StatePart part : cell.state()) {
                float[] first = parameters.get(initialName(part)).tensor().toArray();
                float[] to = state.values(fullName(part.name()));
                for (int sequence = 0; sequence < state.sequences(); sequence++) {
                    System.arraycopy(first, 0, to, sequence * part.size(), part.size());
                }
            }
        }
    }

    List<StatePart> state() {
        return state;
    }

    private String fullName(String name) {
        return stack + "." + name + "_l" + level + (backward ? "_reverse" : "");
    }

    private String label() {
        return stack + "_l" + level + (backward ? "_reverse" : "");
    }

    /** The outputs of all time steps, at the rows of their inputs; the final state goes to the context. */
    Variable run(Flow flow, LayerContext context) {
        int[] reversed = backward ? flow.layout().reversedRows() : new int[0];
        Flow input =
                backward ? new Flow(Operations.gatherRows(context.tape(), flow.rows(), reversed), flow.layout()) : flow;
        Recurrent.Result result = Recurrent.run(
                form,
                context.tape(),
                input,
                initialState(flow, context),
                regularizers(flow.layout(), context),
                clip,
                observation(context));
        for (int p = 0; p < state.size(); p++) {
            context.last().put(state.get(p).name(), result.finalState().get(p));
        }
        return backward ? Operations.gatherRows(context.tape(), result.outputs(), reversed) : result.outputs();
    }

    /** A run that the caller drives one time step at a time. */
    Recurrent stepped(Flow flow, LayerContext context) {
        return Recurrent.stepped(
                form,
                context.tape(),
                flow,
                initialState(flow, context),
                regularizers(flow.layout(), context),
                clip,
                observation(context));
    }

    private Recurrent.@Nullable Observation observation(LayerContext context) {
        RunObserver observer = context.observer();
        return observer == null
                ? null
                : new Recurrent.Observation(observer, new RunObserver.Run(label(), cell, backward));
    }

    private Regularizers regularizers(BatchLayout layout, LayerContext context) {
        Rng rng = context.dropout();
        List<Parameter> weights = weights(context.parameters());
        if (!regularization.changesRuns()) {
            return Regularizers.none(context.tape(), weights);
        }
        return Regularizers.of(
                regularization, cell, weights, context.tape(), layout, rng == null ? null : rng.stream(label()));
    }

    private @Nullable List<Variable> initialState(Flow flow, LayerContext context) {
        State given = context.initial();
        TapedSource source = context.source();
        if (given == null
                && source != null
                && source.first().containsKey(state.get(0).name())) {
            return state.stream()
                    .map(part -> Objects.requireNonNull(source.first().get(part.name())))
                    .toList();
        }
        if (given == null && !learned) {
            return null;
        }
        int sequences = flow.layout().sequences();
        List<Variable> initial = new ArrayList<>();
        for (StatePart part : cell.state()) {
            if (given == null) {
                Variable first = context.tape().parameter(context.parameters().get(initialName(part)));
                initial.add(Operations.repeatRow(context.tape(), first, sequences));
                continue;
            }
            float[] values = given.values(fullName(part.name()));
            Tensor value = new Tensor(Shape.of(sequences, part.size()), values, 0);
            initial.add(context.tape().constant(value));
        }
        return initial;
    }
}
