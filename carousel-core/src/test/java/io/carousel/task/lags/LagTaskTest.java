package io.carousel.task.lags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carousel.data.SequenceBatch;
import io.carousel.tensor.Rng;
import io.carousel.tensor.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LagTaskTest {
    private static final Rng RNG = Rng.of(5);

    static List<LagTask> tasks() {
        return LagTasks.paper().stream().filter(task -> task.span() <= 512).toList();
    }

    private static List<LagSequence> some(LagTask task, int count) {
        return IntStream.range(0, count).mapToObj(i -> task.training(RNG, i)).toList();
    }

    private static int[] symbols(LagSequence sequence) {
        return ((LagSequence.Symbols) sequence.inputs()).symbols();
    }

    private static float[] values(LagSequence sequence) {
        return ((LagSequence.Values) sequence.inputs()).values();
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void sequencesFitTheirTaskAndComeOutAgain(LagTask task) {
        for (int i = 0; i < 20; i++) {
            LagSequence sequence = task.training(RNG, i);
            LagSequence again = task.training(Rng.of(5), i);

            assertThat(sequence.inputs().width()).isEqualTo(task.inputs());
            assertThat(sequence.targets()).hasDimensions(task.everyStep() ? sequence.length() : 1, task.outputs());
            assertThat(again.targets()).isDeepEqualTo(sequence.targets());
            float[] row = new float[task.inputs()];
            float[] rowAgain = new float[task.inputs()];
            assertThat(again.length()).isEqualTo(sequence.length());
            for (int t = 0; t < sequence.length(); t++) {
                sequence.inputs().write(t, row, 0);
                again.inputs().write(t, rowAgain, 0);
                assertThat(rowAgain).isEqualTo(row);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void theTruthIsRightAndOutputsHalfAsSureAreWrong(LagTask task) {
        LagSequence sequence = task.test(RNG, 3);
        float[][] opposite = Arrays.stream(sequence.truth())
                .map(row -> {
                    float[] other = row.clone();
                    for (int i = 0; i < other.length; i++) {
                        other[i] += other[i] > 0.5 ? -0.5f : 0.5f;
                    }
                    return other;
                })
                .toArray(float[][]::new);

        assertThat(task.error(sequence, sequence.truth())).isLessThan(task.tolerance());
        assertThat(task.error(sequence, opposite)).isGreaterThanOrEqualTo(task.tolerance());
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void aBatchHoldsInputsAndTargetsWhereItsLayoutSays(LagTask task) {
        List<LagSequence> sequences = some(task, 4);

        LagBatch batch = LagBatch.of(task, sequences, new Workspace());

        SequenceBatch inputs = batch.inputs();
        float[] row = new float[task.inputs()];
        for (int index = 0; index < sequences.size(); index++) {
            LagSequence sequence = sequences.get(index);
            for (int t = 0; t < sequence.length(); t++) {
                sequence.inputs().write(t, row, 0);
                int offset = inputs.offset(index, t);
                assertThat(Arrays.copyOfRange(inputs.values().data(), offset, offset + row.length))
                        .isEqualTo(row);
            }
            for (int step = 0; step < sequence.targets().length; step++) {
                int offset = batch.targets().offset() + batch.row(index, step) * task.outputs();
                assertThat(Arrays.copyOfRange(batch.targets().data(), offset, offset + task.outputs()))
                        .isEqualTo(sequence.targets()[step]);
            }
        }
    }

    @Test
    void reberStringsAreLegalAndEndAsTheyBegin() {
        Set<String> strings = new TreeSet<>();
        for (LagSequence sequence : some(new EmbeddedReberTask(), 500)) {
            String text = EmbeddedReberTask.text(sequence);
            strings.add(text);
            assertThat(text).matches("B[TP]B[TP][BTSXPVE]*E[TP]");
            assertThat(text.charAt(1)).isEqualTo(text.charAt(text.length() - 1));
            String inner = text.substring(2, text.length() - 1);
            assertThat(inner).matches(LagTaskTest::walks, "walks through the grammar");
        }
        assertThat(strings).hasSizeGreaterThan(60).contains("BTBTXSET", "BPBPVVEP");
        assertThat(strings.stream().mapToInt(String::length).min()).hasValue(8);
    }

    /** Written apart from the task: the transition diagram as a table of "state symbol next state". */
    private static boolean walks(String inner) {
        List<String> edges =
                List.of("0B1", "1T2", "1P3", "2S2", "2X4", "3T3", "3V5", "4X3", "4S6", "5P4", "5V6", "6E7");
        char state = '0';
        for (int i = 0; i < inner.length(); i++) {
            String start = "" + state + inner.charAt(i);
            var edge = edges.stream().filter(e -> e.startsWith(start)).findFirst();
            if (edge.isEmpty()) {
                return false;
            }
            state = edge.get().charAt(2);
        }
        return state == '7';
    }

    @Test
    void reberTargetsAreTheNextSymbolAndTheTruthAllLegalOnes() {
        for (LagSequence sequence : some(new EmbeddedReberTask(), 50)) {
            for (int t = 0; t < sequence.length(); t++) {
                assertThat(ones(sequence.targets()[t])).hasSize(1);
                assertThat(ones(sequence.truth()[t])).containsAll(ones(sequence.targets()[t]));
                if (t + 1 < sequence.length()) {
                    assertThat(ones(sequence.targets()[t])).containsExactly(symbols(sequence)[t + 1]);
                }
            }
            assertThat(ones(sequence.truth()[0])).hasSize(2);
            assertThat(ones(sequence.truth()[sequence.length() - 2])).containsExactly(symbols(sequence)[1]);
        }
    }

    private static List<Integer> ones(float[] row) {
        return IntStream.range(0, row.length).filter(i -> row[i] > 0).boxed().toList();
    }

    @Test
    void reberTrainingDrawsFromTheSetThatTheSampleHoldsFirst() {
        EmbeddedReberTask task = new EmbeddedReberTask();
        Set<String> set = new TreeSet<>();
        for (int i = 0; i < EmbeddedReberTask.SET; i++) {
            set.add(EmbeddedReberTask.text(task.sampled(RNG, 7, i)));
        }
        assertThat(some(task, 2_000)).allMatch(sequence -> set.contains(EmbeddedReberTask.text(sequence)));
    }

    @Test
    void theFirstSymbolReturnsAtTheEnd() {
        for (boolean distractors : new boolean[] {false, true}) {
            int firsts = 0;
            for (LagSequence sequence : some(new FirstSymbolTask(distractors, 20), 400)) {
                int[] symbols = symbols(sequence);
                assertThat(symbols).hasSize(20);
                assertThat(symbols[0]).isBetween(19, 20);
                assertThat(ones(sequence.targets()[19])).containsExactly(symbols[0]);
                for (int t = 1; t < 20; t++) {
                    assertThat(symbols[t]).isBetween(0, 18);
                    assertThat(ones(sequence.targets()[t - 1])).containsExactly(symbols[t]);
                    assertThat(distractors || symbols[t] == t - 1).isTrue();
                }
                firsts += symbols[0] == 19 ? 1 : 0;
            }
            assertThat(firsts).isBetween(160, 240); // four standard deviations around 200
        }
    }

    @Test
    void theSecondSymbolIsAskedForAfterTheTrigger() {
        double lengths = 0;
        for (LagSequence sequence : some(new SecondSymbolTask(30, 12), 2_000)) {
            int[] symbols = symbols(sequence);
            assertThat(symbols[0]).isEqualTo(13);
            assertThat(symbols[symbols.length - 1]).isEqualTo(12);
            assertThat(symbols.length).isGreaterThanOrEqualTo(33);
            assertThat(Arrays.stream(symbols, 2, symbols.length - 1)).allMatch(symbol -> symbol >= 0 && symbol < 12);
            assertThat(ones(sequence.targets()[0])).containsExactly(symbols[1] - 14);
            lengths += symbols.length;
        }
        // k is 9 on average with a standard deviation of 9.5: four standard errors.
        assertThat(lengths / 2_000).isCloseTo(33 + 9, within(4 * 9.5 / Math.sqrt(2_000)));
    }

    @Test
    void twoSequencesDifferInTheirFirstElementsOnly() {
        for (TwoSequenceTask.Variant variant : TwoSequenceTask.Variant.values()) {
            double noise = 0;
            double count = 0;
            double targets = 0;
            for (LagSequence sequence : some(new TwoSequenceTask(variant, 50, 3), 2_000)) {
                float[] values = values(sequence);
                assertThat(values.length).isBetween(50, 55);
                boolean first = sequence.truth()[0][0] > 0.5;
                for (int t = 0; t < 3 && variant != TwoSequenceTask.Variant.NOISY_SIGNAL; t++) {
                    assertThat(values[t]).isEqualTo(first ? 1 : -1);
                }
                for (int t = 3; t < values.length; t++) {
                    noise += values[t] * values[t];
                    count++;
                }
                double error = sequence.targets()[0][0] - sequence.truth()[0][0];
                targets += error * error;
            }
            // The mean of n squares of normal numbers has a standard error of √(2 / n) of itself: four of them.
            assertThat(noise / count).isCloseTo(0.2, within(0.2 * 4 * Math.sqrt(2 / count)));
            double expected = variant == TwoSequenceTask.Variant.NOISY_TARGET ? 0.1 : 0;
            assertThat(targets / 2_000).isCloseTo(expected, within(expected * 4 * Math.sqrt(2 / 2_000.0)));
        }
    }

    @Test
    void twoPairsAreMarkedAndTheAnswerIsTheirSumOrProduct() {
        int[] lates = new int[50];
        for (LagSequence sequence : some(new AddingTask(100), 5_000)) {
            double[] marked = marked(values(sequence), lates);
            assertThat((double) sequence.targets()[0][0])
                    .isCloseTo(0.5 + (marked[0] + marked[1]) / 4, within(3 * 0x1p-24));
        }
        assertThat(Arrays.stream(lates)).allMatch(count -> count > 0);
        for (LagSequence sequence : some(new MultiplicationTask(100, 13), 500)) {
            double[] marked = marked(values(sequence), lates);
            assertThat(values(sequence)[0]).isNotNegative();
            assertThat((double) sequence.targets()[0][0]).isCloseTo(marked[0] * marked[1], within(0x1p-24));
        }
    }

    private static double[] marked(float[] rows, int[] lates) {
        int length = rows.length / 2;
        assertThat(length).isBetween(100, 110);
        int[] places =
                IntStream.range(0, length).filter(t -> rows[2 * t + 1] == 1).toArray();
        assertThat(places).hasSize(2);
        assertThat(places[0]).isLessThan(10);
        assertThat(places[1]).isLessThan(50);
        assertThat(rows[1]).isEqualTo(places[0] == 0 ? 1 : -1);
        assertThat(rows[rows.length - 1]).isEqualTo(-1);
        assertThat(IntStream.range(1, length - 1).filter(t -> rows[2 * t + 1] == 0))
                .hasSize(length - (places[0] == 0 ? 3 : 4));
        lates[places[0]]++;
        lates[places[1]]++;
        return new double[] {rows[2 * places[0]], rows[2 * places[1]]};
    }

    @Test
    void relevantSymbolsStandWhereThePaperPutsThem() {
        int[][] places = {{10, 50}, {10, 33, 66}};
        for (int relevant = 2; relevant <= 3; relevant++) {
            int[] classes = new int[1 << relevant];
            for (LagSequence sequence : some(new TemporalOrderTask(relevant), 400)) {
                int[] symbols = symbols(sequence);
                assertThat(symbols.length).isBetween(100, 110);
                int[] found = IntStream.range(0, symbols.length)
                        .filter(t -> symbols[t] >= 6)
                        .toArray();
                assertThat(found).hasSize(relevant);
                int order = 0;
                for (int i = 0; i < relevant; i++) {
                    assertThat(found[i]).isBetween(places[relevant - 2][i], places[relevant - 2][i] + 10);
                    order = 2 * order + (symbols[found[i]] == 7 ? 1 : 0);
                }
                assertThat(ones(sequence.targets()[0])).containsExactly(order);
                assertThat(symbols[0]).isZero();
                assertThat(symbols[symbols.length - 1]).isEqualTo(1);
                classes[order]++;
            }
            assertThat(Arrays.stream(classes)).allMatch(count -> count > 20);
        }
    }

    @Test
    void everyProblemOfThePaperIsFoundByNameAndByNumberAndHasAFigure() {
        for (LagTask task : LagTasks.paper()) {
            assertThat(LagTasks.of(task.name(), task.lagOption(), task.detailOption()))
                    .isEqualTo(task);
            assertThat(LagTasks.of(task.experiment(), task.lagOption(), task.detailOption()))
                    .isEqualTo(task);
            assertThat(task.paperSequences()).isNotNull();
        }
        assertThat(LagTasks.of("adding", 99, null).paperSequences()).isNull();
    }

    @Test
    void aMistakeIsNamed() {
        assertThatThrownBy(() -> LagTasks.of("subtracting", null, null))
                .hasMessageStartingWith("task must be one of reber, noise-free, distractors, long-lag, ")
                .hasMessageEndingWith("got subtracting");
        assertThatThrownBy(() -> LagTasks.of("reber", 10, null))
                .hasMessage("task reber must have no lag, its lengths are fixed, got 10; leave it away");
        assertThatThrownBy(() -> LagTasks.of("adding", 100, 3))
                .hasMessage("task adding must have no second parameter, got 3; leave it away");
        assertThatThrownBy(() -> LagTasks.of("4", 10, null)).hasMessage("lag must be from 20 to 100000, got 10");
    }
}
