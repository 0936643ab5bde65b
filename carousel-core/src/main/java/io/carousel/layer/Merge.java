package io.carousel.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.carousel.autograd.Operations;
import io.carousel.autograd.Tape;
import io.carousel.autograd.Variable;
import io.carousel.kernel.Kernels;

/** What becomes of the two outputs of a bidirectional layer: f from forward, b from backward, each {@code [N, H]}. */
public enum Merge {
    /** {@code [f, b]}, of width 2H; as in PyTorch. */
    @JsonProperty("concatenate")
    CONCATENATE {
        @Override
        int width(int hiddenSize) {
            return Math.multiplyExact(2, hiddenSize);
        }

        @Override
        Variable taped(Tape tape, Variable f, Variable b) {
            return Operations.concatenate(tape, f, b);
        }

        @Override
        void direct(Kernels kernels, int n, float[] f, int fOffset, float[] b, int bOffset, float[] y, int yOffset) {
            System.arraycopy(f, fOffset, y, yOffset, n);
            System.arraycopy(b, bOffset, y, yOffset + n, n);
        }
    },

    /** {@code f + b}. */
    @JsonProperty("sum")
    SUM {
        @Override
        Variable taped(Tape tape, Variable f, Variable b) {
            return Operations.add(tape, f, b);
        }

        @Override
        void direct(Kernels kernels, int n, float[] f, int fOffset, float[] b, int bOffset, float[] y, int yOffset) {
            System.arraycopy(f, fOffset, y, yOffset, n);
            kernels.add(n, b, bOffset, y, yOffset);
        }
    },

    /** {@code (f + b) / 2}. */
    @JsonProperty("average")
    AVERAGE {
        @Override
        Variable taped(Tape tape, Variable f, Variable b) {
            return Operations.scale(tape, Operations.add(tape, f, b), 0.5f);
        }

        @Override
        void direct(Kernels kernels, int n, float[] f, int fOffset, float[] b, int bOffset, float[] y, int yOffset) {
            SUM.direct(kernels, n, f, fOffset, b, bOffset, y, yOffset);
            kernels.scale(n, 0.5f, y, yOffset);
        }
    },

    /** {@code f ⊙ b}. */
    @JsonProperty("multiply")
    MULTIPLY {
        @Override
        Variable taped(Tape tape, Variable f, Variable b) {
            return Operations.multiply(tape, f, b);
        }

        @Override
        void direct(Kernels kernels, int n, float[] f, int fOffset, float[] b, int bOffset, float[] y, int yOffset) {
            kernels.multiplyElements(n, f, fOffset, b, bOffset, y, yOffset);
        }
    };

    /** The width of a row of the result. */
    int width(int hiddenSize) {
        return hiddenSize;
    }

    abstract Variable taped(Tape tape, Variable f, Variable b);

    /** The same for one row of {@code n} numbers each; y may be neither. */
    abstract void direct(
            Kernels kernels, int n, float[] f, int fOffset, float[] b, int bOffset, float[] y, int yOffset);
}
