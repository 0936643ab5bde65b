package io.carousel.task.tag;

import io.carousel.autograd.Parameter;
import io.carousel.data.DataException;
import io.carousel.data.Sha256;
import io.carousel.layer.Network;
import io.carousel.model.Model;
import io.carousel.model.Provenance;
import io.carousel.task.FitOptions;
import io.carousel.task.FitRun;
import io.carousel.task.TrainingStage;
import io.carousel.task.VectorRows;
import io.carousel.tensor.Rng;
import io.carousel.text.TagScheme;
import io.carousel.text.WordVectors;
import io.carousel.train.TrainingPlan;
import io.carousel.train.TrainingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One fit from sentences to model: hold some out, number what is there, train, put together. */
final class TagTraining {
    private final TagData data;
    private final TagSpec spec;
    private final TrainingPlan plan;
    private final FitOptions options;
    private final List<String> notes = new ArrayList<>();
    private final List<Sentence> training = new ArrayList<>();
    private final List<Sentence> validation = new ArrayList<>();

    TagTraining(TagData data, TagSpec spec, TrainingPlan plan, FitOptions options) {
        this.data = data;
        this.spec = spec;
        this.plan = plan;
        this.options = options;
    }

    TagFit run() {
        long start = System.nanoTime();
        split();
        WrittenTags found = WrittenTags.of(training);
        notes.addAll(found.notes());
        TagScheme written = found.scheme();
        TagScheme scheme = scheme(written);
        List<List<String>> tags = training.stream()
                .map(sentence -> found.sound() && scheme == written ? sentence.tags() : scheme.convert(sentence.tags()))
                .toList();
        WordVectors file = data.vectors();
        List<List<String>> given = training.stream()
                .map(sentence -> found.sound() ? sentence.tags() : written.convert(sentence.tags()))
                .toList();
        TagVocabularies seen = new TagVocabularies(spec, training, tags, given, scheme, file);
        VectorRows vectors = file == null ? null : VectorRows.of(file, seen.words());
        if (vectors != null && file != null) {
            notes.add(vectors.note(file.name()));
        }
        TagEncoding encoding = encoding(seen, scheme, written, wordSize(vectors), List.of(), false);
        Network network = network(encoding, vectors);
        FitRun run = FitRun.begin(options, digest(vectors), spec, plan);
        options.listener().stage("training", 1, 1);
        TrainingResult result = train(run, network, encoding, tags, seen.counts());
        boolean stopped = run.stopped();
        if (stopped) {
            notes.add(FitRun.STOPPED);
        }
        int best = validation.isEmpty() ? result.history().size() : result.bestEpoch();
        List<TrainingStage> stages = List.of(new TrainingStage("training", result.history(), best, null));
        TagEncoding done = encoding(seen, scheme, written, encoding.wordSize(), stages, stopped);
        Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
        Model model = Model.of(network, SequenceTagger.task(done), provenance(wallTime));
        run.end();
        SequenceTagger tagger = SequenceTagger.of(model, done);
        TagEvaluation judged = validation.isEmpty()
                ? null
                : new TagEvaluator(network, done).evaluate(validation, "validation sentences");
        return new TagFit(tagger, judged, stages, stopped, notes, wallTime);
    }

    // ---------------------------------------------------------------- data

    /** Leaves out sentences without words, and holds some out when there are none to validate with. */
    private void split() {
        notes.addAll(data.training().notes());
        List<Sentence> all = withWords(data.training());
        SentenceSet given = data.validation();
        if (given != null) {
            training.addAll(all);
            validation.addAll(withWords(given));
            if (validation.isEmpty()) {
                throw new DataException(given.source() + " must have at least one sentence with words to validate, got "
                        + "none; leave it out to hold out a part of the training sentences");
            }
        } else {
            int[] order = new int[all.size()];
            Arrays.setAll(order, i -> i);
            Rng.of(plan.seed()).stream("validation").shuffle(order);
            int held = (int) Math.min(all.size() - 1L, Math.round(all.size() * spec.validation()));
            boolean[] out = new boolean[all.size()];
            for (int i = 0; i < held; i++) {
                out[order[i]] = true;
            }
            for (int i = 0; i < out.length; i++) {
                (out[i] ? validation : training).add(all.get(i));
            }
        }
    }

