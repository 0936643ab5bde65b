package io.carousel.cli.encode;

import io.carousel.cli.command.Console;
import io.carousel.cli.command.ExampleOptions;
import io.carousel.cli.command.Inputs;
import io.carousel.cli.command.Outputs;
import io.carousel.cli.command.UserMistake;
import io.carousel.cli.command.Version;
import io.carousel.model.Json;
import io.carousel.task.classify.ExampleSet;
import io.carousel.task.encode.Autoencoder;
import io.carousel.task.encode.Decoded;
import io.carousel.task.encode.EncodeEncoding;
import io.carousel.task.encode.Encoded;
import io.carousel.task.encode.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code carousel encode predict}: makes vectors of sequences, or sequences of vectors. */
@Command(
        name = "predict",
        description = {
            "Make a vector of each sequence: a line with its id, its label if it has one, and the numbers v1, v2, …",
            "With --decode, make a sequence of each such line."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Example:  carousel encode predict m.carousel gestures.csv --key gesture --label kind --out vectors.csv",
            "          carousel classify fit vectors.csv --key id --out kinds.carousel"
        })
final class PredictCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Parameters(
            index = "1",
            paramLabel = "DATA",
            description = "Sequences, as for fit, or - for standard input; with --decode a file of vectors.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final ExampleOptions examples = new ExampleOptions();

    @Option(names = "--decode", description = "Read vectors, and write the sequences that the model makes of them.")
    private boolean decode;

    @Option(
            names = "--length",
            paramLabel = "N",
            description = "With --decode: time steps of each sequence, of texts the most tokens. Default: as many as "
                    + "in training, or as are predicted; of texts until they end.")
    private @Nullable Integer length;

    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "With --decode: reconstruction or prediction. Default: the first that the model makes.")
    private @Nullable Part part;

    @Option(names = "--out", paramLabel = "CSV", description = "Write the vectors or sequences to this file.")
    private @Nullable Path out;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Also write a report with a map of the vectors, to open in a browser.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Outputs.check("--out", out);
        Outputs.check("--report", report);
        if (decode && report != null) {
            throw new UserMistake("--report must go without --decode, as it draws sequences beside what is made of "
                    + "them; leave one of them away");
        }
        if (!decode && (length != null || part != null)) {
            throw new UserMistake("--length and --part must go with --decode; add it, or leave them away");
        }
        Autoencoder autoencoder = Autoencoder.load(Inputs.check("model", model));
        return decode ? decode(autoencoder) : encode(autoencoder);
    }

    private int encode(Autoencoder autoencoder) throws IOException {
        ExampleSet set = examples.readUnlabelled(data, autoencoder.encoding().isText(), console);
        List<Encoded> encoded = autoencoder.encode(set);
        if (report != null) {
            EncodePages.write(report, autoencoder, set, null);
        }
        if (json) {
            ObjectNode object = Outputs.json(model, data, out, report);
            object.set("vectors", Json.tree(encoded));
            write(EncodeTables.csv(encoded));
            console.out().println(Json.writePretty(object));
        } else {
            print("Vectors:  ", EncodeTables.csv(encoded));
        }
        return 0;
    }

    private int decode(Autoencoder autoencoder) throws IOException {
        EncodeEncoding encoding = autoencoder.encoding();
        Part chosen = part == null ? encoding.chosen().decoder().parts().get(0) : part;
        ExampleSet vectors =
                EncodeTables.read(Inputs.check("data", data), encoding.chosen().size());
        List<Decoded> made;
        try {
            made = autoencoder.decode(EncodeTables.rows(vectors), chosen, length(encoding, chosen));
        } catch (IllegalArgumentException mistake) {
            String message = String.valueOf(mistake.getMessage());
            throw new UserMistake(message.contains("; ") ? message : message + "; see --length and --part");
        }
        String csv = EncodeTables.csv(encoding, vectors, made);
        if (json) {
            ObjectNode object = Outputs.json(model, data, out, null);
            object.set("sequences", EncodeTables.json(vectors, made));
            write(csv);
            console.out().println(Json.writePretty(object));
        } else {
            print("Sequences: ", csv);
        }
        return 0;
    }

    private int length(EncodeEncoding encoding, Part chosen) {
        if (length != null) {
            return length;
        }
        if (encoding.isText()) {
            return encoding.chosen().longest();
        }
        int usual = chosen == Part.PREDICTION ? encoding.chosen().ahead() : encoding.steps();
        if (usual == 0) {
            throw new UserMistake("--length must say how many time steps to make, as those of the training had "
                    + "different lengths; give it");
        }
        return usual;
    }

    private void write(String csv) throws IOException {
        if (out != null) {
            Outputs.write(out, csv);
        }
    }

    private void print(String what, String csv) throws IOException {
        write(csv);
        if (out == null) {
            console.out().print(csv);
        } else {
            console.out().println(what + out);
        }
        if (report != null) {
            console.out().println("Report:   " + report);
        }
    }
}
