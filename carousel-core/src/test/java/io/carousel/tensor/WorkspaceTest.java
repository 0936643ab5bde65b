package io.carousel.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkspaceTest {
    @Test
    void tensorsOfOneRoundDoNotOverlap() {
        Workspace workspace = new Workspace();
        Tensor first = workspace.zeros(3, 5);
        Tensor second = workspace.take(70_000);
        Tensor third = workspace.zeros(1);
        second.fill(2);
        third.fill(3);

        assertThat(first.toArray()).containsOnly(0);
        assertThat(second.toArray()).containsOnly(2);
        assertThat(third.toArray()).containsOnly(3);
    }

    @Test
    void inSteadyStateNoArrayIsAllocated() {
        Workspace workspace = new Workspace();
        for (int round = 0; round < 3; round++) {
            workspace.take(5_000);
            workspace.take(90_000);
            workspace.reset();
        }
        float[] data = workspace.take(5_000).data();
        long capacity = workspace.capacity();
        workspace.take(90_000);
        workspace.reset();

        assertThat(workspace.take(5_000).data()).isSameAs(data);
        assertThat(workspace.capacity()).isEqualTo(capacity);
    }

    @Test
    void holdsNoMoreThanTheLargestRoundNeeded() {
        Workspace workspace = new Workspace();
        for (int tensor = 0; tensor < 100; tensor++) {
            workspace.take(1_000);
        }
        long needed = workspace.taken();
        workspace.reset();

        assertThat(needed).isEqualTo(100 * 1_008);
        assertThat(workspace.capacity()).isEqualTo(needed);
        assertThat(workspace.taken()).isZero();
    }

    @Test
    void tensorsStartAtCacheLines() {
        Workspace workspace = new Workspace();
        workspace.take(3);

        assertThat(workspace.take(3).offset()).isEqualTo(16);
    }
}
