package io.carousel.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Cuts normalised text into pieces as SentencePiece does, to the last bit of a score. */
final class PieceCutter {
    /** What text that no piece fits costs beside the least likely piece. */
    private static final float UNKNOWN_PENALTY = 10;

    private PieceCutter() {}

    private static int after(String text, int at) {
        return at + Character.charCount(text.codePointAt(at));
    }

    private static int utf8Length(String text, int from, int to) {
        int length = 0;
        for (int i = from; i < to; i = after(text, i)) {
            int point = text.codePointAt(i);
            length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        }
        return length;
    }

    /**
     * The most likely pieces: the best path through all places of a text.
     *
     * <p>Source: Kudo, <i>Subword Regularization</i>, 2018; Viterbi.
     */
    static List<String> unigram(PieceTable table, String text) {
        int n = text.length();
        float[] best = new float[n + 1];
        int[] starts = new int[n + 1];
        Arrays.fill(starts, -1);
        float unknown = table.least() - UNKNOWN_PENALTY;
        for (int at = 0; at < n; at = after(text, at)) {
            int single = after(text, at);
            boolean hasSingle = false;
            int node = 0;
            for (int to = at + 1; to <= n; to++) {
                node = table.trie().next(node, text.charAt(to - 1));
                if (node < 0) {
                    break;
                }
                int number = table.trie().value(node);
                if (number < 0 || table.pieces().get(number).kind() == PieceTable.Kind.O) {
                    continue;
                }
                PieceTable.Piece piece = table.pieces().get(number);
                double score = piece.kind() == PieceTable.Kind.U
                        ? utf8Length(text, at, to) * table.most() - 0.1
                        : piece.score();
                double candidate = score + best[at];
                if (starts[to] < 0 || candidate > best[to]) {
                    best[to] = (float) candidate;
                    starts[to] = at;
                }
                hasSingle |= to == single;
            }
            if (!hasSingle) {
                float candidate = unknown + best[at];
                if (starts[single] < 0 || candidate > best[single]) {
                    best[single] = candidate;
                    starts[single] = at;
                }
            }
        }
        List<String> pieces = new ArrayList<>();
        for (int to = n; to > 0; to = starts[to]) {
            pieces.add(text.substring(starts[to], to));
        }
        Collections.reverse(pieces);
        return pieces;
    }

    /** A pair of neighbours that make a piece. */
    private record Pair(int left, int right, float score, int length) {}

    /** Pieces by merging neighbours, the pair with the highest score first, of equal ones the first in the text. */
    static List<String> bpe(PieceTable table, String text) {
        return new Merges(table, text).pieces();
    }

    /** The parts of a text, linked, while neighbours are merged. */
    private static final class Merges {
        private final PieceTable table;
        private final String text;
        /** The start of each part; its end is that of the next. A part that was merged into the one before is empty. */
        private final int[] starts;

        private final int[] ends;
        private final int[] previous;
        private final int[] next;
        private final boolean[] whole;
        private final int parts;
        /** Where pieces that are left out were merged. */
        private final Map<String, Integer> cuts = new HashMap<>();

        private final PriorityQueue<Pair> agenda = new PriorityQueue<>(
                Comparator.comparingDouble((Pair pair) -> -pair.score).thenComparingInt(Pair::left));

        Merges(PieceTable table, String text) {
            this.table = table;
            this.text = text;
            int n = text.length();
            starts = new int[n];
            ends = new int[n];
            previous = new int[n];
            next = new int[n];
            whole = new boolean[n];
            int count = 0;
            for (int at = 0; at < n; count++) {
                int user = table.userTrie().isEmpty() ? 0 : table.userTrie().longest(text, at);
                int to = user > 0 ? at + user : after(text, at);
                starts[count] = at;
                ends[count] = to;
                whole[count] = user > 0;
                previous[count] = count - 1;
                next[count] = to == n ? -1 : count + 1;
                at = to;
            }
            parts = count;
        }

        List<String> pieces() {
            for (int i = 1; i < parts; i++) {
                offer(i - 1, i);
            }
            while (!agenda.isEmpty()) {
                Pair pair = agenda.remove();
                int left = pair.left;
                int right = pair.right;
                boolean stands = ends[left] > starts[left]
                        && ends[right] > starts[right]
                        && ends[right] - starts[left] == pair.length;
                if (stands) {
                    ends[left] = ends[right];
                    ends[right] = starts[right];
                    next[left] = next[right];
                    if (next[right] >= 0) {
                        previous[next[right]] = left;
                    }
                    offer(previous[left], left);
                    offer(left, next[left]);
                }
            }
            List<String> pieces = new ArrayList<>();
            for (int i = parts == 0 ? -1 : 0; i >= 0; i = next[i]) {
                resegment(text.substring(starts[i], ends[i]), pieces);
            }
            return pieces;
        }

        private void offer(int left, int right) {
            if (left < 0 || right < 0 || whole[left] || whole[right]) {
                return;
            }
            PieceTable.Piece piece = table.match(text.substring(starts[left], ends[right]));
            if (piece != null) {
                if (piece.kind() == PieceTable.Kind.O) {
                    cuts.put(piece.text(), ends[left] - starts[left]);
                }
                agenda.add(new Pair(left, right, piece.score(), ends[right] - starts[left]));
            }
        }

        /** A piece that is left out becomes the two that it was merged from, and those likewise. */
        private void resegment(String piece, List<String> to) {
            Integer cut = cuts.get(piece);
            if (cut == null) {
                to.add(piece);
            } else {
                resegment(piece.substring(0, cut), to);
                resegment(piece.substring(cut), to);
            }
        }
    }
}
