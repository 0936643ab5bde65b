package io.carousel.layer;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Parameters;
import io.carousel.cell.CellInput;
import io.carousel.cell.CellStep;
import io.carousel.cell.StatePart;
import io.carousel.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;

/** The direct path: every cell's state in place, rows of activations reused. */
final class StackStepper implements LayerStepper {
    private final List<PassStepper> steppers = new ArrayList<>();

    StackStepper(Kernels kernels, List<Level> levels, Parameters parameters, int rows) {
        for (Level level : levels) {
            Pass pass = level.passes().get(0);
            steppers.add(new PassStepper(kernels, pass, pass.weights(parameters), rows));
        }
    }

    @Override
    public void step(int rows, float[] x, int xOffset, float[] y, int yOffset) {
        float[] input = x;
        int offset = xOffset;
        for (int i = 0; i < steppers.size(); i++) {
            PassStepper stepper = steppers.get(i);
            stepper.step(rows, input, offset);
            input = stepper.output();
            offset = 0;
        }
        System.arraycopy(
                input, 0, y, yOffset, rows * steppers.get(steppers.size() - 1).outputSize());
    }

    @Override
    public void load(State state) {
        steppers.forEach(stepper -> stepper.load(state));
    }

    @Override
    public void store(State state) {
        steppers.forEach(stepper -> stepper.store(state));
    }

    /** One cell of the direct path. The state is kept twice: the cell reads one copy and writes the other. */
    private static final class PassStepper {
        private final Pass pass;
        private final List<StatePart> parts;
        private final CellInput inputs;
        private final CellStep step;
        private final float[] activations;
        private final float[] saved;
        private float[][] current;
        private float[][] other;

        PassStepper(Kernels kernels, Pass pass, List<Parameter> weights, int rows) {
            this.pass = pass;
            this.parts = pass.state();
            inputs = new CellInput(kernels, pass.cell(), weights);
            step = new CellStep(kernels, pass.cell(), weights);
            activations = new float
                    [Math.multiplyExact(rows, Recurrent.width(pass.cell().activations()))];
            saved = new float
                    [Math.multiplyExact(rows, Recurrent.width(pass.cell().saved()))];
            current = new float[parts.size()][];
            other = new float[parts.size()][];
            for (int p = 0; p < parts.size(); p++) {
                current[p] = new float[Math.multiplyExact(rows, parts.get(p).size())];
                other[p] = new float[current[p].length];
            }
        }

        void step(int rows, float[] x, int xOffset) {
            inputs.place(rows, activations, 0, saved, 0);
            inputs.placeInput(x, xOffset);
            pass.cell().input(inputs);
            step.place(rows, activations, 0, saved, 0);
            for (int p = 0; p < current.length; p++) {
                int size = parts.get(p).size();
                step.previous(p).place(current[p], 0, size);
                step.next(p).place(other[p], 0, size);
            }
            pass.cell().step(step);
            keepOthers(rows);
            float[][] swap = current;
            current = other;
            other = swap;
        }

        /** Sequences that are not fed now keep their state. */
        private void keepOthers(int rows) {
            for (int p = 0; p < current.length; p++) {
                int fed = rows * parts.get(p).size();
                System.arraycopy(current[p], fed, other[p], fed, current[p].length - fed);
            }
        }

        float[] output() {
            return current[0];
        }

        int outputSize() {
            return pass.cell().hiddenSize();
        }

        void load(State state) {
            for (int p = 0; p < parts.size(); p++) {
                float[] values = state.values(parts.get(p).name());
                System.arraycopy(values, 0, current[p], 0, values.length);
            }
        }

        void store(State state) {
            for (int p = 0; p < parts.size(); p++) {
                float[] values = state.values(parts.get(p).name());
                System.arraycopy(current[p], 0, values, 0, values.length);
            }
        }
    }
}
