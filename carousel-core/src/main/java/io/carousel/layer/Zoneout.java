package io.carousel.layer;

import io.carousel.autograd.Tape;
import io.carousel.cell.Cell;
import io.carousel.cell.CellStep;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements of the state that stay as they were: {@code next = z ⊙ previous + (1 - z) ⊙ proposal}, where the proposal is what
 * the cell makes of the previous state.
 *
 * <p>In training z is drawn from {0, 1}; in prediction it is the rate. The cell sees its own proposal as the next state,
 * backwards too; its output is that of its proposed memory, as in the paper.
 */
final class Zoneout implements StepHook {
    private final Kernels kernels;
    private final BatchLayout layout;
    private final Part[] parts;

    /** A part of the state that may stay. */
    private record Part(int index, int size, Slice z, int zStart, Tensor proposal, Slice next, Slice kept) {}

    private Zoneout(Kernels kernels, BatchLayout layout, Part[] parts) {
        this.kernels = kernels;
        this.layout = layout;
        this.parts = parts;
    }

    /**
     * The zoneout of one run.
     *
     * @param z for each part of the state: one row for all, or one for each row of the batch; null where it never stays
     */
    static Zoneout of(Tape tape, BatchLayout layout, Cell cell, @Nullable Slice[] z) {
        List<StatePart> state = cell.state();
        Part[] parts = new Part[z.length];
        int count = 0;
        for (int p = 0; p < z.length; p++) {
            Slice choice = z[p];
            if (choice != null) {
                int size = state.get(p).size();
                parts[count++] = new Part(
                        p,
                        size,
                        Slice.of(choice.array(), choice.offset(), choice.stride()),
                        choice.offset(),
                        tape.workspace().take(layout.rows(), size),
                        new Slice(),
                        tape.workspace().take(layout.sequences(), size).slice());
            }
        }
        return new Zoneout(tape.kernels(), layout, Arrays.copyOf(parts, count));
    }

    /** What the cell made of a part of the state in each time step, {@code [N, size]}; null where all of it is taken. */
    @Nullable
    Tensor proposal(int index) {
        for (Part part : parts) {
            if (part.index() == index) {
                return part.proposal();
            }
        }
        return null;
    }

    /** Whether any part of a state may stay. */
    static boolean isOn(Regularization regularization) {
        return regularization.zoneoutHidden() > 0 || regularization.zoneoutCell() > 0;
    }

    /** The rates as one row for each part of the state, for prediction. */
    static @Nullable Slice[] rates(Regularization regularization, Cell cell) {
        List<StatePart> state = cell.state();
        @Nullable Slice[] rates = new Slice[state.size()];
        for (int p = 0; p < rates.length; p++) {
            double rate = rate(regularization, p);
            if (rate > 0) {
                float[] row = new float[state.get(p).size()];
                Arrays.fill(row, (float) rate);
                rates[p] = Slice.of(row, 0, 0);
            }
        }
        return rates;
    }

    /** For each part of the state, whether an element stays, for each row of a batch; parts but the output share them. */
    static @Nullable Slice[] choices(Regularization regularization, Cell cell, Tape tape, BatchLayout layout, Rng rng) {
        List<StatePart> state = cell.state();
        @Nullable Slice[] choices = new Slice[state.size()];
        if (regularization.zoneoutHidden() > 0) {
            Tensor hidden = tape.workspace().take(layout.rows(), state.get(0).size());
            choose(hidden, regularization.zoneoutHidden(), rng.stream("hidden"));
            choices[0] = hidden.slice();
        }
        if (regularization.zoneoutCell() > 0) {
            int widest = state.stream().skip(1).mapToInt(StatePart::size).max().orElse(0);
            Tensor memory = tape.workspace().take(layout.rows(), widest);
            choose(memory, regularization.zoneoutCell(), rng.stream("cell"));
            Arrays.fill(choices, 1, choices.length, memory.slice());
        }
        return choices;
    }

    private static void choose(Tensor z, double rate, Rng rng) {
        rng.choose((float) rate, 1, 0, z.size(), z.data(), z.offset());
    }

    private static double rate(Regularization regularization, int part) {
        return part == 0 ? regularization.zoneoutHidden() : regularization.zoneoutCell();
    }

    @Override
    public void place(CellStep step, int t) {
        int row = layout.rowOffset(t);
        for (Part part : parts) {
            Slice next = step.next(part.index());
            part.next().place(next.array(), next.offset(), next.stride());
            Tensor proposal = part.proposal();
            next.place(proposal.data(), proposal.offset() + row * part.size(), part.size());
            Slice z = part.z();
            z.place(z.array(), part.zStart() + row * z.stride(), z.stride());
        }
    }

    @Override
    public void afterStep(CellStep step) {
        for (Part part : parts) {
            int p = part.index();
            kernels.mix(step.rows(), part.size(), part.z(), step.previous(p), step.next(p), part.next());
        }
    }

    @Override
    public void beforeBackward(CellStep step) {
        for (Part part : parts) {
            Slice gradient = step.gradient(part.index());
            kernels.multiply(step.rows(), part.size(), gradient, part.z(), part.kept());
            kernels.multiplyComplement(step.rows(), part.size(), gradient, part.z(), gradient);
        }
    }

    @Override
    public void afterBackward(CellStep step) {
        for (Part part : parts) {
            Slice gradient = step.gradient(part.index());
            kernels.add(step.rows(), part.size(), gradient, part.kept(), gradient);
        }
    }
}
