package io.carousel.cli.encode;

import io.carousel.cli.command.ModelFacts;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.report.Chart;
import io.carousel.cli.report.Chart.Axis;
import io.carousel.cli.report.Chart.Layer;
import io.carousel.cli.report.Chart.Line;
import io.carousel.cli.report.Chart.Points;
import io.carousel.cli.report.Chart.Role;
import io.carousel.cli.report.Chart.Scale;
import io.carousel.cli.report.Chart.Unit;
import io.carousel.cli.report.Chart.View;
import io.carousel.cli.report.HtmlReport;
import io.carousel.cli.report.ReportData;
import io.carousel.cli.report.ReportData.Cell;
import io.carousel.cli.report.ReportData.Fact;
import io.carousel.cli.report.ReportData.Facts;
import io.carousel.cli.report.ReportData.Figure;
import io.carousel.cli.report.ReportData.Part;
import io.carousel.cli.report.ReportData.Row;
import io.carousel.cli.report.ReportData.Section;
import io.carousel.cli.report.ReportData.Table;
import io.carousel.cli.report.ReportData.Verdict;
import io.carousel.cli.report.TrainingCourse;
import io.carousel.cli.report.Words;
import io.carousel.eval.PrincipalComponents;
import io.carousel.task.TrainingStage;
import io.carousel.task.classify.Example;
import io.carousel.task.classify.ExampleInput;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.encode.Autoencoder;
import io.carousel.task.encode.Decoded;
import io.carousel.task.encode.EncodeEncoding;
import io.carousel.task.encode.EncodeEvaluation;
import io.carousel.task.encode.EncodeEvaluation.OtherError;
import io.carousel.task.encode.EncodeEvaluation.PartScore;
import io.carousel.task.encode.EncodeSpec;
import io.carousel.task.encode.Encoded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The page about vectors: the scores, a map, originals beside what is made of them, the training, the provenance. */
final class EncodePages {
    private static final int MOST_POINTS = 2_000;
    private static final int MOST_COLOURS = 10;
    private static final int MOST_SEQUENCES = 50;
    private static final int MOST_FEATURES = 6;
    private static final int MOST_TEXT = 300;

    private final Autoencoder autoencoder;
    private final EncodeEncoding encoding;
    private final ExampleSet set;
    private final List<Section> sections = new ArrayList<>();

    private EncodePages(Autoencoder autoencoder, ExampleSet set) {
        this.autoencoder = autoencoder;
        this.encoding = autoencoder.encoding();
        this.set = set;
    }

    /**
     * Writes the page.
     *
     * @param set what is drawn
     * @param evaluation null where there was none
     */
    static void write(Path file, Autoencoder autoencoder, ExampleSet set, @Nullable EncodeEvaluation evaluation)
            throws IOException {
        Outputs.write(file, HtmlReport.of(new EncodePages(autoencoder, set).page(evaluation)));
    }

    private ReportData page(@Nullable EncodeEvaluation evaluation) {
        List<String> groups = List.of();
        if (evaluation != null) {
            sections.add(scores(evaluation));
        }
        if (set.size() > 0) {
            sections.add(map());
            ExampleSet shown = set.with(set.examples().subList(0, Math.min(MOST_SEQUENCES, set.size())));
            Made made = made(shown);
            sections.add(encoding.isText() ? texts(shown, made) : numbers(shown, made));
            groups = encoding.isText()
                    ? List.of()
                    : shown.examples().stream().map(EncodePages::title).toList();
        }
        List<TrainingStage> stages = encoding.stages();
        if (!stages.isEmpty()) {
            sections.add(TrainingCourse.section(
                    stages.stream().map(ModelFacts::losses).toList()));
        }
        sections.add(provenance());
        return new ReportData(
                "Vectors of sequences",
                set.source(),
                Words.count(set.size(), "example") + "; " + choices(autoencoder),
                evaluation == null ? null : verdict(evaluation),
                "Sequence",
                groups,
                sections,
                ModelFacts.footer(autoencoder.model().provenance()));
    }

    /** What was decided, in a line. */
    static String choices(Autoencoder autoencoder) {
        EncodeEncoding encoding = autoencoder.encoding();
        EncodeSpec chosen = encoding.chosen();
        String input = encoding.side() == null
                ? Words.count(encoding.features().size(), "feature")
                : "vocabulary " + encoding.side().vocabulary().size();
        return String.format(
                Locale.ROOT,
                "%s, %svectors of %d by %s with %d units%s, %s%s",
                input,
                chosen.variational() ? "variational " : "",
                chosen.size(),
                chosen.cell(),
                chosen.hidden(),
                chosen.layers() > 1 ? " in " + chosen.layers() + " layers" : "",
                chosen.decoder().name().toLowerCase(Locale.ROOT),
                Boolean.TRUE.equals(chosen.conditioned()) ? ", conditioned" : "");
    }

    // ---------------------------------------------------------------- scores

