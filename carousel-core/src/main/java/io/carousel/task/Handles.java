package io.carousel.task;

import java.util.Arrays;

/** Slots that are taken and given back, under numbers that are never given twice. */
final class Handles {
    /** No slot. */
    static final int NONE = -1;

    /** For each slot how often it was taken; negative while it is free. */
    private int[] turns = {};

    private int[] free = {};
    private int freeSlots;
    private int slots;
    private int retired;

    /** How many slots were ever taken. */
    int slots() {
        return slots;
    }

    /** How many slots are taken now. */
    int open() {
        return slots - freeSlots - retired;
    }

    /** Takes a slot; the number holds it and its turn, which starts at 1. */
    long take() {
        if (freeSlots == 0) {
            if (slots == turns.length) {
                int room = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(16, slots + (slots >> 1)));
                turns = Arrays.copyOf(turns, room);
                free = Arrays.copyOf(free, room);
            }
            free[freeSlots++] = slots++;
        }
        int slot = free[--freeSlots];
        turns[slot] = 1 - turns[slot];
        return (long) turns[slot] << Integer.SIZE | slot;
    }

    /** The slot of a number, or {@link #NONE} when it was given back or never taken. */
    int slot(long handle) {
        int slot = (int) handle;
        int turn = (int) (handle >>> Integer.SIZE);
        return slot >= 0 && slot < slots && turn > 0 && turns[slot] == turn ? slot : NONE;
    }

    /** Gives a slot back, to be taken again unless its turns are used up. */
    void giveBack(int slot) {
        turns[slot] = -turns[slot];
        if (turns[slot] == -Integer.MAX_VALUE) {
            retired++;
        } else {
            free[freeSlots++] = slot;
        }
    }

    /** A number for people. */
    static String text(long handle) {
        return Long.toUnsignedString(handle) + " (place " + (int) handle + ", turn " + (handle >>> Integer.SIZE) + ")";
    }
}
