package io.carousel.cli.command;

import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how large the recurrent part of a network is, of every task. */
public final class NetworkOptions {
    @Option(
            names = "--cell",
            paramLabel = "NAME",
            description = "Recurrent cell, one of ${COMPLETION-CANDIDATES}. Default: lstm.",
            completionCandidates = CellNames.class,
            order = 8)
    private @Nullable String cell;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            description = "Width of each recurrent layer. Default: below.",
            order = 9)
    private @Nullable Integer hidden;

    @Option(names = "--layers", paramLabel = "N", description = "Recurrent layers. Default: below.", order = 10)
    private @Nullable Integer layers;

    /** Hands on what was given, to a spec's builder. */
    public void apply(Consumer<String> toCell, IntConsumer toHidden, IntConsumer toLayers) {
        if (cell != null) {
            toCell.accept(cell);
        }
        if (hidden != null) {
            toHidden.accept(hidden);
        }
        if (layers != null) {
            toLayers.accept(layers);
        }
    }
}
