package io.carousel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.cell.StatePart;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class StateFormatTest {

    private static final List<StatePart> PARTS = List.of(
            new StatePart("encoder.hidden_l0", 3), new StatePart("encoder.cell_l0", 3), new StatePart("empty", 0));

    private static State state(int sequences, long seed) {
        State state = new State(PARTS, sequences);
        SplittableRandom random = new SplittableRandom(seed);
        for (StatePart part : PARTS) {
            float[] values = state.values(part.name());
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextDouble() * 2 - 1);
            }
        }
        return state;
    }

    @Test
    void aStateReadsBackEqualFromItsBytes() {
        for (int sequences : new int[] {0, 1, 7}) {
            State state = state(sequences, 1);
            assertThat(State.fromBytes(state.toBytes())).isEqualTo(state);
            assertThat(state.toBytes()).isEqualTo(state.copy().toBytes());
        }
    }

    @Test
    void theBytesAreThoseOfVersionOne() {
        State state = new State(List.of(new StatePart("h", 1)), 2);
        state.values("h")[0] = 1;
        state.values("h")[1] = -2;
        byte[] bytes = state.toBytes();
        ByteBuffer expected = ByteBuffer.allocate(41).order(ByteOrder.LITTLE_ENDIAN);
        expected.put("CRSLSTAT".getBytes()).putInt(1).putInt(2).putInt(1);
        expected.putInt(1).put((byte) 'h').putInt(1).putFloat(1).putFloat(-2);
        assertThat(bytes).hasSize(41);
        assertThat(Arrays.copyOf(bytes, 37)).isEqualTo(Arrays.copyOf(expected.array(), 37));
    }

    @Test
    void aDamagedBitIsFoundWhereverItIs() {
        byte[] bytes = state(2, 3).toBytes();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> State.fromBytes(damaged))
                    .as("bit %s", bit)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("bytes of a state must ")
                    .hasMessageEndingWith("; they are damaged or of a later release");
        }
    }

    /** Numbers that lie, under a checksum that is right. */
    @Test
    void hostileBytesAreRefusedBeforeAnythingOfTheirSizeIsAllocated() {
        byte[] bytes = state(2, 3).toBytes();
        int[] lies = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, 0x4000_0000 - 1, 3, 65_536, 1 << 28};
        for (int at = 8; at + 4 < bytes.length; at++) {
            for (int lie : lies) {
                byte[] hostile = bytes.clone();
                ByteBuffer.wrap(hostile).order(ByteOrder.LITTLE_ENDIAN).putInt(at, lie);
                assertThat(equalOrRefused(sign(hostile))).isTrue();
            }
        }
    }

    @Test
    void thousandsOfMutationsAreEqualOrRefused() {
        byte[] bytes = state(3, 5).toBytes();
        for (long seed = 0; seed < 5000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] mutated =
                    Arrays.copyOf(bytes, random.nextBoolean() ? bytes.length : random.nextInt(2 * bytes.length));
            for (int edits = random.nextInt(4); edits > 0 && mutated.length > 0; edits--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            byte[] signed = random.nextBoolean() ? sign(mutated) : mutated;
            assertThat(equalOrRefused(signed)).as("seed %s", seed).isTrue();
        }
    }

    /** Whether the bytes are refused with our error, or give a state that is written as the same bytes. */
    private static boolean equalOrRefused(byte[] bytes) {
        try {
            return Arrays.equals(State.fromBytes(bytes).toBytes(), bytes);
        } catch (IllegalArgumentException e) {
            return e.getMessage().startsWith("bytes of a state must ");
        }
    }

    private static byte[] sign(byte[] bytes) {
        if (bytes.length >= 4) {
            CRC32 crc = new CRC32();
            crc.update(bytes, 0, bytes.length - 4);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 4, (int) crc.getValue());
        }
        return bytes;
    }
}
