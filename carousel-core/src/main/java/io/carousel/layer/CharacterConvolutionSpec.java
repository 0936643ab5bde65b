package io.carousel.layer;

import io.carousel.autograd.Initializer;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Parameters;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * What a convolution over the characters of a word finds, wherever it finds it.
 *
 * <pre>{@code
 * c_i = embedding[x_i], zeros before the first and after the last character
 * z_i = W [c_i-h, …, c_i, …, c_i+h] + b       h = (width - 1) / 2
 * y   = tanh(max over i of z_i)
 * }</pre>
 *
 * <p>A row of the input is a word: the numbers of up to C characters, then -1. Each different word of a batch is computed
 * once. A word without characters gives zeros. Parameters are {@code NAME.weight [V, E]}, {@code NAME.convolution.weight [O,
 * width * E]} and {@code NAME.convolution.bias [O]}; row o of the weight is PyTorch's {@code [O, E, width]} with the places of the window
 * before the features. One time step at a time it makes small objects.
 *
 * <p>Sources: dos Santos, Zadrozny, <i>Learning Character-level Representations for Part-of-Speech Tagging</i>, 2014; Ma,
 * Hovy, <i>End-to-end Sequence Labeling via Bi-directional LSTM-CNNs-CRF</i>, 2016.
 *
 * @param name the prefix of its parameters, such as {@code characters}
 * @param vocabulary V
 * @param size E, the width of a character's row
 * @param filters O
 * @param width the characters of a window, an odd number
 */
public record CharacterConvolutionSpec(String name, int vocabulary, int size, int filters, int width)
        implements LayerSpec {
    private static final int WIDEST = 255;

    public CharacterConvolutionSpec {
        Names.require(name);
        new EmbeddingSpec(name, vocabulary, size); // checks them
        if (filters < 1) {
            throw new IllegalArgumentException("filters of " + name + " must be positive, got " + filters);
        }
        if (width < 1 || width > WIDEST || width % 2 == 0) {
            throw new IllegalArgumentException(
                    "width of " + name + " must be odd and from 1 to " + WIDEST + ", got " + width);
        }
        Math.multiplyExact(width, size);
    }

    @Override
    public Layer layer(int inputSize) {
        return new Convolution(this, inputSize);
    }

    private record Convolution(CharacterConvolutionSpec spec, int inputSize) implements Layer {
        @Override
        public int outputSize() {
            return spec.filters;
        }

        @Override
        public List<Parameters.Declaration> parameters() {
            // uniform in ±√(3 / E), so that rows have the length 1 on average: Ma and Hovy 2016
            return List.of(
                    new Parameters.Declaration(
                            embeddingName(),
                            Shape.of(spec.vocabulary, spec.size),
                            true,
                            Initializer.uniform(Math.sqrt(3.0 / spec.size))),
                    new Parameters.Declaration(
                            weightName(),
                            Shape.of(spec.filters, spec.width * spec.size),
                            true,
                            Initializer.glorotUniform(1)),
                    new Parameters.Declaration(biasName(), Shape.of(spec.filters), false, Initializer.constant(0)));
        }

        private String embeddingName() {
            return spec.name + ".weight";
        }

        private String weightName() {
            return spec.name + ".convolution.weight";
        }

        private String biasName() {
            return spec.name + ".convolution.bias";
        }

        @Override
        public Flow forward(Flow input, LayerContext context) {
            Tape tape = context.tape();
            Parameters parameters = context.parameters();
            CharacterWords words = CharacterWords.of(input.rows().value(), spec.name, spec.vocabulary);
            int[] windows = windows(words.words());
            Variable table = tape.parameter(parameters.get(embeddingName()));
            Variable characters = Operations.reshape(
                    tape,
                    Operations.gatherRows(tape, table, windows),
                    windows.length / spec.width,
                    spec.width * spec.size);
            Variable scores =
                    Operations.linear(tape, characters, parameters.get(weightName()), parameters.get(biasName()));
            Variable summary = largest(tape, scores, words.words());
            Variable rows = Operations.gatherRows(tape, summary, words.places());
            RunObserver observer = context.observer();
            return new Flow(observer == null ? rows : observer.embedded(spec.name, tape, rows), input.layout());
        }

        /** For each character of each word, those of its window; -1 beyond the word. */
        private int[] windows(List<int[]> words) {
            int characters = words.stream().mapToInt(word -> word.length).sum();
            int[] windows = new int[Math.multiplyExact(characters, spec.width)];
            int reach = spec.width / 2;
            int at = 0;
            for (int[] word : words) {
                for (int i = 0; i < word.length; i++) {
                    for (int j = i - reach; j <= i + reach; j++) {
                        windows[at++] = j >= 0 && j < word.length ? word[j] : CharacterWords.NONE;
                    }
                }
            }
            return windows;
        }

        /** {@code tanh} of the largest score of each filter in each word; of equal ones the first gets the derivative. */
        private Variable largest(Tape tape, Variable scores, List<int[]> words) {
            int filters = spec.filters;
            Tensor z = scores.value();
            Tensor output = tape.workspace().take(words.size(), filters);
            int[] where = new int[Math.multiplyExact(words.size(), filters)];
            float[] y = output.data();
            int row = 0;
            for (int w = 0; w < words.size(); w++) {
                int to = output.offset() + w * filters;
                int length = words.get(w).length;
                if (length == 0) {
                    Arrays.fill(y, to, to + filters, 0);
                    Arrays.fill(where, w * filters, (w + 1) * filters, CharacterWords.NONE);
                }
                for (int i = 0; i < length; i++, row++) {
                    int from = z.offset() + row * filters;
                    for (int o = 0; o < filters; o++) {
                        if (i == 0 || z.data()[from + o] > y[to + o]) {
                            y[to + o] = z.data()[from + o];
                            where[w * filters + o] = row * filters + o;
                        }
                    }
                }
            }
            tape.kernels().tanh(output.size(), y, output.offset(), y, output.offset());
            return tape.record(
                    output,
                    gradient -> {
                        Tensor dz = scores.gradient();
                        for (int i = 0; i < where.length; i++) {
                            if (where[i] >= 0) {
                                float tanh = y[output.offset() + i];
                                float d = gradient.data()[gradient.offset() + i];
                                dz.data()[dz.offset() + where[i]] += d * (1 - tanh * tanh);
                            }
                        }
                    },
                    scores);
        }

        @Override
        public LayerStepper stepper(Kernels kernels, Parameters parameters, int rows) {
            return new WholeStepper(this, inputSize, kernels, parameters);
        }
    }
}
