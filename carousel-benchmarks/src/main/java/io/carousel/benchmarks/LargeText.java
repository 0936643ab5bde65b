package io.carousel.benchmarks;

import io.carousel.task.FitListener;
import io.carousel.task.FitOptions;
import io.carousel.task.StopSignal;
import io.carousel.task.language.LanguageData;
import io.carousel.task.language.LanguageFit;
import io.carousel.task.language.LanguageModel;
import io.carousel.task.language.LanguageRegularizers;
import io.carousel.task.language.LanguageSpec;
import io.carousel.tensor.Rng;
import io.carousel.text.SpaceTokenizer;
import io.carousel.train.StepReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Trains a language model on a text that is larger than the heap, for some seconds, and prints what that took.
 *
 * <p>The text is made first: words by Zipf's law, of which each decides half of what follows, in lines of twelve. Arguments: the
 * gigabytes of the text and the seconds of training, {@code 2 60} by default. Run it with {@code -Xmx512m}.
 */
public final class LargeText {
    private static final int WORDS = 20_000;
    private static final int WORDS_OF_A_LINE = 12;

    private LargeText() {}

    public static void main(String[] arguments) throws IOException {
        double gigabytes = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 2;
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 60;
        Path folder = Files.createTempDirectory("large-text-");
        Path text = folder.resolve("large.txt");
        try {
            long start = System.nanoTime();
            write(text, (long) (gigabytes * (1L << 30)));
            System.out.printf(Locale.ROOT, "%6.0f s  wrote %,d bytes%n", since(start), Files.size(text));
            fit(text, seconds);
        } finally {
            Files.deleteIfExists(text);
            Files.delete(folder);
        }
    }

    private static double since(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }

    private static void write(Path file, long bytes) throws IOException {
        byte[][] words = new byte[WORDS][];
        double[] sums = new double[WORDS];
        double sum = 0;
        for (int w = 0; w < WORDS; w++) {
            words[w] = ("w" + Integer.toString(w, 36)).getBytes(StandardCharsets.US_ASCII);
            sum += 1.0 / (w + 1);
            sums[w] = sum;
        }
        Rng rng = Rng.of(1);
        int word = 0;
        long written = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (long i = 1; written < bytes; i++) {
                double drawn = rng.nextDouble();
                int place = Arrays.binarySearch(sums, sum * rng.nextDouble());
                word = drawn < 0.5 ? (word * 31 + 7) % WORDS : Math.min(WORDS - 1, place < 0 ? -place - 1 : place);
                out.write(words[word]);
                out.write(i % WORDS_OF_A_LINE == 0 ? '\n' : ' ');
                written += words[word].length + 1;
            }
        }
    }

    private static void fit(Path text, double seconds) throws IOException {
        LanguageSpec spec = LanguageSpec.builder()
                .tokenizer(new SpaceTokenizer(false))
                .vocabulary(10_000)
                .hidden(128)
                .layers(1)
                .tied(true)
                .regularizers(LanguageRegularizers.NONE)
                .build();
        StopSignal stop = new StopSignal();
        long start = System.nanoTime();
        FitListener listener = new FitListener() {
            private long begun;
            private double printed;

            @Override
            public void stage(String name, int index, int count) {
                System.out.printf(Locale.ROOT, "%6.0f s  %s%n", since(start), name);
                begun = System.nanoTime();
            }

            @Override
            public void step(StepReport report) {
                if (since(begun) > printed) {
                    System.out.printf(
                            Locale.ROOT,
                            "%6.0f s  step %,d of %,d in an epoch, loss %.3f, %,.0f MB of heap in use%n",
                            since(start),
                            report.step(),
                            report.totalSteps() / LanguageModel.defaultPlan().epochs(),
                            report.loss(),
                            usedHeap() * 1e-6);
                    printed += seconds / 6;
                }
                if (since(begun) > seconds) {
                    stop.stop();
                }
            }
        };
        int threads = Runtime.getRuntime().availableProcessors();
        LanguageFit fit = LanguageModel.fit(
                LanguageData.of(text).withShare(0.001),
                spec,
                LanguageModel.defaultPlan(),
                FitOptions.defaults()
                        .withThreads(threads)
                        .withListener(listener)
                        .withStop(stop));
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        System.out.printf(
                Locale.ROOT,
                "%6.0f s  %,d tokens, a vocabulary of %,d; heap of at most %,.0f MB, at its peak %,.0f MB in use%n",
                since(start),
                fit.model().encoding().tokens(),
                fit.model().vocabulary().size(),
                Runtime.getRuntime().maxMemory() * 1e-6,
                peak * 1e-6);
    }

    private static long usedHeap() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
