package io.carousel.train;

import io.carousel.autograd.Tape;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;

/** The workers of a training, each with tapes and workspaces of its own. */
final class Workers implements AutoCloseable {
    private final WorkerPool pool;
    private final Kernels kernels;
    private final List<List<Tape>> tapes;

    Workers(int count, Kernels kernels) {
        this.kernels = kernels;
        pool = new WorkerPool(count);
        tapes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tapes.add(new ArrayList<>());
        }
    }

    WorkerPool pool() {
        return pool;
    }

    /** The tape with that number of a worker, which alone asks for it; made when first asked for. */
    Tape tape(int worker, int number) {
        List<Tape> own = tapes.get(worker);
        while (own.size() <= number) {
            own.add(new Tape(kernels, new Workspace()));
        }
        return own.get(number);
    }

    @Override
    public void close() {
        pool.close();
    }
}
