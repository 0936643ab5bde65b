package io.carousel.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The directions in which points spread most: what the best linear code of a few numbers keeps.
 *
 * <pre>{@code
 * C = X Xᵀ or Xᵀ X of the centred points, whichever is smaller      C = V Λ Vᵀ by Jacobi's rotations
 * z = A (x - m)        the code of a point
 * x' = m + Aᵀ z        what the code keeps of it
 * }</pre>
 *
 * <p>Of an axis either direction is right; the one is taken whose largest number is positive, so that the same points give the same
 * axes.
 *
 * <p>Sources: Pearson, <i>On Lines and Planes of Closest Fit to Systems of Points in Space</i>, 1901; Jacobi, <i>Über ein leichtes
 * Verfahren …</i>, 1846.
 *
 * @param mean m, {@code [D]}
 * @param axes A, {@code [components][D]}, each of length 1, that of the largest spread first
 */
public record PrincipalComponents(List<Double> mean, List<List<Double>> axes) {
    /** The most points, or dimensions, whichever are fewer: Jacobi's rotations take the cube of their number. */
    public static final int MOST = 512;

    /** Below this part of the largest spread a direction is rounding. */
    private static final double NOTHING = 1e-12;

    private static final int MOST_SWEEPS = 60;

    /** Checks that all axes have the dimensions of the mean, and finite numbers. */
    public PrincipalComponents {
        mean = List.copyOf(mean);
        axes = axes.stream().map(List::copyOf).toList();
        int size = mean.size();
        if (!mean.stream().allMatch(Double::isFinite)
                || !axes.stream()
                        .allMatch(axis -> axis.size() == size && axis.stream().allMatch(Double::isFinite))) {
            throw new IllegalArgumentException(
                    "axes of principal components must have " + size + " finite numbers each, as the mean has");
        }
    }

    /**
     * The principal components of points. Of more than {@value #MOST} points with more than {@value #MOST} dimensions so many are
     * looked at, evenly spread.
     *
     * @param points {@code [N][D]}
     * @param count the most axes; there are fewer where the points spread in fewer directions
     * @throws IllegalArgumentException when there is no point, or they have different dimensions
     */
    public static PrincipalComponents of(float[][] points, int count) {
        if (points.length == 0) {
            throw new IllegalArgumentException("points must not be empty to have principal components");
        }
        int size = points[0].length;
        for (float[] point : points) {
            if (point.length != size) {
                throw new IllegalArgumentException(
                        "points must all have " + size + " dimensions like the first, got " + point.length);
            }
        }
        float[][] chosen = size > MOST && points.length > MOST ? spread(points) : points;
        double[] mean = mean(chosen);
        double[][] centred = new double[chosen.length][size];
        for (int i = 0; i < chosen.length; i++) {
            for (int d = 0; d < size; d++) {
                centred[i][d] = chosen[i][d] - mean[d];
            }
        }
        double[][] axes = size <= chosen.length ? byDimensions(centred, count) : byPoints(centred, count);
        return new PrincipalComponents(
                boxed(mean), Arrays.stream(axes).map(PrincipalComponents::boxed).toList());
    }

    private static float[][] spread(float[][] points) {
        float[][] chosen = new float[MOST][];
        Arrays.setAll(chosen, i -> points[(int) ((long) i * points.length / MOST)]);
        return chosen;
    }

    private static double[] mean(float[][] points) {
        double[] mean = new double[points[0].length];
        for (float[] point : points) {
            for (int d = 0; d < mean.length; d++) {
                mean[d] += point[d];
            }
        }
        for (int d = 0; d < mean.length; d++) {
            mean[d] /= points.length;
        }
        return mean;
    }

    private static double[][] byDimensions(double[][] centred, int count) {
        int size = centred[0].length;
        double[][] covariance = new double[size][size];
        for (double[] point : centred) {
            for (int a = 0; a < size; a++) {
                for (int b = 0; b <= a; b++) {
                    covariance[a][b] += point[a] * point[b];
                }
            }
        }
        return axes(Eigen.of(mirrored(covariance)), count, vector -> vector);
    }

    private static double[][] byPoints(double[][] centred, int count) {
        double[][] products = new double[centred.length][centred.length];
        for (int a = 0; a < centred.length; a++) {
            for (int b = 0; b <= a; b++) {
                products[a][b] = dot(centred[a], centred[b]);
            }
        }
        return axes(Eigen.of(mirrored(products)), count, vector -> {
            double[] axis = new double[centred[0].length];
            for (int i = 0; i < centred.length; i++) {
                for (int d = 0; d < axis.length; d++) {
                    axis[d] += vector[i] * centred[i][d];
                }
            }
            return axis;
        });
    }

