package io.carousel.cell;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The cells that a spec can name: those of the library and those that {@link ServiceLoader} finds. */
public final class Cells {
    private static final List<CellFactory> BUILT_IN = List.of(
            CellFactory.of(CoupledCell.NAME, CoupledCell::new),
            CellFactory.of(LayerNormLstmCell.NAME, LayerNormLstmCell::new),
            CellFactory.of(LstmCell.NAME, LstmCell::new),
            CellFactory.of(Lstm1997Cell.NAME, Lstm1997Cell::new),
            CellFactory.of(NoInputActivationCell.NAME, NoInputActivationCell::new),
            CellFactory.of(NoInputGateCell.NAME, NoInputGateCell::new),
            CellFactory.of(NoOutputActivationCell.NAME, NoOutputActivationCell::new),
            CellFactory.of(NoOutputGateCell.NAME, NoOutputGateCell::new),
            CellFactory.of(PeepholeCell.NAME, PeepholeCell::new),
            CellFactory.of(TimeLstmCell.NAME, TimeLstmCell::new),
            ProjectionCell.factory(),
            CellFactory.of(ElmanCell.NAME, ElmanCell::new),
            CellFactory.of(ElmanReluCell.NAME, ElmanReluCell::new),
            CellFactory.of(GruCell.NAME, GruCell::new),
            CellFactory.of(GruResetBeforeCell.NAME, GruResetBeforeCell::new),
            CellFactory.of(IndRnnCell.NAME, IndRnnCell::new),
            CellFactory.of(MinGruCell.NAME, MinGruCell::new),
            CellFactory.of(MinLstmCell.NAME, MinLstmCell::new),
            SlstmCell.factory(),
            CellFactory.of(LayerNormGruCell.NAME, LayerNormGruCell::new));

    private static final Map<String, CellFactory> FACTORIES = factories();

    private Cells() {}

    private static Map<String, CellFactory> factories() {
        Map<String, CellFactory> factories = new TreeMap<>();
        BUILT_IN.forEach(factory -> factories.put(factory.name(), factory));
        for (CellFactory factory : ServiceLoader.load(CellFactory.class)) {
            if (factories.putIfAbsent(factory.name(), factory) != null) {
                throw new IllegalStateException("name of a cell must be new, got " + factory.name() + " of "
                        + factory.getClass().getName() + "; give the cell another name");
            }
        }
        return factories;
    }

    /** The names, sorted. */
    public static List<String> names() {
        return List.copyOf(FACTORIES.keySet());
    }

    /** {@link #create(CellSpec, int, int)} for the text form of a spec. */
    public static Cell create(String spec, int inputSize, int hiddenSize) {
        return create(CellSpec.parse(spec), inputSize, hiddenSize);
    }

    /**
     * The cell of that spec and size.
     *
     * @throws IllegalArgumentException when no cell has that name, or a size or an option does not fit it
     */
    public static Cell create(CellSpec spec, int inputSize, int hiddenSize) {
        CellFactory factory = FACTORIES.get(spec.name());
        if (factory == null) {
            throw new IllegalArgumentException(
                    "cell must be one of " + names() + ", got " + spec.name() + "; name one of them");
        }
        CellOptions options = new CellOptions(spec);
        Cell cell = factory.create(inputSize, hiddenSize, options);
        options.requireAllKnown();
        return cell;
    }
}