    private Verdict verdict(EncodeEvaluation evaluation) {
        List<Figure> figures = new ArrayList<>();
        for (PartScore score : evaluation.scores()) {
            OtherError best = score.others().stream()
                    .min(Comparator.comparingDouble(OtherError::error))
                    .orElseThrow();
            figures.add(new Figure(
                    EncodeTables.name(score),
                    error(score.error()),
                    (encoding.isText() ? "wrong tokens; " : "squared error; ") + best.way() + " "
                            + error(best.error())));
            Double perplexity = score.perplexity();
            Double trivial = score.trivialPerplexity();
            if (perplexity != null && trivial != null) {
                figures.add(new Figure(
                        "Perplexity", Words.number(perplexity), "by how often symbols come " + Words.number(trivial)));
            }
        }
        return new Verdict(evaluation.good(), evaluation.verdict(), figures);
    }

    private String error(double error) {
        return encoding.isText() ? EncodeTables.percent(error) : Words.number(error);
    }

    private Section scores(EncodeEvaluation evaluation) {
        List<Row> rows = new ArrayList<>();
        for (PartScore score : evaluation.scores()) {
            rows.add(row(true, EncodeTables.name(score) + " by the network", error(score.error())));
            for (OtherError other : score.others()) {
                rows.add(row(false, EncodeTables.name(score) + " by " + other.way(), error(other.error())));
            }
        }
        return new Section(
                "What is lost",
                encoding.isText()
                        ? "The share of the tokens that are wrong, place by place, when a text is made of its vector alone."
                        : "The mean squared error of sequences that are made of their vectors alone, in the scale in which the "
                                + "network reads them.",
                List.of(new Table("Errors", List.of("Way", "Error"), rows, List.of())));
    }

    private static Row row(boolean emphasised, String... cells) {
        return new Row(
                emphasised,
                Arrays.stream(cells).map(cell -> new Cell(cell, false)).toList());
    }

    // ---------------------------------------------------------------- map

