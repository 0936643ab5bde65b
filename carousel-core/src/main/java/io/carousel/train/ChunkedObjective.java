package io.carousel.train;

import io.carousel.autograd.Tape;
import io.carousel.cell.StatePart;
import io.carousel.layer.State;
import io.carousel.tensor.Rng;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An objective whose examples are so long that they are read a chunk of time steps at a time, with an update after each.
 *
 * <p>The trainer takes a mini-batch of examples through all its chunks before it goes on to the next; a shard is always the
 * same examples. What an example carries from chunk to chunk stands in a {@link State} that the trainer owns, hands to each
 * chunk, and writes into its checkpoints; so the objective itself remembers nothing.
 */
public interface ChunkedObjective extends Objective {
    /** The chunks of the longest example. */
    int chunks();

    /** What one example carries from chunk to chunk. */
    List<StatePart> carried();

    /** How examples are cut, in words: a checkpoint is resumed only by an objective that says the same. */
    String cut();

    /**
     * The loss of the targets in one chunk of a shard, whose weight is 0 where there are none; then there is no update.
     *
     * @param tape begun; it records
     * @param examples numbers of examples, of which those from {@code from} to before {@code to} are the shard
     * @param dropout a stream of this shard's and chunk's own; null where nothing is dropped
     */
    ShardLoss forward(Tape tape, int[] examples, int from, int to, Chunk chunk, @Nullable Rng dropout);

    /**
     * The loss of examples over all their chunks, from the start on and without updates between them.
     *
     * @param tape begun; when it records, the gradient flows back to the first time step, else it may be begun anew
     */
    @Override
    ShardLoss forward(Tape tape, int[] examples, int from, int to, @Nullable Rng dropout);

    /**
     * One chunk of a mini-batch.
     *
     * @param number from 0
     * @param carried what each example of the mini-batch carries; of each example of the shard, what it carried into the chunk
     *     is replaced by what it carries out; undefined at the first chunk
     * @param first the example {@code examples[from + i]} stands at place {@code from + i - first} of {@code carried}
     */
    record Chunk(int number, State carried, int first) {}
}
