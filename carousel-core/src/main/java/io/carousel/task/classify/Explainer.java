package io.carousel.task.classify;

import io.carousel.inspect.IntegratedGradients;
import io.carousel.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Explains a decision by integrated gradients. */
final class Explainer {
    private Explainer() {}

    static Explanation explain(
            SequenceClassifier classifier, InputEncoder encoder, Example example, String source, int label) {
        int width = encoder.width();
        float[] encoded = encoder.encode(example, source);
        float[][] rows = new float[encoded.length / width][];
        for (int t = 0; t < rows.length; t++) {
            rows[t] = Arrays.copyOfRange(encoded, t * width, (t + 1) * width);
        }
        List<String> labels = classifier.labels();
        boolean several = classifier.encoding().chosen().several();
        float[] raw = classifier.scores(List.of(example), source, Kernels.best())[0];
        int other = several ? -1 : strongestOther(raw, label);
        double[] of = new double[labels.size()];
        of[label] = 1;
        if (other >= 0) {
            of[other] = -1;
        }
        IntegratedGradients found =
                IntegratedGradients.of(classifier.model().network(), Kernels.best(), rows, of, null);
        List<List<Double>> byFeature = new ArrayList<>();
        if (encoder.vocabulary() == null) {
            for (double[] part : found.attributions()) {
                byFeature.add(Arrays.stream(part).boxed().toList());
            }
        }
        return new Explanation(
                example.id(),
                labels.get(label),
                other < 0 ? "" : labels.get(other),
                encoder.tokens(example),
                encoder.features(),
                Arrays.stream(found.steps()).boxed().toList(),
                byFeature,
                found.output(),
                found.baseline(),
                found.complete());
    }

    private static int strongestOther(float[] raw, int label) {
        int best = -1;
        for (int c = 0; c < raw.length; c++) {
            if (c != label && (best < 0 || raw[c] > raw[best])) {
                best = c;
            }
        }
        return best;
    }
}
