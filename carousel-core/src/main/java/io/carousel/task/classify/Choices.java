package io.carousel.task.classify;

import io.carousel.layer.Pooling;
import io.carousel.optim.AdamW;
import io.carousel.task.CharacterReader;
import io.carousel.text.ByteTokenizer;
import io.carousel.text.CharacterTokenizer;
import io.carousel.text.Tokenizer;
import io.carousel.text.WordTokenizer;
import io.carousel.train.TrainingPlan;

/** What a spec leaves open, decided by the kind and the number of the examples. */
final class Choices {
    /** Fewer examples than this are few: more members, and a larger share of them to validate. */
    private static final int FEW = 1_000;

    private Choices() {}

    /** What is read at a time step. */
    enum Kind {
        WORDS,
        CHARACTERS,
        NUMBERS;

        static Kind of(ClassifySpec spec, ExampleSet set) {
            if (!set.isText()) {
                return NUMBERS;
            }
            Tokenizer tokenizer = spec.tokenizer();
            return tokenizer instanceof CharacterTokenizer || tokenizer instanceof ByteTokenizer ? CHARACTERS : WORDS;
        }
    }

    static TrainingPlan plan(ClassifySpec spec, ExampleSet set) {
        boolean few = set.size() < FEW;
        boolean words = Kind.of(spec, set) == Kind.WORDS;
        return TrainingPlan.defaults()
                .withEpochs(few ? 200 : 30)
                .withBatchSize(few ? 16 : 64)
                .withShardSize(few ? 8 : 16)
                .withLearningRate(few ? 3e-3 : words ? 1e-3 : 2e-3)
                .withOptimizer(new AdamW())
                .withWeightDecay(0.01)
                .withPatience(few ? 40 : 4);
    }

    /** The spec with everything decided. */
    static ClassifySpec complete(ClassifySpec spec, ExampleSet set) {
        Kind kind = Kind.of(spec, set);
        boolean few = set.size() < FEW;
        return spec.with(builder -> {
            if (kind == Kind.NUMBERS) {
                builder.tokenizer(null)
                        .embedding(0)
                        .leastCount(1)
                        .tokenDropout(0)
                        .characters(CharacterReader.NONE);
                if (spec.scaling() == null) {
                    builder.scaling(set.commonScale() ? NumberScaling.ALL : NumberScaling.FEATURES);
                }
            } else {
                builder.scaling(NumberScaling.NONE);
                if (spec.tokenizer() == null) {
                    builder.tokenizer(new WordTokenizer(true));
                }
                if (spec.embedding() == 0) {
                    builder.embedding(kind == Kind.WORDS ? 128 : 32);
                }
                if (spec.leastCount() == 0) {
                    builder.leastCount(kind == Kind.WORDS && !few ? 2 : 1);
                }
                if (spec.tokenDropout() < 0) {
                    builder.tokenDropout(kind == Kind.WORDS ? 0.1 : 0.05);
                }
            }
            if (spec.hidden() == 0) {
                builder.hidden(few ? 64 : 128);
            }
            if (spec.pooling() == null) {
                builder.pooling(
                        switch (kind) {
                            case WORDS -> Pooling.MAX;
                            case CHARACTERS -> Pooling.LAST;
                            case NUMBERS -> Pooling.MEAN;
                        });
            }
            if (spec.members() == 0) {
                builder.members(few ? 5 : 3);
            }
            if (spec.inputDropout() < 0) {
                builder.inputDropout(kind == Kind.WORDS ? 0.5 : 0.1);
            }
            if (spec.dropout() < 0) {
                builder.dropout(kind == Kind.WORDS ? 0.5 : 0.3);
            }
            if (spec.validation() < 0) {
                builder.validation(few ? 0.2 : 0.1);
            }
        });
    }
}
