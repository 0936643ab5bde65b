package io.carousel.benchmarks.ledger;

import io.carousel.model.FormatException;
import io.carousel.model.Model;
import io.carousel.task.Session;
import java.io.IOException;
import java.nio.file.Path;

/** A program as short as one that uses Carousel can be: opens a model file, predicts one time step, prints the result. */
final class FirstPrediction {
    private FirstPrediction() {}

    /**
     * Prints the first output for an input of zeros, then waits until its standard input ends, so that it can be looked at;
     * without arguments it prints what any program would, to show what a JVM takes by itself.
     */
    public static void main(String[] arguments) throws IOException, FormatException {
        if (arguments.length == 0) {
            System.out.println("nothing");
            return;
        }
        Model model = Model.load(Path.of(arguments[0]));
        float[] y = new float[model.network().outputSize()];
        new Session(model.network()).step(new float[model.spec().inputSize()], y);
        System.out.println(y[0]);
        while (System.in.read() >= 0) {
            // until it ends
        }
    }
}
