package io.carousel.task.tag;

import io.carousel.autograd.Parameters;
import io.carousel.kernel.Kernels;
import io.carousel.layer.CrfSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.loss.ChainDecoder;
import io.carousel.loss.ChainRules;
import io.carousel.loss.ChainWeights;
import java.util.List;

/**
 * The chain of a tagger: its weights and the rules of its scheme. Without a CRF all weights are 0, so that what is chosen is
 * the best that the rules allow.
 */
record TagChain(ChainWeights weights, ChainRules rules) {
    static TagChain of(TagEncoding encoding, Network network) {
        CrfSpec spec = TagNetwork.chain(encoding);
        Parameters parameters = encoding.spec().output() == TagOutput.CRF
                ? network.parameters()
                : Parameters.of(
                        Network.declarations(new NetworkSpec(encoding.tags().size(), List.of(spec))));
        return new TagChain(spec.weights(parameters), ChainRules.of(encoding.scheme(), encoding.tags()));
    }

    /** A decoder of the weights as they are now. */
    ChainDecoder decoder(Kernels kernels) {
        return new ChainDecoder(kernels, weights, rules);
    }
}
