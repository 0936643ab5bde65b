package io.carousel.task.forecast;

import io.carousel.autograd.Parameter;
import io.carousel.layer.DenseSpec;
import io.carousel.layer.DropoutSpec;
import io.carousel.layer.LastStepSpec;
import io.carousel.layer.LayerSpec;
import io.carousel.layer.Network;
import io.carousel.layer.NetworkSpec;
import io.carousel.layer.RecurrentSpec;
import io.carousel.tensor.Rng;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** One of the recurrent networks that are averaged in a model: recurrent layers over the window and a dense head on its last step. */
final class Member {
    private final int number;
    private final int count;
    private final Network network;

    private Member(int number, int count, Network network) {
        this.number = number;
        this.count = count;
        this.network = network;
    }

    /**
     * A member before training, whose head gives the bias and nothing else.
     *
     * @param number from 1
     * @param bias the raw outputs that it starts from
     */
    static Member create(ForecastSpec spec, int features, int number, float[] bias, Rng rng) {
        List<LayerSpec> layers = layers(spec, number, bias.length);
        Network network = Network.create(new NetworkSpec(features, layers), rng.stream("member" + number));
        Member member = new Member(number, spec.members(), network);
        Parameter weight = network.parameters().get(member.head() + ".weight");
        Arrays.fill(
                weight.tensor().data(),
                weight.offset(),
                weight.offset() + weight.tensor().size(),
                0);
        Parameter head = network.parameters().get(member.head() + ".bias");
        System.arraycopy(bias, 0, head.tensor().data(), head.offset(), bias.length);
        network.parameters().changed();
        return member;
    }

    private static List<LayerSpec> layers(ForecastSpec spec, int number, int outputs) {
        String suffix = suffix(number, spec.members());
        return List.of(
                RecurrentSpec.of(
                                "encoder" + suffix,
                                spec.cell().toString(),
                                Collections.nCopies(spec.layers(), spec.hidden()))
                        .withDropout(spec.dropout()),
                new LastStepSpec(),
                new DropoutSpec("dropout" + suffix, spec.dropout()),
                new DenseSpec("head" + suffix, outputs));
    }

    private static String suffix(int number, int count) {
        return count == 1 ? "" : Integer.toString(number);
    }

    /** The name of the head's layer. */
    String head() {
        return "head" + suffix(number, count);
    }

    Network network() {
        return network;
    }

    int number() {
        return number;
    }
}
