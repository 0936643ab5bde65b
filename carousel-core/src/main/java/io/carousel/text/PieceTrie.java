package io.carousel.text;

import java.util.Arrays;

/** Texts and their numbers, found character by character: a table of edges from (node, character) to node. */
final class PieceTrie {
    private static final long EMPTY = -1;

    private long[] keys = filled(64);
    private int[] targets = new int[64];
    private int[] values = {-1};
    private int nodes = 1;
    private int edges;

    private static long[] filled(int size) {
        long[] array = new long[size];
        Arrays.fill(array, EMPTY);
        return array;
    }

    void put(String text, int value) {
        int node = 0;
        for (int i = 0; i < text.length(); i++) {
            int next = next(node, text.charAt(i));
            node = next >= 0 ? next : add(node, text.charAt(i));
        }
        values[node] = value;
    }

    private int add(int node, char c) {
        if (2 * edges >= keys.length) {
            grow();
        }
        if (nodes == values.length) {
            values = Arrays.copyOf(values, 2 * nodes);
        }
        values[nodes] = -1;
        place(key(node, c), nodes);
        edges++;
        return nodes++;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldTargets = targets;
        keys = filled(2 * oldKeys.length);
        targets = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                place(oldKeys[i], oldTargets[i]);
            }
        }
    }

    private void place(long key, int target) {
        int slot = slot(key);
        keys[slot] = key;
        targets[slot] = target;
    }

    /** The slot of a key, or the empty one where it belongs. */
    private int slot(long key) {
        int mask = keys.length - 1;
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (keys[slot] != EMPTY && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static long key(int node, char c) {
        return ((long) node << 16) | c;
    }

    boolean isEmpty() {
        return edges == 0;
    }

    /** The node that a character leads to from another; -1 when it leads nowhere. The first node is 0. */
    int next(int node, char c) {
        int slot = slot(key(node, c));
        return keys[slot] == EMPTY ? -1 : targets[slot];
    }

    /** The number of the text that ends in a node, or -1. */
    int value(int node) {
        return values[node];
    }

    /** The length of the longest text that stands at a place; 0 for none. */
    int longest(String text, int at) {
        int node = 0;
        int longest = 0;
        for (int i = at; i < text.length(); i++) {
            node = next(node, text.charAt(i));
            if (node < 0) {
                break;
            }
            longest = values[node] >= 0 ? i + 1 - at : longest;
        }
        return longest;
    }
}
