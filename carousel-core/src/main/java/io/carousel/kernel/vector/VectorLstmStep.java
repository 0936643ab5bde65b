package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.VectorElementary.BIAS;
import static io.carousel.kernel.vector.VectorElementary.EXP_MIN_BITS;
import static io.carousel.kernel.vector.VectorElementary.INFINITY_BITS;
import static io.carousel.kernel.vector.VectorElementary.LOG2_E;
import static io.carousel.kernel.vector.VectorElementary.MAGNITUDE;
import static io.carousel.kernel.vector.VectorElementary.MINUS_INFINITY_BITS;
import static io.carousel.kernel.vector.VectorElementary.MINUS_LN2_HIGH;
import static io.carousel.kernel.vector.VectorElementary.MINUS_LN2_LOW;
import static io.carousel.kernel.vector.VectorElementary.ONE;
import static io.carousel.kernel.vector.VectorElementary.Q0;
import static io.carousel.kernel.vector.VectorElementary.Q1;
import static io.carousel.kernel.vector.VectorElementary.Q2;
import static io.carousel.kernel.vector.VectorElementary.Q3;
import static io.carousel.kernel.vector.VectorElementary.Q4;
import static io.carousel.kernel.vector.VectorElementary.ROUNDER;
import static io.carousel.kernel.vector.VectorElementary.ROUNDER_BITS;
import static io.carousel.kernel.vector.VectorElementary.SIGN;
import static io.carousel.kernel.vector.VectorElementary.TANH_MAX_BITS;
import static io.carousel.kernel.vector.VectorElementary.TWO;
import static io.carousel.kernel.vector.VectorElementary.ZERO;
import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.carousel.kernel.Elementary;
import io.carousel.kernel.LstmGates;
import io.carousel.kernel.Slice;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The gates and the cell update of an LSTM for one row, where there are few vectors and each waits for its own result: two
 * elementary functions in each pass run side by side, and there are few passes.
 *
 * <p>The functions are those of {@link VectorElementary}, operation by operation. Two are as many as the compiler takes in a
 * loop: with all five in one, it allocates every vector.
 */
final class VectorLstmStep {
    private VectorLstmStep() {}

    static void forward(int hiddenSize, Slice z, Slice cPrevious, Slice c, Slice tanhC, Slice h) {
        float[] gates = z.array();
        int at = z.offset();
        gates(hiddenSize, gates, at);
        memory(hiddenSize, gates, at + 2 * hiddenSize, cPrevious.array(), cPrevious.offset(), c.array(), c.offset());
        output(hiddenSize, gates, at + 3 * hiddenSize, c, tanhC, h);
        LstmGates.forwardFrom(hiddenSize / LENGTH * LENGTH, hiddenSize, z, cPrevious, c, tanhC, h);
    }

