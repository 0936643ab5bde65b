package io.carousel.layer;

/**
 * What a network reads besides its input: the encoder of an encoder and a decoder, of which the network itself is the decoder.
 *
 * <p>A source is read whole, and may have any length. Its network and the one that reads it have their weights together, so
 * names of layers are different in both.
 *
 * <p>Sources: Cho et al., <i>Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine Translation</i>,
 * 2014; Sutskever, Vinyals, Le, <i>Sequence to Sequence Learning with Neural Networks</i>, 2014.
 *
 * @param network what reads the source
 * @param bridge how the decoder's first state comes from what the source left
 */
public record SourceSpec(NetworkSpec network, BridgeSpec bridge) {
    public SourceSpec {
        if (network.source() != null) {
            throw new IllegalArgumentException("network of a source must not have a source itself; give it none");
        }
    }
}
