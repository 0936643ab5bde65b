package io.carousel.layer;

import io.carousel.cell.StatePart;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The bytes of a {@link State}, for a stream's keyed store.
 *
 * <pre>{@code
 * 8 bytes   CRSLSTAT
 * int32     1, the version
 * int32     the number of sequences
 * int32     the number of parts
 * per part  int32 length of the name, the name in ASCII, int32 floats of one sequence
 * float32   the numbers, part after part, sequence after sequence
 * int32     CRC-32 of all before
 * }</pre>
 *
 * <p>All numbers are little-endian. Reading checks the lengths, which must add up to that of the array, before it
 * allocates.
 */
final class StateBytes {

    static final int VERSION = 1;

    private static final byte[] MAGIC = "CRSLSTAT".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED_LENGTH = MAGIC.length + 3 * Integer.BYTES + Integer.BYTES;
    private static final int MAX_PARTS = 4096;
    private static final int MAX_NAME_LENGTH = 256;

    private StateBytes() {}

    static byte[] write(State state) {
        long length = FIXED_LENGTH;
        for (StatePart part : state.parts()) {
            if (!validName(part.name())) {
                throw new IllegalArgumentException("name of a state part must be 1 to " + MAX_NAME_LENGTH
                        + " printable ASCII characters, got \"" + part.name() + "\"; rename the layer");
            }
            length += 2L * Integer.BYTES + part.name().length() + (long) Float.BYTES * state.sequences() * part.size();
        }
        if (length > Integer.MAX_VALUE - 8 || state.parts().size() > MAX_PARTS) {
            throw new IllegalArgumentException("state must fit an array of bytes, got " + length + " bytes in "
                    + state.parts().size() + " parts; write fewer sequences at a time");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC)
                .putInt(VERSION)
                .putInt(state.sequences())
                .putInt(state.parts().size());
        for (StatePart part : state.parts()) {
            bytes.putInt(part.name().length());
            bytes.put(part.name().getBytes(StandardCharsets.US_ASCII));
            bytes.putInt(part.size());
        }
        for (StatePart part : state.parts()) {
            float[] values = state.values(part.name());
            bytes.asFloatBuffer().put(values);
            bytes.position(bytes.position() + Float.BYTES * values.length);
        }
        return bytes.putInt(checksum(bytes.array())).array();
    }

    static State read(byte[] array) {
        require(array.length >= FIXED_LENGTH, "must have at least " + FIXED_LENGTH + " bytes, got " + array.length);
        ByteBuffer bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[MAGIC.length];
        bytes.get(magic);
        require(Arrays.equals(magic, MAGIC), "must begin with CRSLSTAT, got other bytes");
        int version = bytes.getInt();
        require(version == VERSION, "must have version " + VERSION + ", got " + version);
        int expected = checksum(array);
        int found = bytes.getInt(array.length - Integer.BYTES);
        require(found == expected, String.format("must have the CRC-32 %08x, got %08x", expected, found));
        int sequences = bytes.getInt();
        int count = bytes.getInt();
        require(sequences >= 0, "must not have a negative number of sequences, got " + sequences);
        require(count >= 0 && count <= MAX_PARTS, "must have 0 to " + MAX_PARTS + " parts, got " + count);
        State state = new State(readParts(bytes, sequences, count), sequences);
        for (StatePart part : state.parts()) {
            float[] values = state.values(part.name());
            bytes.asFloatBuffer().get(values);
            bytes.position(bytes.position() + Float.BYTES * values.length);
        }
        return state;
    }

    /** The parts, after which exactly their numbers and the checksum are left. */
    private static List<StatePart> readParts(ByteBuffer bytes, int sequences, int count) {
        List<StatePart> parts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long floats = 0;
        for (int p = 0; p < count; p++) {
            require(bytes.remaining() >= Integer.BYTES, "must not end inside part " + p);
            int length = bytes.getInt();
            require(
                    length >= 1 && length <= MAX_NAME_LENGTH && length + Integer.BYTES <= bytes.remaining(),
                    "must have a name of 1 to " + MAX_NAME_LENGTH + " bytes in part " + p + ", got " + length);
            byte[] text = new byte[length];
            bytes.get(text);
            String name = new String(text, StandardCharsets.ISO_8859_1);
            int size = bytes.getInt();
            require(validName(name), "must have a printable ASCII name in part " + p);
            require(names.add(name), "must have parts of different names, got " + name + " twice");
            require(size >= 0, "must not have a negative size in part " + name + ", got " + size);
            parts.add(new StatePart(name, size));
            floats += (long) sequences * size;
            require(
                    floats <= bytes.remaining() / Float.BYTES,
                    "must hold the numbers of part " + name + ", got " + bytes.remaining() + " bytes");
        }
        require(
                bytes.remaining() == Float.BYTES * floats + Integer.BYTES,
                "must have " + Float.BYTES * floats + " bytes of numbers, got " + (bytes.remaining() - Integer.BYTES));
        return parts;
    }

    private static boolean validName(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME_LENGTH
                && name.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    private static int checksum(byte[] array) {
        CRC32 crc = new CRC32();
        crc.update(array, 0, array.length - Integer.BYTES);
        return (int) crc.getValue();
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "bytes of a state " + problem + "; they are damaged or of a later release");
        }
    }
}