    private static double[][] mirrored(double[][] lower) {
        for (int a = 0; a < lower.length; a++) {
            for (int b = 0; b < a; b++) {
                lower[b][a] = lower[a][b];
            }
        }
        return lower;
    }

    private static double[][] axes(Eigen eigen, int count, java.util.function.UnaryOperator<double[]> toAxis) {
        int[] order = IntStream.range(0, eigen.values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -eigen.values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double largest = order.length == 0 ? 0 : eigen.values[order[0]];
        return Arrays.stream(order)
                .filter(i -> eigen.values[i] > NOTHING * largest)
                .limit(count)
                .mapToObj(i -> unit(toAxis.apply(eigen.vector(i))))
                .toArray(double[][]::new);
    }

    /** Of length 1, with its largest number positive. */
    private static double[] unit(double[] axis) {
        int largest = 0;
        for (int d = 1; d < axis.length; d++) {
            largest = Math.abs(axis[d]) > Math.abs(axis[largest]) ? d : largest;
        }
        double factor = 1 / Math.sqrt(dot(axis, axis));
        double signed = axis[largest] < 0 ? -factor : factor;
        return Arrays.stream(axis).map(number -> number * signed).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    private static List<Double> boxed(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    /**
     * Where a point lies on the axes.
     *
     * @param point {@code [D]}
     * @return {@code [components]}
     */
    public double[] code(float[] point) {
        requireSize(point.length);
        double[] code = new double[axes.size()];
        for (int c = 0; c < code.length; c++) {
            for (int d = 0; d < point.length; d++) {
                code[c] += axes.get(c).get(d) * (point[d] - mean.get(d));
            }
        }
        return code;
    }

    /** What the axes keep of a point. */
    public float[] kept(float[] point) {
        double[] code = code(point);
        float[] kept = new float[point.length];
        for (int d = 0; d < kept.length; d++) {
            double sum = mean.get(d);
            for (int c = 0; c < code.length; c++) {
                sum += code[c] * axes.get(c).get(d);
            }
            kept[d] = (float) sum;
        }
        return kept;
    }

    private void requireSize(int size) {
        if (size != mean.size()) {
            throw new IllegalArgumentException("point must have " + mean.size() + " dimensions, got " + size);
        }
    }

    /** Eigenvalues of a symmetric matrix, and their vectors as rows. */
    private static final class Eigen {
        private final double[][] a;
        private final double[][] vectors;
        private final double[] values;

        private Eigen(double[][] matrix) {
            a = matrix;
            vectors = new double[a.length][a.length];
            values = new double[a.length];
        }

        /** Rotates until nothing is left beside the diagonal; the matrix is overwritten. */
        static Eigen of(double[][] matrix) {
            Eigen eigen = new Eigen(matrix);
            for (int i = 0; i < matrix.length; i++) {
                eigen.vectors[i][i] = 1;
            }
            int sweeps = 0;
            while (sweeps < MOST_SWEEPS && eigen.sweep()) {
                sweeps++;
            }
            for (int i = 0; i < matrix.length; i++) {
                eigen.values[i] = matrix[i][i];
            }
            return eigen;
        }

        double[] vector(int row) {
            return vectors[row];
        }

        private boolean sweep() {
            boolean turned = false;
            for (int p = 0; p < a.length; p++) {
                for (int q = p + 1; q < a.length; q++) {
                    // an element that rounding hides beside the diagonal is nothing
                    double shown = Math.ulp(Math.sqrt(Math.abs(a[p][p])) * Math.sqrt(Math.abs(a[q][q])));
                    if (Math.abs(a[p][q]) > Math.max(shown, Double.MIN_NORMAL)) {
                        rotate(p, q);
                        turned = true;
                    }
                }
            }
            return turned;
        }

        private void rotate(int p, int q) {
            double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
            double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
            double c = 1 / Math.sqrt(t * t + 1);
            double s = t * c;
            for (int k = 0; k < a.length; k++) {
                double first = a[k][p];
                double second = a[k][q];
                a[k][p] = c * first - s * second;
                a[k][q] = s * first + c * second;
            }
            turn(a[p], a[q], c, s);
            turn(vectors[p], vectors[q], c, s);
        }

        /** Turns two rows. */
        private static void turn(double[] first, double[] second, double c, double s) {
            for (int k = 0; k < first.length; k++) {
                double x = first[k];
                double y = second[k];
                first[k] = c * x - s * y;
                second[k] = s * x + c * y;
            }
        }
    }
}
