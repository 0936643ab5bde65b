package io.carousel.task.forecast;

import io.carousel.data.Standardizer;
import java.util.Arrays;
import java.util.List;

/**
 * Turns the rows before an origin into what the network reads, and what it gives into a forecast.
 *
 * <pre>{@code
 * step t of the window: [ (z[t] - level) / divisor, inputs[t], future inputs[t], sin and cos of the season at t, 0 ]
 * with future inputs, H steps more:       [ 0, 0, future inputs[t], sin and cos of the season at t, 1 ]
 * forecast of row h:    z = raw · divisor + level(h)
 * }</pre>
 *
 * <p>The level and, where windows have their own scale, the divisor come from the window alone, so that a model has no
 * memory of the series that it was trained on. Immutable.
 */
final class WindowEncoder {
    /** The linear part reads at most about this many lags of inputs, so that it can be solved. */
    private static final int MAX_INPUT_LAGS = 512;

    /** What the table of the seasonal waves may hold, so that a damaged model cannot take the memory. */
    private static final int MOST_WAVES = 4_000_000;

    private final int window;
    private final int steps;
    private final int season;
    private final int pastInputs;
    private final int futureInputs;
    private final SeriesTransform transform;
    private final double center;
    private final double scale;
    private final double floor;
    private final List<Standardizer> inputScales;
    private final float[] waves;

    WindowEncoder(ForecastEncoding.Numbers numbers, ForecastSpec spec, SeriesTransform transform) {
        this.window = numbers.window();
        this.season = numbers.season();
        this.center = transform.level() == LevelRemoval.NONE ? numbers.center() : 0;
        this.scale = numbers.scale();
        this.floor = numbers.floor();
        this.inputScales = numbers.inputScales();
        this.steps = spec.steps();
        this.pastInputs = spec.inputs().size();
        this.futureInputs = spec.futureInputs().size();
        this.transform = transform;
        this.waves = waves(season, transform.harmonics());
    }

    /** Sine and cosine of each harmonic, by place in the season. */
    private static float[] waves(int season, int harmonics) {
        if ((long) season * harmonics > MOST_WAVES) {
            throw new IllegalArgumentException("season times harmonics must be at most " + MOST_WAVES + ", got "
                    + season + " times " + harmonics + "; use fewer harmonics");
        }
        float[] waves = new float[season * 2 * harmonics];
        for (int place = 0, at = 0; place < season; place++) {
            for (int k = 1; k <= harmonics; k++) {
                double angle = 2 * Math.PI * k * place / season;
                waves[at++] = (float) StrictMath.sin(angle);
                waves[at++] = (float) StrictMath.cos(angle);
            }
        }
        return waves;
    }

    SeriesTransform transform() {
        return transform;
    }

    /** T: the time steps of one example. */
    int length() {
        return window + (futureInputs > 0 ? steps : 0);
    }

    /** F: the numbers of one time step. */
    int features() {
        return 1 + pastInputs + futureInputs + 2 * transform.harmonics() + (futureInputs > 0 ? 1 : 0);
    }

    /** Rows that the network forecasts at once. */
    int steps() {
        return steps;
    }

    /** The first row that can be forecast. */
    int firstOrigin() {
        return window + (transform.level() == LevelRemoval.SEASON ? season : 0);
    }

    /** The example before an origin, {@code [T, F]}; rows from the origin on are not read, but for future inputs. */
    void encode(EncodedSeries series, int origin, float[] into) {
        encode(series, origin, into, 0, features());
    }

