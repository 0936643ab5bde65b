package io.carousel.kernel.vector;

import static io.carousel.kernel.vector.Width.FLOATS;
import static io.carousel.kernel.vector.Width.LENGTH;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.carousel.kernel.ExponentialGates;
import io.carousel.kernel.Slice;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@link ExponentialGates} on vectors, row by row. */
final class VectorExponentialGates {
    private VectorExponentialGates() {}

    static void stabilize(int row, int hiddenSize, Slice i, Slice f, Slice n, Slice m, Slice mNext) {
        int iAt = i.row(row);
        int fAt = f.row(row);
        int nAt = n.row(row);
        int mAt = m.row(row);
        int mNextAt = mNext.row(row);
        FloatVector bound = broadcast(FLOATS, ExponentialGates.MOST);
        int j = 0;
        for (; j <= hiddenSize - LENGTH; j += LENGTH) {
            FloatVector kept = fromArray(FLOATS, f.array(), fAt + j).add(fromArray(FLOATS, m.array(), mAt + j));
            FloatVector added = fromArray(FLOATS, i.array(), iAt + j);
            FloatVector most = added.blend(kept, kept.compare(VectorOperators.GT, added));
            most = most.blend(added, fromArray(FLOATS, n.array(), nAt + j).compare(VectorOperators.EQ, 0f));
            FloatVector exponent = kept.sub(most);
            most.intoArray(mNext.array(), mNextAt + j);
            exponent.blend(bound, exponent.compare(VectorOperators.GT, bound)).intoArray(f.array(), fAt + j);
            added.sub(most).intoArray(i.array(), iAt + j);
        }
        ExponentialGates.stabilize(j, row, hiddenSize, i, f, n, m, mNext);
    }

    static void forward(
            int row, int hiddenSize, Slice gates, Slice saved, Slice c, Slice n, Slice cNext, Slice nNext, Slice h) {
        float[] z = gates.array();
        int cAt = c.row(row);
        int nAt = n.row(row);
        int cNextAt = cNext.row(row);
        int nNextAt = nNext.row(row);
        int hAt = h.row(row);
        int j = 0;
        for (; j <= hiddenSize - LENGTH; j += LENGTH) {
            int at = gates.row(row) + j;
            int keptAt = saved.row(row) + j;
            FloatVector i = fromArray(FLOATS, z, at);
            FloatVector f = fromArray(FLOATS, saved.array(), keptAt);
            FloatVector added = i.mul(fromArray(FLOATS, z, at + 2 * hiddenSize));
            FloatVector cell = f.fma(fromArray(FLOATS, c.array(), cAt + j), added);
            FloatVector normalizer = f.fma(fromArray(FLOATS, n.array(), nAt + j), i);
            FloatVector ratio = cell.div(normalizer);
            cell.intoArray(cNext.array(), cNextAt + j);
            normalizer.intoArray(nNext.array(), nNextAt + j);
            ratio.intoArray(saved.array(), keptAt + hiddenSize);
            fromArray(FLOATS, z, at + 3 * hiddenSize).mul(ratio).intoArray(h.array(), hAt + j);
        }
        ExponentialGates.forward(j, row, hiddenSize, gates, saved, c, n, cNext, nNext, h);
    }

    static void backward(
            int row,
            int hiddenSize,
            Slice gates,
            Slice saved,
            Slice c,
            Slice n,
            Slice nNext,
            Slice dh,
            Slice dc,
            Slice dn,
            Slice dm) {
        float[] z = gates.array();
        FloatVector one = broadcast(FLOATS, 1f);
        FloatVector zero = broadcast(FLOATS, 0f);
        int j = 0;
        for (; j <= hiddenSize - LENGTH; j += LENGTH) {
            int at = gates.row(row) + j;
            int keptAt = saved.row(row) + j;
            int dcAt = dc.row(row) + j;
            int dnAt = dn.row(row) + j;
            int dmAt = dm.row(row) + j;
            FloatVector i = fromArray(FLOATS, z, at);
            FloatVector p = fromArray(FLOATS, z, at + hiddenSize);
            FloatVector g = fromArray(FLOATS, z, at + 2 * hiddenSize);
            FloatVector o = fromArray(FLOATS, z, at + 3 * hiddenSize);
            FloatVector f = fromArray(FLOATS, saved.array(), keptAt);
            FloatVector ratio = fromArray(FLOATS, saved.array(), keptAt + hiddenSize);
            FloatVector dhj = fromArray(FLOATS, dh.array(), dh.row(row) + j);
            FloatVector slope = dhj.mul(o).div(fromArray(FLOATS, nNext.array(), nNext.row(row) + j));
            FloatVector dcj = fromArray(FLOATS, dc.array(), dcAt).add(slope);
            FloatVector dnj = fromArray(FLOATS, dn.array(), dnAt).sub(slope.mul(ratio));
            FloatVector alpha = dcj.mul(g).add(dnj).mul(i);
            FloatVector normalizer = fromArray(FLOATS, n.array(), n.row(row) + j);
            FloatVector byNormalizer = dnj.mul(normalizer);
            FloatVector phi = dcj.fma(fromArray(FLOATS, c.array(), c.row(row) + j), byNormalizer)
                    .mul(f);
            FloatVector dmj = fromArray(FLOATS, dm.array(), dmAt).sub(alpha).sub(phi);
            FloatVector toForget = zero.blend(dmj, f.sub(i).compare(VectorOperators.GT, 0f));
            toForget = toForget.blend(zero, normalizer.compare(VectorOperators.EQ, 0f));
            FloatVector dLog = phi.add(toForget);
            alpha.add(dmj).sub(toForget).intoArray(z, at);
            dLog.mul(one.sub(p)).intoArray(z, at + hiddenSize);
            dcj.mul(i).mul(one.sub(g.mul(g))).intoArray(z, at + 2 * hiddenSize);
            dhj.mul(ratio).mul(o).mul(one.sub(o)).intoArray(z, at + 3 * hiddenSize);
            dcj.mul(f).intoArray(dc.array(), dcAt);
            dnj.mul(f).intoArray(dn.array(), dnAt);
            dLog.intoArray(dm.array(), dmAt);
        }
        ExponentialGates.backward(j, row, hiddenSize, gates, saved, c, n, nNext, dh, dc, dn, dm);
    }
}
