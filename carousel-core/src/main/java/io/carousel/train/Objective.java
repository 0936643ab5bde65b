package io.carousel.train;

import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.tensor.Rng;
import org.jspecify.annotations.Nullable;

/**
 * What a training makes small: parameters, numbered examples, and the loss of any few of them.
 *
 * <p>{@link #forward} is called from several threads at a time, each with its own tape, and must depend on nothing but its
 * arguments, the parameters' values and {@link #beforeUpdate}.
 */
public interface Objective {
    Parameters parameters();

    /** The number of examples (sequences); they are numbered from 0. */
    int examples();

    /**
     * Tells which update comes next, for what changes in the course of a training; called before any {@link #forward} of it, by the
     * thread that trains. A training that is resumed goes on where it stood.
     *
     * @param step its place in the whole training, from 1
     */
    default void beforeUpdate(long step) {}

    /**
     * The loss of a shard.
     *
     * @param tape begun; it records in training and does not in validation
     * @param examples numbers of examples, of which those from {@code from} to before {@code to} are the shard
     * @param dropout a stream of this shard's own; null where nothing is dropped
     */
    ShardLoss forward(Tape tape, int[] examples, int from, int to, @Nullable Rng dropout);
}
