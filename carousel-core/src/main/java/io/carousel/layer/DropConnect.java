package io.carousel.layer;

import io.carousel.autograd.Parameter;
import io.carousel.autograd.Tape;
import io.carousel.cell.Cell;
import io.carousel.cell.CellWeight;
import io.carousel.cell.CellWeight.Role;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recurrent weights of which some are dropped, the same for all rows of a run.
 *
 * <p>The cell gets masked copies; the derivative of a copy is added to that of its weight through the mask.
 */
final class DropConnect {
    private final Tape tape;
    private final List<Parameter> originals;
    private final List<Parameter> weights;
    private final List<@Nullable Tensor> masks;

    private DropConnect(Tape tape, List<Parameter> originals, List<Parameter> weights, List<@Nullable Tensor> masks) {
        this.tape = tape;
        this.originals = originals;
        this.weights = weights;
        this.masks = masks;
    }

    /** Drops nothing. */
    static DropConnect none(Tape tape, List<Parameter> weights) {
        return new DropConnect(tape, weights, weights, List.of());
    }

    /** Drops weights at random; each weight has a stream of its own. */
    static DropConnect of(Tape tape, Cell cell, List<Parameter> weights, double rate, Rng rng) {
        List<CellWeight> kinds = cell.weights();
        List<@Nullable Tensor> masks = new ArrayList<>();
        List<Parameter> copies = new ArrayList<>(weights);
        for (int i = 0; i < weights.size(); i++) {
            Tensor mask = null;
            if (kinds.get(i).role() == Role.RECURRENT) {
                mask = tape.workspace().take(kinds.get(i).shape());
                rng.stream(kinds.get(i).name())
                        .choose((float) rate, 0, 1 / (1 - (float) rate), mask.size(), mask.data(), mask.offset());
                copies.set(i, tape.masked(weights.get(i), mask));
            }
            masks.add(mask);
        }
        return new DropConnect(tape, weights, copies, masks);
    }

    /** The weights for the cell. */
    List<Parameter> weights() {
        return weights;
    }

    /** Adds the derivatives of the copies to those of their weights. */
    void addGradients() {
        Kernels kernels = tape.kernels();
        for (int i = 0; i < masks.size(); i++) {
            Tensor mask = mask(i);
            if (mask != null) {
                Tensor from = tape.gradient(weights.get(i));
                Tensor to = tape.gradient(originals.get(i));
                kernels.multiplyAddElements(
                        mask.size(), from.data(), from.offset(), mask.data(), mask.offset(), to.data(), to.offset());
            }
        }
    }

    /** The factors of a weight; null where nothing is dropped. */
    @Nullable
    Tensor mask(int weight) {
        return masks.isEmpty() ? null : masks.get(weight);
    }
}
