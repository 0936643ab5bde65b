package io.carousel.cell;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The cells that a spec can name: those of the library and those that {@link ServiceLoader} finds. */
public final class Cells {
    private static final List<CellFactory> BUILT_IN = List.of(
            CellFactory.of(
                    CoupledCell.NAME,
                    "LSTM whose forget gate is 1 minus its input gate (Greff et al. 2015)",
                    CoupledCell::new),
            CellFactory.of(
                    LayerNormLstmCell.NAME, "LSTM with layer normalisation (Ba et al. 2016)", LayerNormLstmCell::new),
            CellFactory.of(
                    LstmCell.NAME, "Long short-term memory with a forget gate (Gers et al. 2000)", LstmCell::new),
            CellFactory.of(
                    Lstm1997Cell.NAME,
                    "LSTM as first published, without a forget gate (Hochreiter, Schmidhuber 1997)",
                    Lstm1997Cell::new),
            CellFactory.of(
                    NoInputActivationCell.NAME,
                    "peephole LSTM with a linear candidate (Greff et al. 2015)",
                    NoInputActivationCell::new),
            CellFactory.of(
                    NoInputGateCell.NAME, "peephole LSTM without input gate (Greff et al. 2015)", NoInputGateCell::new),
            CellFactory.of(
                    NoOutputActivationCell.NAME,
                    "peephole LSTM that gives the cell itself (Greff et al. 2015)",
                    NoOutputActivationCell::new),
            CellFactory.of(
                    NoOutputGateCell.NAME,
                    "peephole LSTM without output gate (Greff et al. 2015)",
                    NoOutputGateCell::new),
            CellFactory.of(PeepholeCell.NAME, "LSTM whose gates see the cell (Gers et al. 2002)", PeepholeCell::new),
            CellFactory.of(
                    TimeLstmCell.NAME,
                    "LSTM that forgets with the time gap, the last input (Baytas et al. 2017)",
                    TimeLstmCell::new),
            ProjectionCell.factory(),
            CellFactory.of(ElmanCell.NAME, "simple recurrent network, tanh (Elman 1990)", ElmanCell::new),
            CellFactory.of(ElmanReluCell.NAME, "simple recurrent network, ReLU (Le et al. 2015)", ElmanReluCell::new),
            CellFactory.of(
                    GruCell.NAME, "gated recurrent unit, reset after the product (Cho et al. 2014)", GruCell::new),
            CellFactory.of(
                    GruResetBeforeCell.NAME,
                    "gated recurrent unit, reset before the product (Cho et al. 2014)",
                    GruResetBeforeCell::new),
            CellFactory.of(IndRnnCell.NAME, "independently recurrent units (Li et al. 2018)", IndRnnCell::new),
            CellFactory.of(
                    MinGruCell.NAME, "minimal GRU, gates see the input only (Feng et al. 2024)", MinGruCell::new),
            CellFactory.of(
                    MinLstmCell.NAME, "minimal LSTM, gates see the input only (Feng et al. 2024)", MinLstmCell::new),
            SlstmCell.factory(),
            CellFactory.of(
                    LayerNormGruCell.NAME, "GRU with layer normalisation (Ba et al. 2016)", LayerNormGruCell::new));

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

    /** What the cell of that name is, in a line; empty when its author says nothing. */
    public static String description(String name) {
        return factory(name).description();
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
        CellFactory factory = factory(spec.name());
        CellOptions options = new CellOptions(spec);
        Cell cell = factory.create(inputSize, hiddenSize, options);
        options.requireAllKnown();
        return cell;
    }

    private static CellFactory factory(String name) {
        CellFactory factory = FACTORIES.get(name);
        if (factory == null) {
            throw new IllegalArgumentException("cell must be one of " + names() + ", got " + name
                    + "; name one of them, or put the cell of that name on the class path");
        }
        return factory;
    }
}
