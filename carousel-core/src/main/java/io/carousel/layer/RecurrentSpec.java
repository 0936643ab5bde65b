package io.carousel.layer;

import io.carousel.cell.Cell;
import io.carousel.cell.CellSpec;
import io.carousel.cell.Cells;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack of recurrent layers, each reading the outputs of the one below.
 *
 * <p>In a stack that reads backward or in both directions, every level does, and reads all of what the level below makes of
 * both. Of the last row of a sequence, what was read backward has seen one time step only: a {@link LastStepSpec} after such
 * a stack gives the summary of the sequence forward, and not backward; {@link PoolingSpec#last} gives both.
 *
 * @param name the prefix of its parameters, such as {@code encoder}
 * @param cell what runs at each time step
 * @param hiddenSizes H of each layer, bottom first, in each direction
 * @param direction in which order the time steps are read
 * @param merge what becomes of the two outputs when both directions are read
 * @param connection what each level hands on
 * @param initialState what the state is before the first time step, when none is given
 * @param clip limits of the cell and of what goes into activation functions
 * @param dropout the probability that an element between two layers is dropped in training, in [0, 1)
 * @param regularization the other regularisers
 * @param initialWeights how the weights of every layer start
 */
public record RecurrentSpec(
        String name,
        CellSpec cell,
        List<Integer> hiddenSizes,
        Direction direction,
        Merge merge,
        Connection connection,
        InitialState initialState,
        Clip clip,
        double dropout,
        Regularization regularization,
        InitialWeights initialWeights)
        implements LayerSpec {
    public RecurrentSpec {
        Names.require(name);
        hiddenSizes = List.copyOf(hiddenSizes);
        if (hiddenSizes.isEmpty()) {
            throw new IllegalArgumentException(
                    "hidden sizes of " + name + " must not be empty; give one for each layer");
        }
        DropoutSpec.requireRate(dropout);
    }

    /**
     * A stack that reads forward, without regularisers and limits, whose weights start as their cell says; the other choices
     * are those of the withers.
     */
    public static RecurrentSpec of(String name, String cell, List<Integer> hiddenSizes) {
        return new RecurrentSpec(
                name,
                CellSpec.parse(cell),
                hiddenSizes,
                Direction.FORWARD,
                Merge.CONCATENATE,
                Connection.PLAIN,
                InitialState.ZERO,
                Clip.NONE,
                0,
                Regularization.NONE,
                InitialWeights.DEFAULT);
    }

    /** The same stack that reads in another direction. */
    public RecurrentSpec withDirection(Direction choice) {
        Draft draft = new Draft(this);
        draft.direction = choice;
        return draft.spec();
    }

    /** The same stack whose two directions are merged in another way. */
    public RecurrentSpec withMerge(Merge choice) {
        Draft draft = new Draft(this);
        draft.merge = choice;
        return draft.spec();
    }

    /** The same stack whose levels are connected in another way. */
    public RecurrentSpec withConnection(Connection choice) {
        Draft draft = new Draft(this);
        draft.connection = choice;
        return draft.spec();
    }

    /** The same stack with another state before the first time step. */
    public RecurrentSpec withInitialState(InitialState choice) {
        Draft draft = new Draft(this);
        draft.initialState = choice;
        return draft.spec();
    }

    /** The same stack with these limits. */
    public RecurrentSpec withClip(Clip choice) {
        Draft draft = new Draft(this);
        draft.clip = choice;
        return draft.spec();
    }

    /** The same stack with dropout between its layers. */
    public RecurrentSpec withDropout(double rate) {
        Draft draft = new Draft(this);
        draft.dropout = rate;
        return draft.spec();
    }

    /** The same stack with these regularisers. */
    public RecurrentSpec withRegularization(Regularization choice) {
        Draft draft = new Draft(this);
        draft.regularization = choice;
        return draft.spec();
    }

    /** The same stack whose weights start in another way. */
    public RecurrentSpec withInitialWeights(InitialWeights choice) {
        Draft draft = new Draft(this);
        draft.initialWeights = choice;
        return draft.spec();
    }

    @Override
    public Layer layer(int inputSize) {
        return stack(inputSize);
    }

    /** The layer for inputs of that width. */
    Stack stack(int inputSize) {
        return new Stack(name, levels(inputSize), (float) dropout, regularization);
    }

    private List<Level> levels(int inputSize) {
        List<Level> levels = new ArrayList<>();
        int width = inputSize;
        for (int hiddenSize : hiddenSizes) {
            Cell made = Cells.create(cell, width, hiddenSize);
            if (made.readsTimeGap() && !levels.isEmpty()) {
                throw new IllegalArgumentException("cell of the levels above the lowest of " + name
                        + " must not read the time since the step before, got " + cell
                        + "; give it one level, and put a stack of another cell above");
            }
            regularization.requireFit(made);
            clip.requireFit(made);
            Level level = Level.of(name, levels.size(), passes(made, levels.size()), merge, connection, width);
            levels.add(level);
            width = level.outputSize();
        }
        return levels;
    }

    private List<Pass> passes(Cell made, int level) {
        boolean learned = initialState == InitialState.LEARNED;
        List<Pass> passes = new ArrayList<>();
        if (direction.hasForward()) {
            passes.add(new Pass(made, initialWeights, regularization, clip, name, level, false, learned));
        }
        if (direction.hasBackward()) {
            passes.add(new Pass(made, initialWeights, regularization, clip, name, level, true, learned));
        }
        return passes;
    }

    /** A spec on its way to another with one choice changed. */
    private static final class Draft {
        private final RecurrentSpec from;
        private Direction direction;
        private Merge merge;
        private Connection connection;
        private InitialState initialState;
        private Clip clip;
        private double dropout;
        private Regularization regularization;
        private InitialWeights initialWeights;

        Draft(RecurrentSpec spec) {
            from = spec;
            direction = spec.direction;
            merge = spec.merge;
            connection = spec.connection;
            initialState = spec.initialState;
            clip = spec.clip;
            dropout = spec.dropout;
            regularization = spec.regularization;
            initialWeights = spec.initialWeights;
        }

        RecurrentSpec spec() {
            return new RecurrentSpec(
                    from.name,
                    from.cell,
                    from.hiddenSizes,
                    direction,
                    merge,
                    connection,
                    initialState,
                    clip,
                    dropout,
                    regularization,
                    initialWeights);
        }
    }
}
