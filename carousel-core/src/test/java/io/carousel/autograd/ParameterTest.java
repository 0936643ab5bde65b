package io.carousel.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import io.carousel.kernel.Kernels;
import io.carousel.kernel.ScalarKernels;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ParameterTest {
    private final Parameters parameters = Parameters.initialized(
            List.of(new Parameters.Declaration("weight", Shape.of(3, 20), true, Initializer.glorotUniform(1))),
            Rng.of(1));
    private final Parameter weight = parameters.get("weight");

    @Test
    void aWeightIsPackedOnceAfterEachChange() {
        Kernels kernels = Kernels.best();
        Object first = weight.packed(kernels);
        assertThat(weight.packed(kernels)).isSameAs(first);

        parameters.values()[0] = 7;
        parameters.changed();

        assertThat(product(kernels)[0]).isEqualTo(7);
    }

    /** Promise 3: weights are shared, also by threads whose kernels pack them each in a way of its own. */
    @Test
    void threadsWithDifferentKernelsShareAWeight() throws Exception {
        List<Kernels> kernels = List.of(new ScalarKernels(), Kernels.best(), new ScalarKernels(), Kernels.best());
        float[] expected = product(kernels.get(0));
        ExecutorService threads = Executors.newFixedThreadPool(kernels.size());
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (Kernels each : kernels) {
                Callable<Void> reader = () -> {
                    for (int i = 0; i < 20_000; i++) {
                        assertThat(product(each)).isEqualTo(expected);
                    }
                    return null;
                };
                running.add(threads.submit(reader));
            }
            for (Future<Void> thread : running) {
                thread.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The first row of the weight, as a product with it gives it. */
    private float[] product(Kernels kernels) {
        float[] row = new float[20];
        kernels.multiply(1, new float[] {1, 0, 0}, 0, 3, false, weight.packed(kernels), row, 0, 20, false);
        return row;
    }
}
