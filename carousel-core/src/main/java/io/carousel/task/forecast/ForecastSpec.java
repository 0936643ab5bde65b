package io.carousel.task.forecast;

import io.carousel.cell.CellSpec;
import io.carousel.cell.Cells;
import io.carousel.cell.LstmCell;
import io.carousel.loss.LossSpec;
import io.carousel.loss.QuantileLoss;
import io.carousel.loss.SquaredLoss;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What to forecast and with what network: the first of the five steps. Prints as JSON and reads back equal.
 *
 * <p>Everything but the target has a default; {@link #builder} says which. What is {@code null} or 0 where that is allowed
 * is decided when the data are seen, and the decision is recorded in the model.
 *
 * @param target the column to forecast
 * @param time the column of the time stamps, as the reader was told; null when it found it
 * @param key the column that tells series apart; null for one series
 * @param inputs columns known up to the last row of the target
 * @param futureInputs columns known for the rows of the forecast too, such as holidays or prices that are set in advance
 * @param horizon H, how many rows to forecast
 * @param season rows of a season, 1 for none; 0: the usual one of the time step
 * @param window rows of the past that the network reads; 0: by the season
 * @param cell what runs at each time step of the recurrent layers
 * @param hidden H of each recurrent layer
 * @param layers recurrent layers of each member
 * @param members networks that are trained from different first weights and averaged in one model
 * @param dropout of what the recurrent layers give, in [0, 1)
 * @param quantiles the levels to forecast beside the point, ascending, in (0, 1); may be empty
 * @param loss what training makes small; null: pinball with quantiles, else squared
 * @param mode all steps at once or one after the other
 * @param log the scale of the target; null: chosen
 * @param level what is taken away from windows; null: chosen
 * @param windowScale whether windows have their own scale; null: chosen where there are several series
 * @param harmonics pairs of seasonal waves as inputs; null: chosen
 * @param testRows rows at the end of each series that training never sees, 0 for none; -1: a fifth, and at least H
 * @param validationRows rows before those that choose and stop; -1: a fifth of the rest, and at least H
 * @param refit whether the network is trained anew on training and validation part once everything is chosen
 */
public record ForecastSpec(
        String target,
        @Nullable String time,
        @Nullable String key,
        List<String> inputs,
        List<String> futureInputs,
        int horizon,
        int season,
        int window,
        CellSpec cell,
        int hidden,
        int layers,
        int members,
        double dropout,
        List<Double> quantiles,
        @Nullable LossSpec loss,
        ForecastMode mode,
        @Nullable LogScale log,
        @Nullable LevelRemoval level,
        @Nullable Boolean windowScale,
        @Nullable Integer harmonics,
        int testRows,
        int validationRows,
        boolean refit) {

    /** The most rows of a horizon, a season or a window: there are 604,800 seconds in a week. */
    static final int LONGEST = 1_000_000;

    /** The widest layer, whose recurrent weights take 4 GB; a desk computer trains a few hundred. */
    static final int WIDEST = 16_384;

    private static final int MOST_LAYERS = 64;
    private static final int MOST_MEMBERS = 1_000;

    public ForecastSpec {
        inputs = List.copyOf(inputs);
        futureInputs = List.copyOf(futureInputs);
        quantiles = List.copyOf(quantiles);
        atLeast("horizon", horizon, 1);
        atLeast("season", season, 0);
        atLeast("window", window, 0);
        atMost("horizon", horizon, LONGEST);
        atMost("season", season, LONGEST);
        atMost("window", window, LONGEST);
        atLeast("hidden", hidden, 1);
        atLeast("layers", layers, 1);
        atLeast("members", members, 1);
        atMost("hidden", hidden, WIDEST);
        atMost("layers", layers, MOST_LAYERS);
        if (Cells.create(cell, 2, hidden).readsTimeGap()) {
            throw new IllegalArgumentException("cell of a forecast must not need the time since the last step, got "
                    + cell + "; the steps of a series are evenly spaced: use " + LstmCell.NAME);
        }
        atMost("members", members, MOST_MEMBERS);
        atLeast("test rows", testRows, -1);
        atLeast("validation rows", validationRows, -1);
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout must be in [0, 1), got " + dropout);
        }
        if (!quantiles.isEmpty()) {
            new QuantileLoss(quantiles); // checks them
        }
        checkColumns(target, inputs, futureInputs);
        if (harmonics != null) {
            SeriesTransform.requireHarmonics(harmonics);
            if (season > 0) {
                requireHarmonics(harmonics, season);
            }
        }
        if (mode == ForecastMode.RECURSIVE && !inputs.isEmpty()) {
            throw new IllegalArgumentException("inputs of a recursive forecast must be known in the future, got "
                    + inputs + "; name them as future inputs or forecast directly");
        }
        if (loss != null && loss.outputs() > 1 && !(loss instanceof QuantileLoss) && mode == ForecastMode.RECURSIVE) {
            throw new IllegalArgumentException("loss of a recursive forecast must have one output, got " + loss
                    + "; use squared, absolute or huber");
        }
    }

    private static void checkColumns(String target, List<String> inputs, List<String> futureInputs) {
        List<String> all = new ArrayList<>(inputs);
        all.addAll(futureInputs);
        all.add(target);
        if (new LinkedHashSet<>(all).size() != all.size()) {
            throw new IllegalArgumentException("target, inputs and future inputs must be different columns, got target "
                    + target + ", inputs " + inputs + ", future inputs " + futureInputs + "; name each once");
        }
    }

    /** Waves faster than one in two rows look like slower ones. */
    static void requireHarmonics(@Nullable Integer harmonics, int season) {
        if (harmonics != null && harmonics > season / 2) {
            throw new IllegalArgumentException("harmonics must be at most " + season / 2 + ", half of season " + season
                    + ", got " + harmonics + "; give fewer, or name the season");
        }
    }

    private static void atLeast(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(what + " must be at least " + least + ", got " + value);
        }
    }

    static void atMost(String what, int value, int most) {
        if (value > most) {
            throw new IllegalArgumentException(what + " must be at most " + most + ", got " + value);
        }
    }

    /** Every column that a forecast reads as numbers, the target first. */
    public List<String> columns() {
        List<String> all = new ArrayList<>();
        all.add(target);
        all.addAll(inputs);
        all.addAll(futureInputs);
        return List.copyOf(all);
    }

    /** The loss of the training. */
    LossSpec trainingLoss() {
        if (loss != null) {
            return loss;
        }
        if (quantiles.isEmpty() || mode == ForecastMode.RECURSIVE) {
            return new SquaredLoss();
        }
        TreeSet<Double> levels = new TreeSet<>(quantiles);
        levels.add(0.5);
        return new QuantileLoss(List.copyOf(levels));
    }

    /** The same forecast of one row, by the same network when this is recursive. */
    ForecastSpec oneStep() {
        return new ForecastSpec(
                target,
                time,
                key,
                inputs,
                futureInputs,
                1,
                season,
                window,
                cell,
                hidden,
                layers,
                members,
                dropout,
                quantiles,
                trainingLoss(),
                ForecastMode.DIRECT,
                log,
                level,
                windowScale,
                harmonics,
                testRows,
                validationRows,
                refit);
    }

    /** Rows that the network forecasts at once. */
    int steps() {
        return mode == ForecastMode.DIRECT ? horizon : 1;
    }

    /**
     * A spec with these defaults: one row ahead, no inputs, season and window by the time step, three members of one LSTM
     * layer of 32, dropout 0.3, quantiles 0.1, 0.5 and 0.9, direct, the transform chosen, a fifth to test and a fifth of the
     * rest to validate.
     */
    public static Builder builder(String target) {
        return new Builder(target);
    }

    /** Collects the options of a {@link ForecastSpec}. */
    public static final class Builder {
        private final String target;
        private @Nullable String time;
        private @Nullable String key;
        private List<String> inputs = List.of();
        private List<String> futureInputs = List.of();
        private int horizon = 1;
        private int season;
        private int window;
        private CellSpec cell = CellSpec.parse(LstmCell.NAME);
        private int hidden = 32;
        private int layers = 1;
        private int members = 3;
        private double dropout = 0.3;
        private List<Double> quantiles = List.of(0.1, 0.5, 0.9);
        private @Nullable LossSpec loss;
        private ForecastMode mode = ForecastMode.DIRECT;
        private @Nullable LogScale log;
        private @Nullable LevelRemoval level;
        private @Nullable Boolean windowScale;
        private @Nullable Integer harmonics;
        private int testRows = -1;
        private int validationRows = -1;
        private boolean refit = true;

        private Builder(String target) {
            this.target = target;
        }

        public Builder time(@Nullable String column) {
            time = column;
            return this;
        }

        public Builder key(@Nullable String column) {
            key = column;
            return this;
        }

        public Builder inputs(List<String> columns) {
            inputs = columns;
            return this;
        }

        public Builder futureInputs(List<String> columns) {
            futureInputs = columns;
            return this;
        }

        public Builder horizon(int rows) {
            horizon = rows;
            return this;
        }

        public Builder season(int rows) {
            season = rows;
            return this;
        }

        public Builder window(int rows) {
            window = rows;
            return this;
        }

        /** The cell by the text form of its spec, such as {@code gru}. */
        public Builder cell(String spec) {
            cell = CellSpec.parse(spec);
            return this;
        }

        public Builder hidden(int size) {
            hidden = size;
            return this;
        }

        public Builder layers(int count) {
            layers = count;
            return this;
        }

        public Builder members(int count) {
            members = count;
            return this;
        }

        public Builder dropout(double rate) {
            dropout = rate;
            return this;
        }

        public Builder quantiles(List<Double> levels) {
            quantiles = levels;
            return this;
        }

        public Builder loss(@Nullable LossSpec spec) {
            loss = spec;
            return this;
        }

        public Builder mode(ForecastMode how) {
            mode = how;
            return this;
        }

        public Builder log(@Nullable LogScale scale) {
            log = scale;
            return this;
        }

        public Builder level(@Nullable LevelRemoval removal) {
            level = removal;
            return this;
        }

        public Builder windowScale(@Nullable Boolean scale) {
            windowScale = scale;
            return this;
        }

        public Builder harmonics(@Nullable Integer pairs) {
            harmonics = pairs;
            return this;
        }

        public Builder testRows(int rows) {
            testRows = rows;
            return this;
        }

        public Builder validationRows(int rows) {
            validationRows = rows;
            return this;
        }

        public Builder refit(boolean again) {
            refit = again;
            return this;
        }

        public ForecastSpec build() {
            return new ForecastSpec(
                    target,
                    time,
                    key,
                    inputs,
                    futureInputs,
                    horizon,
                    season,
                    window,
                    cell,
                    hidden,
                    layers,
                    members,
                    dropout,
                    quantiles,
                    loss,
                    mode,
                    log,
                    level,
                    windowScale,
                    harmonics,
                    testRows,
                    validationRows,
                    refit);
        }
    }
}
