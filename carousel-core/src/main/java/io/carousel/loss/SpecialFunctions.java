package io.carousel.loss;

/**
 * Functions of {@code double} that give the same bits everywhere: {@code + - * /}, and {@link StrictMath} where a
 * function of the JDK is needed.
 */
public final class SpecialFunctions {
    private static final double HALF_LOG_TWO_PI = 0.9189385332046727;
    /** From here on Stirling's series is exact to a double. */
    private static final double LARGE = 12;
    /** Up to here the normal tail is a series, from here on a continued fraction. */
    private static final double SERIES_END = 3;

    private SpecialFunctions() {}

    /** {@code log(1 + e^x)}, without overflow. */
    static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    /** {@code 1 / (1 + e^-x)}, the derivative of softplus. */
    static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /**
     * {@code log Γ(x)} for x > 0: Stirling's series (DLMF 5.11.1) from {@value #LARGE} on, the recurrence below.
     */
    static double logGamma(double x) {
        double product = 1;
        double y = x;
        while (y < LARGE) {
            product *= y;
            y += 1;
        }
        double r = 1 / (y * y);
        double series = 1.0 / 12
                + r * (-1.0 / 360 + r * (1.0 / 1260 + r * (-1.0 / 1680 + r * (1.0 / 1188 - r * 691.0 / 360360))));
        return (y - 0.5) * StrictMath.log(y) - y + HALF_LOG_TWO_PI + series / y - StrictMath.log(product);
    }

    /** The derivative of {@link #logGamma} for x > 0 (DLMF 5.11.2 and 5.5.2). */
    static double digamma(double x) {
        double shift = 0;
        double y = x;
        while (y < LARGE) {
            shift += 1 / y;
            y += 1;
        }
        double r = 1 / (y * y);
        double series = r
                * (1.0 / 12
                        + r * (-1.0 / 120 + r * (1.0 / 252 + r * (-1.0 / 240 + r * (1.0 / 132 - r * 691.0 / 32760)))));
        return StrictMath.log(y) - 0.5 / y - series - shift;
    }

    /**
     * The quantile of the standard normal distribution: a start from the logistic distribution, then Newton's steps on
     * the distribution function.
     */
    static double normalQuantile(double level) {
        if (level > 0.5) {
            return -normalQuantile(1 - level);
        }
        return solve(
                new Distribution() {
                    @Override
                    public double upperTail(double x) {
                        return normalUpperTail(x);
                    }

                    @Override
                    public double density(double x) {
                        return StrictMath.exp(-0.5 * x * x - HALF_LOG_TWO_PI);
                    }
                },
                level);
    }

    /** The quantile of Student's t distribution with that many degrees of freedom. */
    static double studentQuantile(double level, double degrees) {
        if (level > 0.5) {
            return -studentQuantile(1 - level, degrees);
        }
        double logConstant =
                logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - 0.5 * StrictMath.log(degrees * StrictMath.PI);
        return solve(
                new Distribution() {
                    @Override
                    public double upperTail(double x) {
                        return studentUpperTail(x, degrees);
                    }

                    @Override
                    public double density(double x) {
                        return StrictMath.exp(logConstant - 0.5 * (degrees + 1) * StrictMath.log1p(x * x / degrees));
                    }
                },
                level);
    }

    /** A distribution that is symmetric about 0. */
    private interface Distribution {
        /** The probability of more than x, x >= 0. */
        double upperTail(double x);

        double density(double x);
    }

    /** The x with {@code P(X < x) = level <= 0.5}: Newton's steps, kept inside a bracket that shrinks. */
    private static double solve(Distribution distribution, double level) {
        if (level == 0.5) {
            return 0;
        }
        double low = 0;
        double high = 1;
        while (distribution.upperTail(high) > level) {
            low = high;
            high *= 2;
        }
        double x = 0.5 * (low + high);
        for (int i = 0; i < 100 && high - low > 1e-15 * high; i++) {
            double excess = distribution.upperTail(x) - level;
            if (excess > 0) {
                low = x;
            } else {
                high = x;
            }
            double next = x + excess / distribution.density(x);
            if (!(next > low && next < high)) {
                next = 0.5 * (low + high);
            }
            if (Math.abs(next - x) <= 1e-15 * x) {
                x = next;
                break;
            }
            x = next;
        }
        return -x;
    }

    /** {@code P(X > x)} of the standard normal distribution, x >= 0: a series near 0, a continued fraction beyond. */
    static double normalUpperTail(double x) {
        double density = StrictMath.exp(-0.5 * x * x - HALF_LOG_TWO_PI);
        if (x < SERIES_END) {
            // Φ(x) = ½ + φ(x) (x + x³/3 + x⁵/(3·5) + …)
            double term = x;
            double sum = x;
            for (int k = 3; term > 1e-17 * sum; k += 2) {
                term *= x * x / k;
                sum += term;
            }
            return 0.5 - density * sum;
        }
        return density / fraction(x);
    }

    /** {@code log P(X > x)} of the standard normal distribution, also where the probability is too small for a double. */
    public static double logNormalUpperTail(double x) {
        if (x < 0) {
            return StrictMath.log1p(-normalUpperTail(-x));
        }
        return x < SERIES_END
                ? StrictMath.log(normalUpperTail(x))
                : -0.5 * x * x - HALF_LOG_TWO_PI - StrictMath.log(fraction(x));
    }

    /** {@code x + 1/(x + 2/(x + 3/(x + …)))}, from the inside out, for x from {@value #SERIES_END} on. */
    private static double fraction(double x) {
        double fraction = x;
        for (int k = 150; k >= 1; k--) {
            fraction = x + k / fraction;
        }
        return fraction;
    }

    /** {@code P(X > x)} of Student's t distribution, x >= 0: half an incomplete beta function (DLMF 8.17). */
    static double studentUpperTail(double x, double degrees) {
        return 0.5 * incompleteBeta(degrees / 2, 0.5, degrees / (degrees + x * x), x * x / (degrees + x * x));
    }

    /** The regularised {@code I_x(a, b)} with {@code y = 1 - x}, by the continued fraction DLMF 8.17.22. */
    private static double incompleteBeta(double a, double b, double x, double y) {
        if (x > (a + 1) / (a + b + 2)) {
            return 1 - incompleteBeta(b, a, y, x);
        }
        if (x == 0) {
            return 0;
        }
        double front = StrictMath.exp(
                        logGamma(a + b) - logGamma(a) - logGamma(b) + a * StrictMath.log(x) + b * StrictMath.log(y))
                / a;
        // from the outside in with numerators over denominators (Lentz 1976)
        double c = 1;
        double d = 0;
        double value = 1;
        for (int n = 1; n < 1000; n++) {
            int m = n / 2;
            double step = n % 2 == 0
                    ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                    : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / (1 + step * d);
            c = 1 + step / c;
            value *= c * d;
            if (Math.abs(c * d - 1) < 1e-16) {
                break;
            }
        }
        return front / value;
    }
}
