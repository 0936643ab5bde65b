package io.carousel.task.translate;

import io.carousel.data.SequencePair;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/** Pairs as token numbers, from which the rows of a pair are made when they are asked for. */
final class EncodedPairs extends AbstractList<SequencePair> {
    private final List<int[]> sources;
    private final List<int[]> targets;

    private EncodedPairs(List<int[]> sources, List<int[]> targets) {
        this.sources = sources;
        this.targets = targets;
    }

    static EncodedPairs of(List<TextPair> pairs, TextSide source, TextSide target) {
        List<int[]> sources = new ArrayList<>();
        List<int[]> targets = new ArrayList<>();
        for (TextPair pair : pairs) {
            sources.add(source.closed(pair.source()));
            targets.add(target.numbers(target.tokens(pair.target())));
        }
        return new EncodedPairs(sources, targets);
    }

    @Override
    public SequencePair get(int index) {
        return SequencePair.ofTokens(sources.get(index), targets.get(index), TextSide.END_NUMBER, TextSide.END_NUMBER);
    }

    @Override
    public int size() {
        return sources.size();
    }
}
