package io.carousel.task.anomaly;

import io.carousel.data.Sha256;
import io.carousel.layer.State;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * What the streams of a detector remember, by the names of their series, to be kept in a file.
 *
 * <pre>{@code
 * 8 bytes   CRSLDETS
 * int32     1, the version
 * 64 bytes  the SHA-256 of the detector's weights in hexadecimal
 * int32     the number of streams
 * per stream  int32 bytes of the name, the name in UTF-8, int32 bytes of the state, the state as State.toBytes writes it
 * int32     CRC-32 of all before
 * }</pre>
 *
 * <p>All numbers are little-endian. Reading checks each length before it allocates.
 *
 * @param detector the SHA-256 of the weights of the detector whose streams these are
 * @param streams by the name of their series
 */
public record DetectorStates(String detector, Map<String, State> streams) {
    private static final byte[] MAGIC = "CRSLDETS".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int DIGEST = 64;
    private static final int MOST_STREAMS = 1 << 24;

    public DetectorStates {
        streams = Collections.unmodifiableMap(new LinkedHashMap<>(streams));
    }

    /** The states of sessions. */
    public static DetectorStates of(AnomalyDetector detector, Map<String, DetectorSession> sessions) {
        Map<String, State> streams = new LinkedHashMap<>();
        sessions.forEach((name, session) -> streams.put(name, session.state()));
        return new DetectorStates(digest(detector), streams);
    }

    private static String digest(AnomalyDetector detector) {
        return new Sha256()
                .add(detector.model().network().parameters().values())
                .hex();
    }

    /**
     * Sessions that go on from these states.
     *
     * @throws IllegalArgumentException when they are of another detector
     */
    public Map<String, DetectorSession> sessions(AnomalyDetector of) {
        if (!detector.equals(digest(of))) {
            throw new IllegalArgumentException(
                    "states must be of the detector that goes on, got those of another; start anew without them");
        }
        Map<String, DetectorSession> sessions = new LinkedHashMap<>();
        streams.forEach((name, state) -> {
            DetectorSession session = of.session();
            session.restore(state);
            sessions.put(name, session);
        });
        return sessions;
    }

    /** The states as bytes. */
    public byte[] toBytes() {
        List<byte[]> parts = new ArrayList<>(); // name and state in turn
        long length = MAGIC.length + 3L * Integer.BYTES + DIGEST;
        for (Map.Entry<String, State> stream : streams.entrySet()) {
            byte[] name = stream.getKey().getBytes(StandardCharsets.UTF_8);
            byte[] state = stream.getValue().toBytes();
            length += 2L * Integer.BYTES + name.length + state.length;
            parts.add(name);
            parts.add(state);
        }
        if (length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "states must fit an array of bytes, got " + length + " bytes; keep fewer streams together");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putInt(VERSION).put(detector.getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(streams.size());
        parts.forEach(part -> bytes.putInt(part.length).put(part));
        return bytes.putInt(checksum(bytes.array())).array();
    }

    /**
     * The states that {@link #toBytes} wrote.
     *
     * @throws IllegalArgumentException when the bytes are damaged or of a later release
     */
    public static DetectorStates fromBytes(byte[] array) {
        int least = MAGIC.length + 3 * Integer.BYTES + DIGEST;
        require(array.length >= least, "must have at least " + least + " bytes, got " + array.length);
        ByteBuffer bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
        require(
                new String(array, 0, MAGIC.length, StandardCharsets.US_ASCII).equals("CRSLDETS"),
                "must begin with CRSLDETS, got other bytes");
        bytes.position(MAGIC.length);
        int version = bytes.getInt();
        require(version == VERSION, "must have version " + VERSION + ", got " + version);
        require(
                bytes.getInt(array.length - Integer.BYTES) == checksum(array),
                "must have the right CRC-32, got another");
        String digest = text(bytes, DIGEST);
        int count = bytes.getInt();
        require(count >= 0 && count <= MOST_STREAMS, "must have 0 to " + MOST_STREAMS + " streams, got " + count);
        bytes.limit(array.length - Integer.BYTES);
        Map<String, State> streams = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = text(bytes, length(bytes));
            byte[] state = new byte[length(bytes)];
            bytes.get(state);
            require(streams.put(name, State.fromBytes(state)) == null, "must have each stream once, got one twice");
        }
        require(!bytes.hasRemaining(), "must end after its streams, got more");
        return new DetectorStates(digest, streams);
    }

    private static int length(ByteBuffer bytes) {
        int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
        require(length >= 0 && length <= bytes.remaining(), "must hold all its streams, got an end within one");
        return length;
    }

    private static String text(ByteBuffer bytes, int length) {
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static int checksum(byte[] array) {
        CRC32 crc = new CRC32();
        crc.update(array, 0, array.length - Integer.BYTES);
        return (int) crc.getValue();
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "bytes of a detector's states " + problem + "; they are damaged or of a later release");
        }
    }
}
