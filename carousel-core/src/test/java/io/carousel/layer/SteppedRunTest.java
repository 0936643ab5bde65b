package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carousel.autograd.Gradients;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.cell.Cell;
import io.carousel.cell.CellForm;
import io.carousel.cell.Cells;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is driven one time step at a time is the run over the whole batch, for every cell and with every hook. */
class SteppedRunTest {
    private static final int FEATURES = 3;
    private static final BatchLayout LAYOUT = BatchLayout.of(4, 2, 5, 0);

    static Stream<Cell> cells() {
        return Cells.names().stream().map(name -> Cells.create(io.carousel.cell.CellSpec.parse(name), FEATURES, 6));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void outputsAreTheSameBitsAndDerivativesTheSameSums(Cell cell) {
        Regularization regularization =
                Regularization.NONE.withVariationalDropout(0, 0.3).withDropConnect(0.2);
        Regularization zoned = cell.state().size() > 1 ? regularization.withZoneout(0.2, 0.3) : regularization;
        check(cell, Regularization.NONE, Clip.NONE);
        check(cell, zoned, Clip.NONE);
        if (cell.clipsActivations()) {
            check(cell, regularization, new Clip(0, 0.4));
        }
    }

    private static void check(Cell cell, Regularization regularization, Clip clip) {
        Parameters parameters = Parameters.initialized(cell.declarations(), Rng.of(2));
        float[] values = parameters.values();
        System.arraycopy(Gradients.normal(Rng.of(3), values.length, 0.5), 0, values, 0, values.length);
        parameters.changed();
        Run whole = new Run(cell, parameters, regularization, clip, false);
        Run stepped = new Run(cell, parameters, regularization, clip, true);

        assertThat(stepped.outputs).isEqualTo(whole.outputs);
        double most = 0;
        for (float g : whole.gradient) {
            most = Math.max(most, Math.abs(g));
        }
        // The terms are the same, and some sums are added time step by time step: as many roundings as rows, of both.
        double bound = Gradients.bound(2 * LAYOUT.rows() * (LAYOUT.rows() + 6), most);
        for (int i = 0; i < values.length; i++) {
            assertThat((double) stepped.gradient[i])
                    .as("weight %d of %s", i, cell.name())
                    .isCloseTo(whole.gradient[i], within(bound));
        }
        for (int i = 0; i < whole.inputGradient.length; i++) {
            assertThat((double) stepped.inputGradient[i])
                    .as("input %d of %s", i, cell.name())
                    .isCloseTo(whole.inputGradient[i], within(bound));
        }
    }

    /** One run of the cell, both ways; the loss is a random mix of all outputs. */
    private static final class Run {
        private final float[] gradient;
        private final float[] outputs;
        private final float[] inputGradient;

        Run(Cell cell, Parameters parameters, Regularization regularization, Clip clip, boolean steps) {
            Tape tape = new Tape(Kernels.best(), new Workspace());
            gradient = new float[parameters.size()];
            tape.begin(gradient);
            float[] x = Gradients.normal(Rng.of(4), LAYOUT.rows() * FEATURES, 1);
            Variable input = tape.variable(Tensor.of(Shape.of(LAYOUT.rows(), FEATURES), x));
            Flow flow = new Flow(input, LAYOUT);
            Regularizers regularizers =
                    Regularizers.of(regularization, cell, parameters.list(), tape, LAYOUT, Rng.of(5));
            CellForm form = CellForm.of(cell);
            float[] mix = Gradients.normal(Rng.of(6), LAYOUT.rows() * cell.hiddenSize(), 1);
            Variable rows;
            if (steps) {
                Recurrent run = Recurrent.stepped(form, tape, flow, null, regularizers, clip, null);
                for (int t = 0; t < LAYOUT.steps(); t++) {
                    run.step(t);
                }
                rows = tape.variable(run.outputs());
                run.finish();
                Variable driven = rows;
                tape.record(() -> {
                    run.beginBackward();
                    for (int t = LAYOUT.steps() - 1; t >= 0; t--) {
                        run.stepBack(t, driven);
                    }
                    run.finishBackward();
                });
            } else {
                List<Variable> none = null;
                rows = Recurrent.run(form, tape, flow, none, regularizers, clip, null)
                        .outputs();
            }
            outputs = rows.value().toArray();
            tape.backward(Gradients.weightedSum(tape, rows, mix));
            inputGradient = input.gradient().toArray();
        }
    }
}
