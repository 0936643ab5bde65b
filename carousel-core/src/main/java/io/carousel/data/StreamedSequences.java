package io.carousel.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences in memory as {@link Streams}: each a stream of its own, or several one after the other.
 *
 * <p>Immutable, as long as nobody writes the arrays of the sequences.
 */
public final class StreamedSequences implements Streams {
    private final int features;
    private final int targets;
    private final List<List<LabelledSequence>> streams;
    /** For each stream, the time steps at which its sequences start, and its length at the end. */
    private final int[][] starts;

    private StreamedSequences(List<List<LabelledSequence>> streams, int features, int targets) {
        this.streams = streams;
        this.features = features;
        this.targets = targets;
        starts = new int[streams.size()][];
        for (int stream = 0; stream < starts.length; stream++) {
            List<LabelledSequence> parts = streams.get(stream);
            starts[stream] = new int[parts.size() + 1];
            for (int i = 0; i < parts.size(); i++) {
                starts[stream][i + 1] =
                        Math.addExact(starts[stream][i], parts.get(i).length());
            }
        }
    }

    /**
     * Each sequence a stream of its own.
     *
     * @throws IllegalArgumentException when there are none, or their features or targets differ in number
     */
    public static StreamedSequences each(List<LabelledSequence> sequences) {
        return of(sequences, sequences.stream().map(List::of).toList());
    }

    /**
     * As many streams as wanted, about equally long: each sequence goes to the stream that is the shortest so far.
     *
     * <p>So the batches of a training stay full until the end: where a sequence ends, the next one starts.
     *
     * @throws IllegalArgumentException when there are fewer sequences than streams, or their features or targets differ in
     *     number
     */
    public static StreamedSequences packed(List<LabelledSequence> sequences, int streams) {
        if (streams < 1 || streams > sequences.size()) {
            throw new IllegalArgumentException(
                    "streams must be from 1 to the number of sequences, " + sequences.size() + ", got " + streams);
        }
        List<List<LabelledSequence>> packed = new ArrayList<>();
        for (int stream = 0; stream < streams; stream++) {
            packed.add(new ArrayList<>());
        }
        long[] lengths = new long[streams];
        for (LabelledSequence sequence : sequences) {
            int shortest = 0;
            for (int stream = 1; stream < streams; stream++) {
                if (lengths[stream] < lengths[shortest]) {
                    shortest = stream;
                }
            }
            packed.get(shortest).add(sequence);
            lengths[shortest] += sequence.length();
        }
        return of(sequences, packed.stream().map(List::copyOf).toList());
    }

    private static StreamedSequences of(List<LabelledSequence> sequences, List<List<LabelledSequence>> streams) {
        int features = -1;
        int targets = -1;
        for (int i = 0; i < sequences.size(); i++) {
            LabelledSequence sequence = sequences.get(i);
            for (int t = 0; t < sequence.length(); t++) {
                features = same(features, sequence.inputs()[t].length, "features", i, t);
                float[] target = sequence.targets().get(t);
                if (target != null) {
                    targets = same(targets, target.length, "targets", i, t);
                }
            }
        }
        if (features < 0 || targets < 0) {
            throw new IllegalArgumentException("sequences must have at least one time step with targets, got "
                    + sequences.size() + " sequences without; give some");
        }
        return new StreamedSequences(streams, features, targets);
    }

    private static int same(int before, int found, String what, int sequence, int timeStep) {
        if (before >= 0 && before != found) {
            throw new IllegalArgumentException("time step " + timeStep + " of sequence " + sequence + " must have "
                    + before + " " + what + " like those before, got " + found);
        }
        return found;
    }

    @Override
    public int count() {
        return starts.length;
    }

    @Override
    public int length(int stream) {
        return starts[stream][starts[stream].length - 1];
    }

    @Override
    public int features() {
        return features;
    }

    @Override
    public int targets() {
        return targets;
    }

    @Override
    public boolean starts(int stream, int timeStep) {
        return Arrays.binarySearch(starts[stream], timeStep) >= 0;
    }

    @Override
    public void input(int stream, int timeStep, float[] x, int offset) {
        int sequence = sequence(stream, timeStep);
        float[] row = streams.get(stream).get(sequence).inputs()[timeStep - starts[stream][sequence]];
        System.arraycopy(row, 0, x, offset, features);
    }

    @Override
    public boolean target(int stream, int timeStep, float[] y, int offset) {
        int sequence = sequence(stream, timeStep);
        float[] row = streams.get(stream).get(sequence).targets().get(timeStep - starts[stream][sequence]);
        if (row == null) {
            return false;
        }
        System.arraycopy(row, 0, y, offset, targets);
        return true;
    }

    /** The last sequence that starts at or before a time step: those of no length before it are passed over. */
    private int sequence(int stream, int timeStep) {
        int[] bounds = starts[stream];
        int low = 0;
        int high = bounds.length - 2;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (bounds[middle] <= timeStep) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
