package io.carousel.task.translate;

import io.carousel.layer.BridgeSpec;
import io.carousel.layer.CopyBridge;
import io.carousel.layer.DecoderSpec;
import io.carousel.layer.DenseBridge;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.Direction;
import io.carousel.layer.DropoutSpec;
import io.carousel.layer.EmbeddingSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.NoBridge;
import io.carousel.layer.RecurrentSpec;
import io.carousel.layer.SourceSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The network of a spec: an encoder of source tokens, a bridge, and a decoder that gives a score to each target symbol. */
final class TranslateNetwork {
    private TranslateNetwork() {}

    static NetworkSpec spec(TranslateEncoding encoding) {
        return spec(
                encoding.spec(),
                encoding.source().vocabulary().size(),
                encoding.target().vocabulary().size());
    }

    static NetworkSpec spec(TranslateSpec spec, int sourceSymbols, int targetSymbols) {
        List<LayerSpec> encoder = new ArrayList<>();
        encoder.add(embedding("source_embedding", sourceSymbols, spec));
        addDropout(encoder, "source_dropout", spec.dropout());
        encoder.add(recurrent("encoder", spec).withDirection(spec.direction()));
        List<LayerSpec> decoder = new ArrayList<>();
        decoder.add(embedding("target_embedding", targetSymbols, spec));
        addDropout(decoder, "target_dropout", spec.dropout());
        RecurrentSpec levels = recurrent("decoder", spec);
        decoder.add(
                spec.attention() == AttentionKind.NONE
                        ? levels
                        : new DecoderSpec(
                                levels, spec.attentionSpec(), sourceSize(spec), spec.feeding(), spec.hidden()));
        addDropout(decoder, "output_dropout", spec.dropout());
        // one score more for not copying
        decoder.add(new DenseSpec("scores", spec.copying() ? Math.addExact(targetSymbols, 1) : targetSymbols));
        return new NetworkSpec(1, decoder, new SourceSpec(new NetworkSpec(1, encoder), bridge(spec)));
    }

    /**
     * Rows that are wider at first than a language model's, of which little comes through bridge and attention, so that for many
     * updates nothing is learnt of the source. Where all of it comes through one state they are as wide as the first weights above
     * are made for; with attention a third of that is enough, and rows of rare tokens, which few updates move, stay less in the way.
     */
    private static EmbeddingSpec embedding(String name, int symbols, TranslateSpec spec) {
        return new EmbeddingSpec(name, symbols, spec.embedding())
                .withStart(EmbeddingSpec.Start.NORMAL, spec.attention() == AttentionKind.NONE ? 1 : 0.3);
    }

    /** The width of a row of the encoder. */
    private static int sourceSize(TranslateSpec spec) {
        return spec.direction() == Direction.BIDIRECTIONAL ? Math.multiplyExact(2, spec.hidden()) : spec.hidden();
    }

    private static RecurrentSpec recurrent(String name, TranslateSpec spec) {
        return RecurrentSpec.of(name, spec.cell().toString(), Collections.nCopies(spec.layers(), spec.hidden()))
                .withDropout(spec.layers() > 1 ? spec.dropout() : 0);
    }

    private static BridgeSpec bridge(TranslateSpec spec) {
        return switch (spec.bridge()) {
            case NONE -> new NoBridge();
            case COPY -> new CopyBridge(spec.direction() == Direction.FORWARD ? Direction.FORWARD : Direction.BACKWARD);
            case DENSE -> new DenseBridge("bridge");
        };
    }

    private static void addDropout(List<LayerSpec> layers, String name, double rate) {
        if (rate > 0) {
            layers.add(new DropoutSpec(name, rate));
        }
    }
}
