package io.carousel.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.data.SequenceBatch;
import io.carousel.kernel.Kernels;
import io.carousel.kernel.PackedMatrix;
import io.carousel.kernel.ScalarKernels;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.Networks;
import io.carousel.loss.Losses;
import io.carousel.loss.SquaredLoss;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import io.carousel.tensor.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Promise 2: what waits to be summed gives the same bits as what is added at once, however shards come in waves. */
class GradientSumTest {
    private static final int[][] SEQUENCES = {{5, 3, 7}, {1, 4, 4}, {6}, {2, 9}};
    private static final int[][] WAVES = {{4}, {1, 1, 1, 1}, {3, 1}};

    private final Kernels kernels = Kernels.best();

    static Stream<NetworkSpec> specs() {
        return Networks.specs();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void promiseTwoEveryNetworkHasTheSumOfWhatItsShardsHave(NetworkSpec spec) {
        Network network = Networks.network(spec);
        List<Consumer<Tape>> shards = new ArrayList<>();
        for (int s = 0; s < SEQUENCES.length; s++) {
            SequenceBatch batch = Networks.batch(Networks.sequences(SEQUENCES[s]));
            Rng dropout = Rng.of(3).stream(s);
            shards.add(tape -> {
                Variable rows = network.forward(tape, batch, null, dropout).rows();
                Tensor target = Tensor.zeros(rows.value().rows(), rows.value().columns());
                tape.backward(Losses.apply(tape, new SquaredLoss(), rows, target));
            });
        }
        requireSumOfShards(network.parameters(), shards);
    }

    @Test
    void rowsProductsAndWholeGradientsOfOneMatrixAreAddedInTheirOrder() {
        Parameters parameters = Parameters.of(
                List.of(declaration("before", 3, 2), declaration("table", 300, 18), declaration("after", 5, 40)));
        Parameter table = parameters.get("table");
        Rng rng = Rng.of(1);
        for (int i = 0; i < 100; i++) {
            List<Consumer<Tape>> shards = new ArrayList<>();
            for (int s = 0; s < 4; s++) {
                int first = rng.nextInt(6);
                int second = rng.nextInt(6);
                long seed = rng.nextLong();
                shards.add(tape -> {
                    add(first, tape, table, Rng.of(seed));
                    add(second, tape, table, Rng.of(seed + 1));
                });
            }
            requireSumOfShards(parameters, shards);
        }
    }

    private void add(int kind, Tape tape, Parameter table, Rng rng) {
        switch (kind) {
            case 0 -> tape.addRowGradients(table, new int[] {299, 17, 0, 17}, random(rng, 4, 18));
            case 1 -> tape.addRowGradients(table, new int[] {16, 18, 17}, random(rng, 3, 18));
            case 2 ->
                tape.addWeightGradient(
                        table,
                        7,
                        random(rng, 7, 300).slice(),
                        random(rng, 7, 18).slice());
            case 3 -> {
                PackedMatrix x = tape.packedOperand(table, 7, random(rng, 7, 18).slice());
                tape.addWeightGradient(table, 30, 250, random(rng, 7, 250).slice(), x);
            }
            case 4 -> {
                Tensor gradient = tape.gradient(table);
                kernels.add(gradient.size(), random(rng, 300, 18).data(), 0, gradient.data(), gradient.offset());
            }
            default -> {}
        }
    }

    @Test
    void rowsThatNobodyReadAreKnownToBeZeroAndAreClearedAfterTheNextSum() {
        Parameters parameters = Parameters.of(List.of(declaration("table", 64, 4)));
        Parameter table = parameters.get("table");
        GradientSum sum = new GradientSum(parameters, new ScalarKernels(), 1, 512);
        ShardGradient[] shards = {sum.shard()};
        Tape tape = new Tape(new ScalarKernels(), new Workspace());
        for (int[] rows : new int[][] {{5, 6, 40}, {7}}) {
            tape.begin(shards[0]);
            tape.addRowGradients(table, rows, ones(rows.length, 4));
            sum.block(0).add(shards, 1, true, true);
        }
        List<String> ranges = new ArrayList<>();

        sum.block(0).forEachRange((from, to) -> ranges.add(from + ".." + to));

        assertThat(ranges).containsExactly("28..32");
        assertThat(sum.block(0).isZero(0, 28)).isTrue();
        assertThat(sum.block(0).isZero(0, 29)).isFalse();
        assertThat(sum.block(0).isZero(32, 256)).isTrue();
        float[] expected = new float[256];
        Arrays.fill(expected, 28, 32, 1);
        assertThat(sum.total()).isEqualTo(expected);
    }

    @Test
    void aParameterOfAnotherNetworkIsRefused() {
        Parameters parameters = Parameters.of(List.of(declaration("mine", 2, 2)));
        Parameters others = Parameters.of(List.of(declaration("theirs", 2, 2)));
        Tape tape = new Tape(kernels, new Workspace());
        tape.begin(new GradientSum(parameters, kernels).shard());

        assertThatThrownBy(() -> tape.gradient(others.get("theirs")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter must be one of those that are trained, got another theirs [2, 2]; "
                        + "train its network");
    }

    private static Parameters.Declaration declaration(String name, int rows, int columns) {
        return new Parameters.Declaration(name, Shape.of(rows, columns), true, Initializer.constant(0));
    }

    private static Tensor random(Rng rng, int rows, int columns) {
        return Tensor.of(Shape.of(rows, columns), Gradients.normal(rng, rows * columns, 1));
    }

    private static Tensor ones(int rows, int columns) {
        Tensor tensor = Tensor.zeros(rows, columns);
        tensor.fill(1);
        return tensor;
    }

    private void requireSumOfShards(Parameters parameters, List<Consumer<Tape>> shards) {
        Tape tape = new Tape(kernels, new Workspace());
        float[] expected = new float[parameters.size()];
        for (int s = 0; s < shards.size(); s++) {
            float[] gradient = new float[parameters.size()];
            tape.begin(gradient);
            shards.get(s).accept(tape);
            if (s == 0) {
                System.arraycopy(gradient, 0, expected, 0, expected.length);
            } else {
                kernels.add(expected.length, gradient, 0, expected, 0);
            }
        }
        GradientSum sum = new GradientSum(parameters, kernels, 1, 512);
        for (int[] waves : WAVES) {
            int first = 0;
            for (int count : waves) {
                ShardGradient[] wave = new ShardGradient[count];
                List<Tape> tapes = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    wave[i] = sum.shard();
                    tapes.add(new Tape(kernels, new Workspace()));
                    tapes.get(i).begin(wave[i]);
                    shards.get(first + i).accept(tapes.get(i));
                }
                for (int block = sum.blocks() - 1; block >= 0; block--) {
                    sum.block(block).add(wave, count, first == 0, first + count == shards.size());
                }
                first += count;
            }
            assertThat(Arrays.mismatch(sum.total(), expected))
                    .as("first weight that differs with waves of %s", waves)
                    .isEqualTo(-1);
        }
    }
}
