package io.carousel.layer;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.tensor.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every layer of a network gets for one batch.
 *
 * @param parameters those of the whole network
 * @param source what a decoder reads besides its input; null for nothing
 * @param initial the state before the first time step; null for what the source gives, or else zeros and what is learned
 * @param last where each layer puts the parts of the state after the last time step, {@code [B, size]} in the caller's
 *     order
 * @param penalties where layers add scalars that training makes small beside the loss
 * @param attention where decoders tell what they attended to
 * @param dropout the random numbers of this batch in training; null in prediction, when nothing is random or penalised
 * @param observer sees what recurrent layers compute; null for nobody
 */
public record LayerContext(
        Tape tape,
        Parameters parameters,
        @Nullable TapedSource source,
        @Nullable State initial,
        Map<String, Variable> last,
        List<Variable> penalties,
        List<Attention> attention,
        @Nullable Rng dropout,
        @Nullable RunObserver observer) {
    /** A context without a source that gathers penalties anew. */
    public LayerContext(
            Tape tape,
            Parameters parameters,
            @Nullable State initial,
            Map<String, Variable> last,
            @Nullable Rng dropout) {
        this(tape, parameters, null, initial, last, new ArrayList<>(), new ArrayList<>(), dropout, null);
    }
}
