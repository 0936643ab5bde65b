package io.carousel.cell;

import io.carousel.autograd.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The reference of every cell, by name. */
public final class ReferenceCells {
    private static final Map<String, BiFunction<Cell, List<double[][]>, ReferenceCell>> MAKERS = Map.ofEntries(
            Map.entry(CoupledCell.NAME, ReferenceCoupled::new),
            Map.entry(LstmCell.NAME, ReferenceLstm::new),
            Map.entry(LayerNormLstmCell.NAME, ReferenceLayerNormLstm::new),
            Map.entry(Lstm1997Cell.NAME, ReferenceOdyssey::new),
            Map.entry(NoInputActivationCell.NAME, ReferenceOdyssey::new),
            Map.entry(NoInputGateCell.NAME, ReferenceOdyssey::new),
            Map.entry(NoOutputActivationCell.NAME, ReferenceOdyssey::new),
            Map.entry(NoOutputGateCell.NAME, ReferenceOdyssey::new),
            Map.entry(PeepholeCell.NAME, ReferenceOdyssey::new),
            Map.entry(ProjectionCell.NAME, ReferenceProjection::new),
            Map.entry(TimeLstmCell.NAME, ReferenceTimeLstm::new),
            Map.entry(ElmanCell.NAME, (cell, weights) -> new ReferenceElman(weights, Math::tanh)),
            Map.entry(ElmanReluCell.NAME, (cell, weights) -> new ReferenceElman(weights, z -> Math.max(z, 0))),
            Map.entry(GruCell.NAME, (cell, weights) -> new ReferenceGru(weights)),
            Map.entry(GruResetBeforeCell.NAME, (cell, weights) -> new ReferenceGruResetBefore(weights)),
            Map.entry(IndRnnCell.NAME, (cell, weights) -> new ReferenceIndRnn(weights)),
            Map.entry(MinGruCell.NAME, (cell, weights) -> new ReferenceMinGru(weights)),
            Map.entry(MinLstmCell.NAME, (cell, weights) -> new ReferenceMinLstm(weights)),
            Map.entry(LayerNormGruCell.NAME, (cell, weights) -> new ReferenceLayerNormGru(weights)),
            Map.entry("minimal-gated", (cell, weights) -> new ReferenceMinimalGated(weights)),
            Map.entry(SlstmCell.NAME, (cell, weights) -> new ReferenceSlstm(((SlstmCell) cell).heads(), weights)));

    private ReferenceCells() {}

    /**
     * The reference of a cell.
     *
     * @param weights all weights of the cell, one after the other, at the front of an array
     */
    public static ReferenceCell of(Cell cell, double[] weights) {
        BiFunction<Cell, List<double[][]>, ReferenceCell> maker = MAKERS.get(cell.name());
        if (maker == null) {
            throw new IllegalArgumentException("cell " + cell.name() + " must have a reference in ReferenceCells");
        }
        return maker.apply(cell, matrices(cell.declarations(), weights));
    }

    /** Each weight as a matrix; a vector is one row. */
    static List<double[][]> matrices(List<Parameters.Declaration> declarations, double[] weights) {
        List<double[][]> matrices = new ArrayList<>();
        int at = 0;
        for (Parameters.Declaration declaration : declarations) {
            boolean vector = declaration.shape().rank() == 1;
            int rows = vector ? 1 : declaration.shape().dim(0);
            int columns = declaration.shape().size() / Math.max(1, rows);
            double[][] matrix = new double[rows][];
            for (int r = 0; r < rows; r++) {
                matrix[r] = Arrays.copyOfRange(weights, at, at + columns);
                at += columns;
            }
            matrices.add(matrix);
        }
        return matrices;
    }
}
