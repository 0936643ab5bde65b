package io.carousel.layer;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.cell.Cell;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Slice;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The masks of one run of a cell over a batch: see {@link Regularization}.
 *
 * @param input {@code [B, F]}, rows in the order of the layout; null for none
 * @param recurrent {@code [B, H]}, rows in the order of the layout; null for none
 * @param dropConnect the weights for the cell
 * @param zoneout for each part of the state the share that stays: one row for all, or one for each row of the batch, or null
 *     where nothing stays; null for none at all
 */
record Regularizers(
        @Nullable Tensor input,
        @Nullable Tensor recurrent,
        DropConnect dropConnect,
        @Nullable Slice @Nullable [] zoneout) {

    /** No regulariser. */
    static Regularizers none(Tape tape, List<Parameter> weights) {
        return new Regularizers(null, null, DropConnect.none(tape, weights), null);
    }

    /**
     * Draws masks, each from a stream of its own.
     *
     * @param rng the random numbers of this run; null in prediction, where only zoneout's mean is at work
     */
    static Regularizers of(
            Regularization regularization,
            Cell cell,
            List<Parameter> weights,
            Tape tape,
            BatchLayout layout,
            @Nullable Rng rng) {
        boolean zoned = Zoneout.isOn(regularization);
        if (rng == null) {
            return new Regularizers(
                    null, null, DropConnect.none(tape, weights), zoned ? Zoneout.rates(regularization, cell) : null);
        }
        int sequences = layout.sequences();
        return new Regularizers(
                dropout(tape, sequences, cell.inputSize(), regularization.inputDropout(), rng.stream("input")),
                dropout(tape, sequences, cell.hiddenSize(), regularization.recurrentDropout(), rng.stream("recurrent")),
                regularization.dropConnect() > 0
                        ? DropConnect.of(tape, cell, weights, regularization.dropConnect(), rng.stream("weights"))
                        : DropConnect.none(tape, weights),
                zoned ? Zoneout.choices(regularization, cell, tape, layout, rng.stream("zoneout")) : null);
    }

    private static @Nullable Tensor dropout(Tape tape, int rows, int columns, double rate, Rng rng) {
        if (rate == 0) {
            return null;
        }
        Tensor mask = tape.workspace().take(rows, columns);
        rng.choose((float) rate, 0, 1 / (1 - (float) rate), mask.size(), mask.data(), mask.offset());
        return mask;
    }

    /** The inputs of the cell. */
    Flow input(Tape tape, Flow flow) {
        return input == null ? flow : InputMask.apply(tape, flow, input);
    }

    /** What recurrent dropout does around the steps of the cell. */
    @Nullable
    RecurrentMask mask(Tape tape, BatchLayout layout) {
        return recurrent == null ? null : new RecurrentMask(tape, layout, recurrent);
    }

    /** What zoneout does around the steps of the cell. */
    @Nullable
    Zoneout zoneout(Tape tape, Cell cell, BatchLayout layout) {
        return zoneout == null ? null : Zoneout.of(tape, layout, cell, zoneout);
    }
}