    /** The input gate i and the forget gate f. */
    private static void gates(int hiddenSize, float[] z, int at) {
        for (int j = 0; j <= hiddenSize - LENGTH; j += LENGTH) {
            FloatVector iInput = fromArray(FLOATS, z, at + j);
            IntVector iBits = iInput.reinterpretAsInts().or(SIGN);
            FloatVector iMagnitude = iBits.min(EXP_MIN_BITS).reinterpretAsFloats();
            FloatVector iShifted = iMagnitude.fma(LOG2_E, ROUNDER);
            FloatVector iRounded = iShifted.sub(ROUNDER);
            FloatVector iRest = iRounded.fma(MINUS_LN2_HIGH, iMagnitude);
            iRest = iRounded.fma(MINUS_LN2_LOW, iRest);
            FloatVector iPower = iRest.fma(Q4, Q3);
            iPower = iRest.fma(iPower, Q2);
            iPower = iRest.fma(iPower, Q1);
            iPower = iRest.fma(iPower, Q0);
            iPower = iRest.mul(iRest).fma(iPower, iRest);
            IntVector iExponent = iShifted.reinterpretAsInts().sub(ROUNDER_BITS);
            IntVector iHalf = iExponent.lanewise(VectorOperators.ASHR, 1);
            IntVector iLow = iHalf.add(BIAS).lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
            IntVector iHigh = iExponent.sub(iHalf).add(BIAS).lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
            FloatVector iExp = ONE.add(iPower).mul(iLow.reinterpretAsFloats()).mul(iHigh.reinterpretAsFloats());
            FloatVector iNumerator = ONE.blend(iExp, iInput.compare(VectorOperators.LT, ZERO));
            IntVector iNan = MINUS_INFINITY_BITS.sub(iBits).lanewise(VectorOperators.ASHR, 31);
            FloatVector i =
                    iNumerator.div(ONE.add(iExp)).reinterpretAsInts().or(iNan).reinterpretAsFloats();
            i.intoArray(z, at + j);
            FloatVector fInput = fromArray(FLOATS, z, at + hiddenSize + j);
            IntVector fBits = fInput.reinterpretAsInts().or(SIGN);
            FloatVector fMagnitude = fBits.min(EXP_MIN_BITS).reinterpretAsFloats();
            FloatVector fShifted = fMagnitude.fma(LOG2_E, ROUNDER);
            FloatVector fRounded = fShifted.sub(ROUNDER);
            FloatVector fRest = fRounded.fma(MINUS_LN2_HIGH, fMagnitude);
            fRest = fRounded.fma(MINUS_LN2_LOW, fRest);
            FloatVector fPower = fRest.fma(Q4, Q3);
            fPower = fRest.fma(fPower, Q2);
            fPower = fRest.fma(fPower, Q1);
            fPower = fRest.fma(fPower, Q0);
            fPower = fRest.mul(fRest).fma(fPower, fRest);
            IntVector fExponent = fShifted.reinterpretAsInts().sub(ROUNDER_BITS);
            IntVector fHalf = fExponent.lanewise(VectorOperators.ASHR, 1);
            IntVector fLow = fHalf.add(BIAS).lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
            IntVector fHigh = fExponent.sub(fHalf).add(BIAS).lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
            FloatVector fExp = ONE.add(fPower).mul(fLow.reinterpretAsFloats()).mul(fHigh.reinterpretAsFloats());
            FloatVector fNumerator = ONE.blend(fExp, fInput.compare(VectorOperators.LT, ZERO));
            IntVector fNan = MINUS_INFINITY_BITS.sub(fBits).lanewise(VectorOperators.ASHR, 31);
            FloatVector f =
                    fNumerator.div(ONE.add(fExp)).reinterpretAsInts().or(fNan).reinterpretAsFloats();
            f.intoArray(z, at + hiddenSize + j);
        }
    }

