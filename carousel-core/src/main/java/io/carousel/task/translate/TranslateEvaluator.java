package io.carousel.task.translate;

import io.carousel.autograd.Tape;
import io.carousel.data.DataException;
import io.carousel.eval.Bleu;
import io.carousel.eval.ChrF;
import io.carousel.eval.EditDistance;
import io.carousel.kernel.Kernels;
import io.carousel.layer.Network;
import io.carousel.task.translate.TranslateEvaluation.LengthScores;
import io.carousel.tensor.Workspace;
import io.carousel.text.SpaceTokenizer;
import io.carousel.text.TokenCode;
import io.carousel.text.Tokenizer;
import io.carousel.train.ShardLoss;
import io.carousel.train.TeacherForcing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Scores translations of sources whose targets are known. */
final class TranslateEvaluator {
    /** Groups of sources by length. */
    private static final int GROUPS = 8;

    /** Pairs whose probability is computed at once. */
    private static final int TOGETHER = 32;

    private static final Tokenizer WORDS = new SpaceTokenizer(false);

    private final TranslateEncoding encoding;
    private final boolean lowerCase;

    TranslateEvaluator(TranslateEncoding encoding) {
        this.encoding = encoding;
        lowerCase = encoding.target().ignoresCase();
    }

    /**
     * Scores translations.
     *
     * @param translations of the different sources, in the order of their first appearance
     */
    TranslateEvaluation evaluate(PairSet pairs, List<String> translations, Network network, Kernels kernels) {
        Map<String, List<String>> bySource = pairs.bySource();
        TranslationScores copied = TranslationScores.empty(lowerCase);
        TranslationScores usual = TranslationScores.empty(lowerCase);
        TranslationScores all = TranslationScores.empty(lowerCase);
        Map<Integer, TranslationScores> byLength = new TreeMap<>();
        int index = 0;
        for (Map.Entry<String, List<String>> each : bySource.entrySet()) {
            TranslationScores one = scores(translations.get(index++), each.getValue());
            all = all.plus(one);
            byLength.merge(encoding.source().tokens(each.getKey()).size(), one, TranslationScores::plus);
            copied = copied.plus(scores(each.getKey(), each.getValue()));
            usual = usual.plus(scores(encoding.usualTarget(), each.getValue()));
        }
        double[] nats = nats(pairs, network, kernels);
        long unknownSources = unknown(encoding.source(), List.copyOf(bySource.keySet()));
        long unknownTargets = unknown(
                encoding.target(), pairs.pairs().stream().map(TextPair::target).toList());
        return new TranslateEvaluation(
                pairs.name(),
                pairs.size(),
                all,
                copied,
                usual,
                groups(byLength, all.sources()),
                nats[0],
                (long) nats[1],
                unknownSources,
                unknownTargets,
                notes(unknownTargets));
    }

    private TranslationScores scores(String translation, List<String> references) {
        Tokenizer cut = encoding.target().tokenizer();
        List<String> tokens = cut.tokens(translation);
        List<List<String>> wanted = references.stream().map(cut::tokens).toList();
        Bleu pairBleu = Bleu.empty(lowerCase);
        for (String reference : references) {
            pairBleu = pairBleu.plus(Bleu.of(translation, List.of(reference), lowerCase));
        }
        return new TranslationScores(
                1,
                wanted.contains(tokens) ? 1 : 0,
                Bleu.of(translation, references, lowerCase),
                pairBleu,
                ChrF.of(translation, references, lowerCase),
                EditDistance.nearest(wanted, tokens),
                EditDistance.nearest(references.stream().map(this::words).toList(), words(translation)));
    }

    private List<String> words(String text) {
        return WORDS.tokens(Tokenizer.normalized(text, lowerCase));
    }

    /** Lengths that stand side by side, put together so that each group has about as many sources. */
    private static List<LengthScores> groups(Map<Integer, TranslationScores> byLength, long sources) {
        List<LengthScores> groups = new ArrayList<>();
        LengthScores open = null;
        for (Map.Entry<Integer, TranslationScores> each : byLength.entrySet()) {
            int length = each.getKey();
            open = open == null
                    ? new LengthScores(length, length, each.getValue())
                    : new LengthScores(open.from(), length, open.scores().plus(each.getValue()));
            if (open.scores().sources() * GROUPS >= sources) {
                groups.add(open);
                open = null;
            }
        }
        if (open != null) {
            groups.add(open);
        }
        return groups;
    }

    /** The sum of the negative logarithms of the probabilities of all pairs' tokens, and how many these are. */
    private double[] nats(PairSet pairs, Network network, Kernels kernels) {
        EncodedPairs encoded = EncodedPairs.of(
                pairs.pairs(),
                encoding.source(),
                encoding.target(),
                encoding.spec().copying());
        TeacherForcing objective = TranslateTraining.objective(network, encoded, encoding.spec(), false);
        int[] order = new int[encoded.size()];
        Arrays.setAll(order, i -> i);
        Tape tape = new Tape(kernels, new Workspace());
        double[] sums = new double[2];
        for (int from = 0; from < order.length; from += TOGETHER) {
            tape.begin();
            ShardLoss loss = objective.forward(tape, order, from, Math.min(order.length, from + TOGETHER), null);
            sums[0] += loss.sum().value().at();
            sums[1] += loss.weight();
        }
        return sums;
    }

    private static long unknown(TokenCode side, List<String> texts) {
        long unknown = 0;
        for (String text : texts) {
            for (int number : side.numbers(side.tokens(text))) {
                unknown += number == 0 ? 1 : 0;
            }
        }
        return unknown;
    }

    private List<String> notes(long unknownTargets) {
        return unknownTargets == 0 || encoding.spec().copying()
                ? List.of()
                : List.of(unknownTargets
                        + (unknownTargets == 1 ? " target token is" : " target tokens are")
                        + " not in the vocabulary and can never be written");
    }

    /**
     * Requires that there is something to score.
     *
     * @throws DataException when there is no pair
     */
    static void requirePairs(PairSet pairs) {
        if (pairs.size() == 0) {
            throw new DataException(pairs.name() + " must have at least one pair to be evaluated, got none");
        }
    }
}