    private Section map() {
        ExampleSet drawn = set.size() <= MOST_POINTS
                ? set
                : set.with(IntStream.range(0, MOST_POINTS)
                        .mapToObj(i -> set.examples().get((int) ((long) i * set.size() / MOST_POINTS)))
                        .toList());
        List<Encoded> encoded = autoencoder.encode(drawn);
        float[][] vectors = encoded.stream().map(Encoded::vector).toArray(float[][]::new);
        PrincipalComponents axes = PrincipalComponents.of(vectors, 2);
        double[][] places = Arrays.stream(vectors).map(axes::code).toArray(double[][]::new);
        Integer[] order = IntStream.range(0, places.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> place(places[i], 0)));
        double[] x = Arrays.stream(order).mapToDouble(i -> place(places[i], 0)).toArray();
        Map<String, double[]> byLabel = new LinkedHashMap<>();
        for (int at = 0; at < order.length; at++) {
            String label = String.join(", ", encoded.get(order[at]).labels());
            String name = byLabel.containsKey(label) || byLabel.size() < MOST_COLOURS ? label : "all others";
            double[] y = byLabel.computeIfAbsent(name, absent -> nothing(order.length));
            y[at] = place(places[order[at]], 1);
        }
        List<Layer> layers = new ArrayList<>();
        byLabel.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> layers.add(new Points(
                        one.getKey().isEmpty() ? "Vectors" : one.getKey(),
                        byLabel.size() == 1 ? Role.MODEL : Role.BASELINE,
                        one.getValue())));
        String much = drawn.size() < set.size() ? " Drawn are " + MOST_POINTS + " of " + set.size() + "." : "";
        Chart chart = new Chart(
                "The vectors in two dimensions",
                "Each point is a sequence; near each other are those whose vectors are alike in the two directions in which "
                        + "all of them spread most.",
                new Axis("First principal component", Unit.NUMBER),
                "Second principal component",
                420,
                false,
                Scale.LINEAR,
                List.of(View.all(x, layers)));
        return new Section(
                "The map",
                "Each point is a sequence, drawn where its vector lies in the two directions in which all vectors spread most. "
                        + "Labels, where there are any, give the colours and nothing else: the training did not see them."
                        + much,
                List.of(chart));
    }

    /** 0 where points do not spread in that many directions. */
    private static double place(double[] code, int direction) {
        return direction < code.length ? code[direction] : 0;
    }

    private static double[] nothing(int length) {
        double[] nothing = new double[length];
        Arrays.fill(nothing, Double.NaN);
        return nothing;
    }

    // ---------------------------------------------------------------- sequences

    /** What decoders make of examples; none by those that there are not. */
    private record Made(List<Decoded> again, List<Decoded> next) {}

    private Made made(ExampleSet shown) {
        List<io.carousel.task.encode.Part> parts = encoding.chosen().decoder().parts();
        return new Made(
                parts.contains(io.carousel.task.encode.Part.RECONSTRUCTION)
                        ? autoencoder.reconstruct(shown)
                        : List.of(),
                parts.contains(io.carousel.task.encode.Part.PREDICTION) ? autoencoder.predict(shown) : List.of());
    }

    private Section texts(ExampleSet shown, Made made) {
        List<String> columns = new ArrayList<>(List.of("Example", "Original"));
        columns.addAll(made.again().isEmpty() ? List.of() : List.of("Reconstruction"));
        columns.addAll(made.next().isEmpty() ? List.of() : List.of("Prediction"));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            Example example = shown.examples().get(i);
            List<String> cells = new ArrayList<>(List.of(title(example)));
            cells.add(beginning(((ExampleInput.Text) example.input()).text()));
            for (List<Decoded> each : List.of(made.again(), made.next())) {
                if (!each.isEmpty()) {
                    cells.add(beginning(each.get(i).text()));
                }
            }
            rows.add(row(false, cells.toArray(String[]::new)));
        }
        return new Section(
                "Originals beside what is made of their vectors",
                "Every text is read whole, and all that the decoder knows of it is its vector." + shownOf(shown),
                List.of(new Table("Texts", columns, rows, List.of())));
    }

    private static String beginning(String text) {
        int count = text.codePointCount(0, text.length());
        return count <= MOST_TEXT ? text : text.substring(0, text.offsetByCodePoints(0, MOST_TEXT)) + "…";
    }

    private String shownOf(ExampleSet shown) {
        return shown.size() < set.size() ? " These are the first " + shown.size() + " of " + set.size() + "." : "";
    }

    private Section numbers(ExampleSet shown, Made made) {
        List<Part> charts = new ArrayList<>();
        int features = Math.min(MOST_FEATURES, encoding.features().size());
        for (int f = 0; f < features; f++) {
            List<View> views = new ArrayList<>();
            for (int i = 0; i < shown.size(); i++) {
                views.add(view(shown.examples().get(i), made, i, f));
            }
            String name = encoding.features().get(f);
            charts.add(new Chart(
                    name,
                    name + " of the sequence, and what is made of its vector.",
                    new Axis("Time step", Unit.NUMBER, true),
                    name,
                    features == 1 ? 300 : 220,
                    false,
                    Scale.LINEAR,
                    views));
        }
        return new Section(
                "Originals beside what is made of their vectors",
                "Every sequence is read whole, and all that the decoder knows of it is its vector." + shownOf(shown)
                        + (features < encoding.features().size()
                                ? " Drawn are the first " + features + " features."
                                : ""),
                charts);
    }

    private static View view(Example example, Made made, int index, int feature) {
        ExampleInput.Numbers numbers = (ExampleInput.Numbers) example.input();
        int steps = numbers.steps();
        float[] next =
                made.next().isEmpty() ? new float[0] : made.next().get(index).values();
        int width = numbers.features();
        int all = steps + next.length / width;
        double[] x = new double[all];
        Arrays.setAll(x, t -> t + 1);
        List<Layer> layers = new ArrayList<>();
        layers.add(new Line("Original", Role.ACTUAL, column(numbers.values(), width, feature, 0, all), true));
        if (!made.again().isEmpty()) {
            float[] again = made.again().get(index).values();
            layers.add(new Line("Reconstruction", Role.MODEL, column(again, width, feature, 0, all), true));
        }
        if (!made.next().isEmpty()) {
            layers.add(new Line("Prediction", Role.SECOND, column(next, width, feature, steps, all), true));
        }
        return View.all(x, layers);
    }

    /** One feature, from a time step on. */
    private static double[] column(float[] values, int width, int feature, int from, int all) {
        double[] column = nothing(all);
        for (int t = 0; t < values.length / width; t++) {
            column[from + t] = values[t * width + feature];
        }
        return column;
    }

    private static String title(Example example) {
        return example.labels().isEmpty()
                ? example.id()
                : example.id() + " (" + String.join(", ", example.labels()) + ")";
    }

    // ---------------------------------------------------------------- provenance

    private Section provenance() {
        EncodeSpec chosen = encoding.chosen();
        List<Fact> choices = new ArrayList<>();
        choices.add(new Fact("Reads", encoding.isText() ? "texts" : String.join(", ", encoding.features())));
        choices.add(new Fact("Vector", Words.count(chosen.size(), "number")));
        choices.add(new Fact("Makes", chosen.decoder().name().toLowerCase(Locale.ROOT)));
        choices.add(new Fact(
                "Cell", chosen.cell() + ", " + chosen.hidden() + " units, " + Words.count(chosen.layers(), "layer")));
        choices.add(new Fact("Direction", chosen.direction().name().toLowerCase(Locale.ROOT)));
        choices.add(new Fact("Learned from", Words.count(encoding.training(), "example")));
        choices.add(new Fact("Epoch chosen by", Words.count(encoding.validation(), "example")));
        encoding.notes().forEach(note -> choices.add(new Fact("Note", note)));
        return new Section(
                "Provenance",
                "Where the examples and the model come from, and what it takes to make the same model again.",
                List.of(
                        new Facts("Choices", choices),
                        ModelFacts.origin(autoencoder.model().provenance(), set.source(), set.sha256())));
    }
}
