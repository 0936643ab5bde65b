package io.carousel.task.classify;

import io.carousel.data.Standardizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What brings sequences of numbers to a mean of 0 and a deviation of 1, and back.
 *
 * @param scaling how
 * @param learned a scale for each feature, of the training examples; none where sequences have their own, or numbers are taken
 *     as they are
 */
public record FeatureScales(NumberScaling scaling, List<Standardizer> learned) {
    public FeatureScales {
        learned = List.copyOf(learned);
    }

    /** Learns the scales of training examples. */
    public static FeatureScales fit(NumberScaling scaling, ExampleSet set) {
        int width = set.features().size();
        List<Standardizer> scales = new ArrayList<>();
        if (scaling == NumberScaling.ALL) {
            scales.addAll(Collections.nCopies(width, Standardizer.fit(column(set, 0, 1))));
        }
        for (int f = 0; scaling == NumberScaling.FEATURES && f < width; f++) {
            scales.add(Standardizer.fit(column(set, f, width)));
        }
        return new FeatureScales(scaling, scales);
    }

    /** Every so many numbers of all examples. */
    private static double[] column(ExampleSet set, int first, int every) {
        List<float[]> all = set.examples().stream()
                .map(example -> ((ExampleInput.Numbers) example.input()).values())
                .toList();
        double[] column = new double
                [all.stream().mapToInt(values -> values.length / every).sum()];
        int at = 0;
        for (float[] values : all) {
            for (int i = first; i < values.length; i += every) {
                column[at++] = values[i];
            }
        }
        return column;
    }

    /**
     * Checks that there is a scale for each feature that is scaled.
     *
     * @throws IllegalArgumentException when there is not
     */
    public void requireFit(int features) {
        boolean fixed = scaling == NumberScaling.FEATURES || scaling == NumberScaling.ALL;
        if (learned.size() != (fixed ? features : 0)) {
            throw new IllegalArgumentException("task must have a scale for each feature that is scaled, got "
                    + learned.size() + " for " + features + " features");
        }
    }

    /**
     * The scales of the features of one sequence.
     *
     * @param values {@code [T, features]}, at least one time step
     */
    public List<Standardizer> of(float[] values, int features) {
        return switch (scaling) {
            case NONE -> Collections.nCopies(features, Standardizer.IDENTITY);
            case FEATURES, ALL -> learned;
            case SEQUENCES -> own(values, features);
        };
    }

    private static List<Standardizer> own(float[] values, int features) {
        List<Standardizer> own = new ArrayList<>();
        for (int f = 0; f < features; f++) {
            double[] column = new double[values.length / features];
            for (int t = 0; t < column.length; t++) {
                column[t] = values[t * features + f];
            }
            own.add(Standardizer.fit(column));
        }
        return own;
    }

    /** Scaled numbers, as a copy. */
    public static float[] scaled(float[] values, List<Standardizer> scales) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = (float) scales.get(i % scales.size()).transform(values[i]);
        }
        return scaled;
    }

    /** Numbers as they were before they were scaled, as a copy. */
    public static float[] unscaled(float[] scaled, List<Standardizer> scales) {
        float[] values = new float[scaled.length];
        for (int i = 0; i < scaled.length; i++) {
            values[i] = (float) scales.get(i % scales.size()).inverse(scaled[i]);
        }
        return values;
    }
}
