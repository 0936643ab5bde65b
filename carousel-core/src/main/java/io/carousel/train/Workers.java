package io.carousel.train;

import io.carousel.autograd.Tape;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;

/** The workers of a training, each with a tape and a workspace of its own. */
final class Workers implements AutoCloseable {
    private final WorkerPool pool;
    private final List<Tape> tapes;

    Workers(int count, Kernels kernels) {
        pool = new WorkerPool(count);
        tapes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tapes.add(new Tape(kernels, new Workspace()));
        }
    }

    WorkerPool pool() {
        return pool;
    }

    Tape tape(int worker) {
        return tapes.get(worker);
    }

    @Override
    public void close() {
        pool.close();
    }
}
