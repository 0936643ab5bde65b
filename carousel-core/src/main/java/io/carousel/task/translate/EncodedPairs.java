package io.carousel.task.translate;

import io.carousel.data.SequencePair;
import io.carousel.text.TokenCode;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pairs as token numbers, from which the rows of a pair are made when they are asked for. */
final class EncodedPairs extends AbstractList<SequencePair> {
    private final List<int[]> sources = new ArrayList<>();
    private final List<int[]> targets = new ArrayList<>();

    /** For each source the numbers of its symbols; empty where nothing is copied. */
    private final List<int[]> symbols = new ArrayList<>();

    private final int vocabulary;

    private EncodedPairs(int vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** @param copying whether targets may copy tokens of their sources */
    static EncodedPairs of(List<TextPair> pairs, TokenCode source, TokenCode target, boolean copying) {
        EncodedPairs encoded = new EncodedPairs(target.vocabulary().size());
        for (TextPair pair : pairs) {
            List<String> read = source.tokens(pair.source());
            encoded.sources.add(source.closed(read));
            List<String> tokens = target.tokens(pair.target());
            if (copying) {
                CopyNumbers numbers = CopyNumbers.of(read, target);
                encoded.symbols.add(numbers.symbols());
                encoded.targets.add(numbers.numbers(tokens, target));
            } else {
                encoded.targets.add(target.numbers(tokens));
            }
        }
        return encoded;
    }

    /** What the decoder reads: a token that only the source has is unknown to it. */
    private int[] read(int[] target) {
        return Arrays.stream(target)
                .map(number -> number < vocabulary ? number : 0)
                .toArray();
    }

    @Override
    public SequencePair get(int index) {
        int[] target = targets.get(index);
        SequencePair pair =
                SequencePair.ofTokens(sources.get(index), target, TokenCode.END_NUMBER, TokenCode.END_NUMBER);
        if (symbols.isEmpty()) {
            return pair;
        }
        SequencePair told =
                SequencePair.ofTokens(sources.get(index), read(target), TokenCode.END_NUMBER, TokenCode.END_NUMBER);
        return new SequencePair(pair.source(), told.inputs(), pair.targets(), symbols.get(index));
    }

    @Override
    public int size() {
        return sources.size();
    }
}
