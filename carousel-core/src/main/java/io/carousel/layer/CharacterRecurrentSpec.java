package io.carousel.layer;

import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Variable;
import io.carousel.cell.CellSpec;
import io.carousel.cell.Cells;
import io.carousel.cell.StatePart;
import io.carousel.data.BatchLayout;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a recurrent layer makes of the characters of a word, read in both directions.
 *
 * <pre>{@code
 * c_i = embedding[x_i]                  i-th character of the word
 * f   = last output, c_0 to c_n-1       b = last output, c_n-1 to c_0
 * y   = [f, b]
 * }</pre>
 *
 * <p>A row of the input is a word: the numbers of up to C characters, then -1. Each different word of a batch is computed
 * once. A word without characters gives zeros. Parameters are {@code NAME.weight [V, E]} and those of a {@link
 * RecurrentSpec} of that name; nothing is remembered from word to word. One time step at a time it makes small objects.
 *
 * <p>Source: Lample, Ballesteros, Subramanian, Kawakami, Dyer, <i>Neural Architectures for Named Entity Recognition</i>,
 * 2016.
 *
 * @param name the prefix of its parameters, such as {@code characters}
 * @param vocabulary V
 * @param size E, the width of a character's row
 * @param cell what runs from character to character
 * @param hidden H in each direction; the output has 2H
 */
public record CharacterRecurrentSpec(String name, int vocabulary, int size, CellSpec cell, int hidden)
        implements LayerSpec {
    public CharacterRecurrentSpec {
        Names.require(name);
        new EmbeddingSpec(name, vocabulary, size); // checks them
        if (hidden < 1) {
            throw new IllegalArgumentException("hidden size of " + name + " must be positive, got " + hidden);
        }
        if (Cells.create(cell, size, hidden).readsTimeGap()) {
            throw new IllegalArgumentException("cell of " + name + " must not read the time since the step before, got "
                    + cell + "; characters are evenly spaced");
        }
    }

    @Override
    public Layer layer(int inputSize) {
        // uniform in ±√(3 / E), so that rows have the length 1 on average: Ma and Hovy 2016
        LayerSpec embedding =
                new EmbeddingSpec(name, vocabulary, size).withStart(EmbeddingSpec.Start.UNIFORM, Math.sqrt(3.0 / size));
        LayerSpec recurrent =
                RecurrentSpec.of(name, cell.toString(), List.of(hidden)).withDirection(Direction.BIDIRECTIONAL);
        return new Reader(this, inputSize, Chain.of(1, List.of(embedding, recurrent)));
    }

    private record Reader(CharacterRecurrentSpec spec, int inputSize, Chain inner) implements Layer {
        @Override
        public int outputSize() {
            return Math.multiplyExact(2, spec.hidden);
        }

        @Override
        public List<Parameters.Declaration> parameters() {
            return inner.parameters();
        }

        @Override
        public Flow forward(Flow input, LayerContext context) {
            CharacterWords words = CharacterWords.of(input.rows().value(), spec.name, spec.vocabulary);
            BatchLayout layout = BatchLayout.of(words.lengths());
            Tensor characters = context.tape().workspace().take(layout.rows(), 1);
            for (int index = 0; index < words.words().size(); index++) {
                int[] word = words.words().get(index);
                for (int i = 0; i < word.length; i++) {
                    characters.data()[characters.offset() + layout.row(index, i)] = word[i];
                }
            }
            Map<String, Variable> last = new LinkedHashMap<>();
            inner.forward(
                    new Flow(context.tape().constant(characters), layout),
                    new LayerContext(
                            context.tape(),
                            context.parameters(),
                            null,
                            null,
                            last,
                            context.penalties(),
                            context.attention(),
                            context.dropout(),
                            null));
            List<StatePart> parts = inner.state();
            Variable forward = last.get(parts.get(0).name());
            Variable backward = last.get(parts.get(parts.size() / 2).name());
            if (forward == null || backward == null) {
                throw new IllegalStateException("a recurrent layer must give the parts " + parts + ", got " + last);
            }
            Variable summary = Operations.concatenate(context.tape(), forward, backward);
            Variable rows = Operations.gatherRows(context.tape(), summary, words.places());
            RunObserver observer = context.observer();
            return new Flow(
                    observer == null ? rows : observer.embedded(spec.name, context.tape(), rows), input.layout());
        }

        @Override
        public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
            return new WholeStepper(this, inputSize, kernels, parameters);
        }
    }
}