    /** The candidate g, which starts at {@code at} after the other two, and the cell state. */
    private static void memory(int hiddenSize, float[] z, int at, float[] cPrevious, int from, float[] c, int to) {
        for (int j = 0; j <= hiddenSize - LENGTH; j += LENGTH) {
            FloatVector gInput = fromArray(FLOATS, z, at + j);
            IntVector gSign = gInput.reinterpretAsInts().and(SIGN);
            IntVector gBits = gInput.reinterpretAsInts().and(MAGNITUDE);
            FloatVector gMagnitude = TWO.mul(gBits.min(TANH_MAX_BITS).reinterpretAsFloats());
            FloatVector gShifted = gMagnitude.fma(LOG2_E, ROUNDER);
            FloatVector gRounded = gShifted.sub(ROUNDER);
            FloatVector gRest = gRounded.fma(MINUS_LN2_HIGH, gMagnitude);
            gRest = gRounded.fma(MINUS_LN2_LOW, gRest);
            FloatVector gPower = gRest.fma(Q4, Q3);
            gPower = gRest.fma(gPower, Q2);
            gPower = gRest.fma(gPower, Q1);
            gPower = gRest.fma(gPower, Q0);
            gPower = gRest.mul(gRest).fma(gPower, gRest);
            IntVector gExponent = gShifted.reinterpretAsInts().sub(ROUNDER_BITS).add(BIAS);
            FloatVector gScale = gExponent
                    .lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS)
                    .reinterpretAsFloats();
            FloatVector gNumerator = gScale.fma(gPower, gScale.sub(ONE));
            FloatVector g = gNumerator
                    .div(gNumerator.add(TWO))
                    .reinterpretAsInts()
                    .or(gSign)
                    .or(INFINITY_BITS.sub(gBits).lanewise(VectorOperators.ASHR, 31))
                    .reinterpretAsFloats();
            g.intoArray(z, at + j);
            FloatVector added = fromArray(FLOATS, z, at - 2 * hiddenSize + j).mul(g);
            fromArray(FLOATS, z, at - hiddenSize + j)
                    .fma(fromArray(FLOATS, cPrevious, from + j), added)
                    .intoArray(c, to + j);
        }
    }

    /** The output gate o, tanh of the cell state, and the output. */
    private static void output(int hiddenSize, float[] z, int at, Slice cell, Slice tanhC, Slice h) {
        float[] c = cell.array();
        int cAt = cell.offset();
        for (int j = 0; j <= hiddenSize - LENGTH; j += LENGTH) {
            FloatVector oInput = fromArray(FLOATS, z, at + j);
            IntVector oBits = oInput.reinterpretAsInts().or(SIGN);
            FloatVector oMagnitude = oBits.min(EXP_MIN_BITS).reinterpretAsFloats();
            FloatVector oShifted = oMagnitude.fma(LOG2_E, ROUNDER);
            FloatVector oRounded = oShifted.sub(ROUNDER);
            FloatVector oRest = oRounded.fma(MINUS_LN2_HIGH, oMagnitude);
            oRest = oRounded.fma(MINUS_LN2_LOW, oRest);
            FloatVector oPower = oRest.fma(Q4, Q3);
            oPower = oRest.fma(oPower, Q2);
            oPower = oRest.fma(oPower, Q1);
            oPower = oRest.fma(oPower, Q0);
            oPower = oRest.mul(oRest).fma(oPower, oRest);
            IntVector oExponent = oShifted.reinterpretAsInts().sub(ROUNDER_BITS);
            IntVector oHalf = oExponent.lanewise(VectorOperators.ASHR, 1);
            IntVector oLow = oHalf.add(BIAS).lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
            IntVector oHigh = oExponent.sub(oHalf).add(BIAS).lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS);
            FloatVector oExp = ONE.add(oPower).mul(oLow.reinterpretAsFloats()).mul(oHigh.reinterpretAsFloats());
            FloatVector oNumerator = ONE.blend(oExp, oInput.compare(VectorOperators.LT, ZERO));
            IntVector oNan = MINUS_INFINITY_BITS.sub(oBits).lanewise(VectorOperators.ASHR, 31);
            FloatVector o =
                    oNumerator.div(ONE.add(oExp)).reinterpretAsInts().or(oNan).reinterpretAsFloats();
            o.intoArray(z, at + j);
            FloatVector tInput = fromArray(FLOATS, c, cAt + j);
            IntVector tSign = tInput.reinterpretAsInts().and(SIGN);
            IntVector tBits = tInput.reinterpretAsInts().and(MAGNITUDE);
            FloatVector tMagnitude = TWO.mul(tBits.min(TANH_MAX_BITS).reinterpretAsFloats());
            FloatVector tShifted = tMagnitude.fma(LOG2_E, ROUNDER);
            FloatVector tRounded = tShifted.sub(ROUNDER);
            FloatVector tRest = tRounded.fma(MINUS_LN2_HIGH, tMagnitude);
            tRest = tRounded.fma(MINUS_LN2_LOW, tRest);
            FloatVector tPower = tRest.fma(Q4, Q3);
            tPower = tRest.fma(tPower, Q2);
            tPower = tRest.fma(tPower, Q1);
            tPower = tRest.fma(tPower, Q0);
            tPower = tRest.mul(tRest).fma(tPower, tRest);
            IntVector tExponent = tShifted.reinterpretAsInts().sub(ROUNDER_BITS).add(BIAS);
            FloatVector tScale = tExponent
                    .lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS)
                    .reinterpretAsFloats();
            FloatVector tNumerator = tScale.fma(tPower, tScale.sub(ONE));
            FloatVector t = tNumerator
                    .div(tNumerator.add(TWO))
                    .reinterpretAsInts()
                    .or(tSign)
                    .or(INFINITY_BITS.sub(tBits).lanewise(VectorOperators.ASHR, 31))
                    .reinterpretAsFloats();
            t.intoArray(tanhC.array(), tanhC.offset() + j);
            o.mul(t).intoArray(h.array(), h.offset() + j);
        }
    }
}