    /** The same with time step t at {@code offset + t * stride}, as a batch has it. */
    void encode(EncodedSeries series, int origin, float[] into, int offset, int stride) {
        int features = features();
        double level = windowLevel(series, origin);
        double divisor = divisor(series, origin);
        for (int t = 0; t < length(); t++) {
            int row = origin - window + t;
            int at = offset + t * stride;
            Arrays.fill(into, at, at + features, 0);
            if (t < window) {
                into[at] = (float) ((value(series, row) - level) / divisor);
                for (int i = 0; i < pastInputs; i++) {
                    into[at + 1 + i] =
                            (float) inputScales.get(i).transform(series.source().input(i, row));
                }
            } else {
                into[at + features - 1] = 1;
            }
            for (int i = pastInputs; i < pastInputs + futureInputs; i++) {
                into[at + 1 + i] =
                        (float) inputScales.get(i).transform(series.source().input(i, row));
            }
            encodeSeason(series.source().stepNumber(row), into, at + 1 + pastInputs + futureInputs);
        }
    }

    private void encodeSeason(long stepNumber, float[] into, int at) {
        int width = 2 * transform.harmonics();
        System.arraycopy(waves, Math.floorMod(stepNumber, season) * width, into, at, width);
    }

    /** What a row of the window shows: the value, or its difference to one season ago. */
    private double value(EncodedSeries series, int row) {
        return transform.level() == LevelRemoval.SEASON
                ? series.value(row) - series.value(row - season)
                : series.value(row);
    }

    private double windowLevel(EncodedSeries series, int origin) {
        switch (transform.level()) {
            case NONE:
                return center;
            case LAST:
                return series.value(origin - 1);
            case MEAN:
                double sum = 0;
                for (int row = origin - window; row < origin; row++) {
                    sum += series.value(row);
                }
                return sum / window;
            default:
                return 0;
        }
    }

    private double divisor(EncodedSeries series, int origin) {
        if (!transform.windowScale() || window < 2) {
            return scale;
        }
        double sum = 0;
        for (int row = origin - window + 1; row < origin; row++) {
            sum += Math.abs(value(series, row) - value(series, row - 1));
        }
        return scale * (sum / (window - 1) + floor);
    }

    /** How the targets of an origin are read and written. */
    Frame frame(EncodedSeries series, int origin) {
        return new Frame(series, origin, windowLevel(series, origin), divisor(series, origin));
    }

    /** The targets of an origin as the network should give them. */
    void targets(EncodedSeries series, int origin, double[] into) {
        Frame frame = frame(series, origin);
        for (int h = 0; h < steps; h++) {
            into[h] = (series.value(origin + h) - frame.level(h)) / frame.divisor;
        }
    }

    /** The level and the divisor of one window. */
    final class Frame {
        private final EncodedSeries series;
        private final int origin;
        private final double windowLevel;
        private final double divisor;

        private Frame(EncodedSeries series, int origin, double windowLevel, double divisor) {
            this.series = series;
            this.origin = origin;
            this.windowLevel = windowLevel;
            this.divisor = divisor;
        }

        private double level(int h) {
            return transform.level() == LevelRemoval.SEASON ? series.value(origin - season + h % season) : windowLevel;
        }

        /** The value of row {@code origin + h} on the network's scale. */
        double decode(int h, double raw) {
            return raw * divisor + level(h);
        }

        /** What raw outputs are multiplied by. */
        double divisor() {
            return divisor;
        }
    }

    /** Which of the {@code [T, F]} numbers the linear part starts from. */
    int[] linearColumns() {
        int features = features();
        int inputs = pastInputs + futureInputs;
        int lags = inputs == 0 ? 0 : Math.min(window, Math.max(1, MAX_INPUT_LAGS / inputs));
        int[] columns = new int[length() * features];
        int count = 0;
        for (int t = 0; t < length(); t++) {
            int at = t * features;
            if (t < window) {
                columns[count++] = at;
            }
            for (int i = 0; i < inputs; i++) {
                if (t >= window ? i >= pastInputs : t >= window - lags) {
                    columns[count++] = at + 1 + i;
                }
            }
            if (t == window - 1) {
                for (int k = 0; k < 2 * transform.harmonics(); k++) {
                    columns[count++] = at + 1 + inputs + k;
                }
            }
        }
        return Arrays.copyOf(columns, count);
    }
}