    private List<Sentence> withWords(SentenceSet set) {
        List<Sentence> all = set.sentences().stream()
                .filter(sentence -> !sentence.words().isEmpty())
                .toList();
        int empty = set.sentences().size() - all.size();
        if (empty > 0) {
            notes.add((empty == 1 ? "1 sentence of " : empty + " sentences of ")
                    + set.source()
                    + (empty == 1 ? " has no words and was left out" : " have no words and were left out"));
        }
        for (Sentence sentence : all) {
            if (!sentence.tagged()) {
                throw new DataException("sentence at line " + sentence.line() + " of " + set.source()
                        + " must have a tag for each word to learn from, got none; read the column of the tags");
            }
        }
        if (all.isEmpty()) {
            throw new DataException(set.source() + " must have at least one sentence with words, got none");
        }
        return all;
    }

    /** The scheme of the network's tags. */
    private TagScheme scheme(TagScheme written) {
        TagScheme wanted = spec.scheme();
        if (written != TagScheme.NONE) {
            return wanted == null ? TagScheme.BIOES : wanted;
        }
        if (wanted != null) {
            throw new DataException("tags must be those of spans to be converted to " + wanted + ", got tags such as "
                    + training.get(0).tags().get(0) + "; leave the scheme out");
        }
        return TagScheme.NONE;
    }

    private int wordSize(@Nullable VectorRows vectors) {
        if (vectors == null) {
            return spec.wordSize() == 0 ? 100 : spec.wordSize();
        }
        if (spec.wordSize() != 0 && spec.wordSize() != vectors.size()) {
            throw new DataException("word size must be that of the vectors, " + vectors.size() + ", got "
                    + spec.wordSize() + "; leave it out");
        }
        return vectors.size();
    }

    private TagEncoding encoding(
            TagVocabularies seen,
            TagScheme scheme,
            TagScheme written,
            int wordSize,
            List<TrainingStage> stages,
            boolean stopped) {
        return new TagEncoding(
                TagEncoding.TASK,
                spec,
                data.training().format(),
                wordSize,
                seen.words(),
                seen.characters(),
                seen.features(),
                seen.tags(),
                scheme,
                written,
                seen.writtenTags(),
                seen.usualTags(),
                training.size(),
                validation.size(),
                stages,
                stopped,
                notes);
    }

    /** The SHA-256 of all that is learnt from, as it was read. */
    private String digest(@Nullable VectorRows vectors) {
        if (options.checkpoints() == null) {
            return "";
        }
        Sha256 digest = new Sha256().add(vectors == null ? "" : vectors.sha256());
        for (List<Sentence> part : List.of(training, validation)) {
            digest.add(Integer.toString(part.size()));
            for (Sentence sentence : part) {
                digest.add(String.join("\n", sentence.words()));
                digest.add(String.join("\n", sentence.tags()));
                sentence.features().forEach(values -> digest.add(String.join("\n", values)));
            }
        }
        return digest.hex();
    }

    // ---------------------------------------------------------------- training

    private Network network(TagEncoding encoding, @Nullable VectorRows vectors) {
        Network network = Network.create(TagNetwork.spec(encoding), Rng.of(plan.seed()).stream("network"));
        if (vectors != null) {
            Parameter words = network.parameters().get(TagNetwork.WORDS + ".weight");
            vectors.copyTo(network.parameters().values(), words.offset());
            network.parameters().changed();
        }
        return network;
    }

    private TrainingResult train(
            FitRun run, Network network, TagEncoding encoding, List<List<String>> tags, long[] counts) {
        SentenceEncoder encoder = new SentenceEncoder(encoding);
        Map<String, Integer> numbers = new HashMap<>();
        encoding.tags().forEach(tag -> numbers.put(tag, numbers.size()));
        List<EncodedSentence> examples = new ArrayList<>();
        for (int i = 0; i < training.size(); i++) {
            int[] wanted = tags.get(i).stream().mapToInt(numbers::get).toArray();
            Sentence sentence = training.get(i);
            examples.add(new EncodedSentence(encoder.encode(sentence), wanted, sentence.tags()));
        }
        List<EncodedSentence> judged = validation.stream()
                .map(sentence -> new EncodedSentence(encoder.encode(sentence), new int[0], sentence.tags()))
                .toList();
        return run.train(
                plan,
                "training",
                new TagObjective(network, encoding, examples, counts),
                judged.isEmpty() ? null : new TagErrors(network, encoding, judged));
    }

    private Provenance provenance(Duration wallTime) {
        return Provenance.ofFit(data.training().source(), data.training().sha256(), spec, plan, plan.seed(), wallTime);
    }
}
