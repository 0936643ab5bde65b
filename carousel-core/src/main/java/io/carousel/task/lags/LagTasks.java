package io.carousel.task.lags;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The problems by name. */
public final class LagTasks {
    private LagTasks() {}

    /** Every problem with each of the parameters of which the paper has a figure. */
    public static List<LagTask> paper() {
        List<LagTask> tasks = new ArrayList<>();
        tasks.add(new EmbeddedReberTask());
        tasks.add(new FirstSymbolTask(false, 100));
        tasks.add(new FirstSymbolTask(true, 100));
        for (int lag : new int[] {50, 100, 200, 500, 1000}) {
            tasks.add(new SecondSymbolTask(lag, lag));
        }
        for (int distractors : new int[] {500, 200, 100, 50}) {
            tasks.add(new SecondSymbolTask(1000, distractors));
        }
        tasks.add(new TwoSequenceTask(TwoSequenceTask.Variant.NOISE, 100, 3));
        tasks.add(new TwoSequenceTask(TwoSequenceTask.Variant.NOISE, 100, 1));
        tasks.add(new TwoSequenceTask(TwoSequenceTask.Variant.NOISE, 1000, 3));
        tasks.add(new TwoSequenceTask(TwoSequenceTask.Variant.NOISY_SIGNAL, 100, 3));
        tasks.add(new TwoSequenceTask(TwoSequenceTask.Variant.NOISY_SIGNAL, 100, 1));
        tasks.add(new TwoSequenceTask(TwoSequenceTask.Variant.NOISY_SIGNAL, 1000, 1));
        tasks.add(new TwoSequenceTask(TwoSequenceTask.Variant.NOISY_TARGET, 100, 3));
        tasks.add(new TwoSequenceTask(TwoSequenceTask.Variant.NOISY_TARGET, 100, 1));
        tasks.add(new AddingTask(100));
        tasks.add(new AddingTask(500));
        tasks.add(new AddingTask(1000));
        tasks.add(new MultiplicationTask(100, 140));
        tasks.add(new MultiplicationTask(100, 13));
        tasks.add(new TemporalOrderTask(2));
        tasks.add(new TemporalOrderTask(3));
        return List.copyOf(tasks);
    }

    /** The names that {@link #of} knows, in the order of the paper. */
    public static List<String> names() {
        return paper().stream().map(LagTask::name).distinct().toList();
    }

    /**
     * A problem.
     *
     * @param name one of {@link #names}, or the number of the experiment in the paper, such as {@code 2a}
     * @param lag T, p or q; null for that of the paper's first row. Experiments 1 and 6 have none
     * @param detail the problem's second parameter: the distractors p of 2c, the signal N of 3, the wrong ones of 5; null
     *     for the paper's
     * @throws IllegalArgumentException when there is no such problem or a parameter does not fit it
     */
    public static LagTask of(String name, @Nullable Integer lag, @Nullable Integer detail) {
        return switch (canonical(name)) {
            case "reber" -> without(lag, detail, new EmbeddedReberTask());
            case "noise-free" -> without(null, detail, new FirstSymbolTask(false, or(lag, 100)));
            case "distractors" -> without(null, detail, new FirstSymbolTask(true, or(lag, 100)));
            case "long-lag" -> new SecondSymbolTask(or(lag, 50), or(detail, or(lag, 50)));
            case "two-sequence" -> twoSequence(TwoSequenceTask.Variant.NOISE, lag, detail);
            case "two-sequence-noisy-signal" -> twoSequence(TwoSequenceTask.Variant.NOISY_SIGNAL, lag, detail);
            case "two-sequence-noisy-target" -> twoSequence(TwoSequenceTask.Variant.NOISY_TARGET, lag, detail);
            case "adding" -> without(null, detail, new AddingTask(or(lag, 100)));
            case "multiplication" -> new MultiplicationTask(or(lag, 100), or(detail, 13));
            case "temporal-order-2" -> without(lag, detail, new TemporalOrderTask(2));
            case "temporal-order-3" -> without(lag, detail, new TemporalOrderTask(3));
            default ->
                throw new IllegalArgumentException(
                        "task must be one of " + String.join(", ", names()) + ", got " + name);
        };
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return paper().stream()
                .filter(task -> task.experiment().equals(lower))
                .map(LagTask::name)
                .findFirst()
                .orElse(lower);
    }

    private static TwoSequenceTask twoSequence(
            TwoSequenceTask.Variant variant, @Nullable Integer lag, @Nullable Integer signal) {
        return new TwoSequenceTask(variant, or(lag, 100), or(signal, 3));
    }

    private static LagTask without(@Nullable Integer lag, @Nullable Integer detail, LagTask task) {
        if (lag != null) {
            throw new IllegalArgumentException(
                    "task " + task.name() + " must have no lag, its lengths are fixed, got " + lag + "; leave it away");
        }
        if (detail != null) {
            throw new IllegalArgumentException(
                    "task " + task.name() + " must have no second parameter, got " + detail + "; leave it away");
        }
        return task;
    }

    private static int or(@Nullable Integer given, int usual) {
        return given == null ? usual : given;
    }

    static void requireLag(String what, int value, int least) {
        if (value < least || value > 100_000) {
            throw new IllegalArgumentException(what + " must be from " + least + " to 100000, got " + value);
        }
    }
}
