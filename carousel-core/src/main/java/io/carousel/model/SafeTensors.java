package io.carousel.model;

import io.carousel.data.AtomicFile;
import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The content of a safetensors file: texts by key and float32 tensors by name.
 *
 * <pre>{@code
 * 8 bytes      N, the length of the header, little-endian
 * N bytes      JSON {"__metadata__": {key: text}, name: {"dtype": "F32", "shape": […], "data_offsets": [begin, end]}}
 * the rest     the numbers, little-endian, row-major; offsets count from here
 * }</pre>
 *
 * <p>The same content is written as the same bytes. A file of ours carries the SHA-256 of its content under the key
 * {@value #CHECKSUM}; a file that has one is refused if it does not agree. Reading checks the lengths, the JSON, the names,
 * shapes, types and offsets before it allocates anything of the size they claim.
 *
 * <p>Source: the format of <a href="https://github.com/huggingface/safetensors">safetensors</a>, version 0.4.
 * Immutable in its lists; the tensors' numbers belong to whoever read the file.
 */
public final class SafeTensors {

    /** The key of the checksum in the metadata, kept by this class. */
    public static final String CHECKSUM = "carousel.sha256";

    /** The longest header that is written or read, in bytes. */
    public static final int MAX_HEADER_LENGTH = 8 << 20;

    static final String METADATA = "__metadata__";
    static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    private static final int LENGTH_BYTES = 8;
    private static final int CHUNK_BYTES = 1 << 16;
    private static final JsonFactory FACTORY = new JsonFactory();

    private final SafeTensorsHeader header;
    private final Map<String, Tensor> tensors;

    private SafeTensors(SafeTensorsHeader header, Map<String, Tensor> tensors) {
        this.header = header;
        this.tensors = tensors;
    }

    /** What is asked of a header before room is made for the numbers. */
    @FunctionalInterface
    public interface HeaderCheck {
        /**
         * Looks at a header.
         *
         * @throws IOException if the file is not one that the caller wants
         */
        void check(SafeTensorsHeader header) throws IOException;
    }

    /** What the file says apart from the numbers. */
    public SafeTensorsHeader header() {
        return header;
    }

    /** The texts, sorted by key, without the checksum. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** The tensors in the order of the file. */
    public List<NamedTensor> tensors() {
        return header.tensors().stream()
                .map(info -> new NamedTensor(info.name(), tensor(info.name())))
                .toList();
    }

    /**
     * The tensor of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("tensor must be one of " + tensors.keySet() + ", got " + name);
        }
        return tensor;
    }

    // ---- writing

    /**
     * Writes a file, complete or not at all.
     *
     * @param metadata texts under keys of printable ASCII characters
     * @param tensors in the order of the file; the numbers are not checked
     * @throws IllegalArgumentException if a key or a name is not allowed or comes twice
     * @throws IOException if the file cannot be written
     */
    public static void write(Path path, Map<String, String> metadata, List<NamedTensor> tensors) throws IOException {
        AtomicFile.write(path, content(metadata, tensors));
    }

    /** The bytes of a file, checked; the tensors must not change before they are written. */
    static AtomicFile.Content content(Map<String, String> metadata, List<NamedTensor> tensors) throws IOException {
        List<TensorInfo> infos = layout(tensors);
        checkMetadata(metadata);
        Map<String, String> signed = new TreeMap<>(metadata);
        signed.put(CHECKSUM, digest(metadata, infos, tensors));
        byte[] json = headerBytes(signed, infos);
        return out -> {
            out.write(ByteBuffer.allocate(LENGTH_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(json.length)
                    .array());
            out.write(json);
            ByteBuffer chunk = chunk();
            for (NamedTensor tensor : tensors) {
                forEachChunk(tensor.tensor(), chunk, bytes -> out.write(bytes.array(), 0, bytes.remaining()));
            }
        };
    }

    private static List<TensorInfo> layout(List<NamedTensor> tensors) {
        List<TensorInfo> infos = new ArrayList<>();
        Map<String, Shape> seen = new HashMap<>();
        long begin = 0;
        for (NamedTensor named : tensors) {
            Shape shape = named.tensor().shape();
            if (seen.put(named.name(), shape) != null) {
                throw new IllegalArgumentException(
                        "tensor names must differ, got " + named.name() + " twice; rename one");
            }
            if (shape.rank() > SafeTensorsHeaderReader.MAX_RANK) {
                throw new IllegalArgumentException("tensor " + named.name() + " must have at most "
                        + SafeTensorsHeaderReader.MAX_RANK + " dimensions, got shape " + shape + "; reshape it");
            }
            long end = begin + 4L * shape.size();
            infos.add(new TensorInfo(named.name(), shape, begin, end));
            begin = end;
        }
        return infos;
    }

    private static void checkMetadata(Map<String, String> metadata) {
        metadata.forEach((key, value) -> {
            if (key.isEmpty() || key.equals(CHECKSUM) || !key.chars().allMatch(c -> c > ' ' && c <= '~')) {
                throw new IllegalArgumentException("metadata key must be printable ASCII without space and not "
                        + CHECKSUM + ", got \"" + key + "\"; rename it");
            }
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
                throw new IllegalArgumentException(
                        "metadata " + key + " must be text, got half of a surrogate pair; mend the text");
            }
        });
    }

    private static byte[] headerBytes(Map<String, String> metadata, List<TensorInfo> tensors) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeObjectPropertyStart(METADATA);
            metadata.forEach(json::writeStringProperty);
            json.writeEndObject();
            for (TensorInfo tensor : tensors) {
                json.writeObjectPropertyStart(tensor.name());
                json.writeStringProperty("dtype", "F32");
                json.writeName("shape");
                int[] dims = tensor.shape().toArray();
                json.writeArray(dims, 0, dims.length);
                json.writeName("data_offsets");
                json.writeArray(new long[] {tensor.begin(), tensor.end()}, 0, 2);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        while (bytes.size() % LENGTH_BYTES != 0) {
            bytes.write(' ');
        }
        if (bytes.size() > MAX_HEADER_LENGTH) {
            throw new IllegalArgumentException("header must have at most " + MAX_HEADER_LENGTH + " bytes, got "
                    + bytes.size() + "; keep less in the metadata");
        }
        return bytes.toByteArray();
    }

    private static String digest(Map<String, String> metadata, List<TensorInfo> infos, List<NamedTensor> tensors)
            throws IOException {
        Map<String, Tensor> byName = new HashMap<>();
        tensors.forEach(named -> byName.put(named.name(), named.tensor()));
        ContentDigest digest = new ContentDigest(metadata, infos.size());
        ByteBuffer chunk = chunk();
        for (TensorInfo info :
                infos.stream().sorted(Comparator.comparing(TensorInfo::name)).toList()) {
            digest.begin(info);
            forEachChunk(Objects.requireNonNull(byName.get(info.name())), chunk, digest::add);
        }
        return digest.hex();
    }

    @FunctionalInterface
    private interface ChunkConsumer {
        void accept(ByteBuffer chunk) throws IOException;
    }

    private static void forEachChunk(Tensor tensor, ByteBuffer chunk, ChunkConsumer consumer) throws IOException {
        int end = tensor.offset() + tensor.size();
        for (int from = tensor.offset(); from < end; from += CHUNK_BYTES / 4) {
            int count = Math.min(CHUNK_BYTES / 4, end - from);
            chunk.clear().asFloatBuffer().put(tensor.data(), from, count);
            consumer.accept(chunk.limit(4 * count));
        }
    }

    // ---- reading

    /**
     * Reads a file.
     *
     * @throws FormatException if it is not a sound safetensors file of float32 tensors
     * @throws IOException if it cannot be read
     */
    public static SafeTensors read(Path path) throws IOException {
        return read(path, header -> {});
    }

    /**
     * Reads a file that passes a check of its header; nothing of the size of the numbers is allocated before.
     *
     * @throws FormatException if it is not a sound safetensors file of float32 tensors
     * @throws IOException if it cannot be read, or the check refuses it
     */
    public static SafeTensors read(Path path, HeaderCheck check) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            SafeTensorsHeader header = readHeader(file, path.toString());
            check.check(header);
            return new SafeTensors(header, readTensors(file, header));
        }
    }

    /**
     * Reads and checks the header only; the checksum is not compared with the numbers.
     *
     * @throws FormatException if it is not a sound header
     * @throws IOException if it cannot be read
     */
    public static SafeTensorsHeader readHeader(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return readHeader(file, path.toString());
        }
    }

    private static SafeTensorsHeader readHeader(FileChannel file, String source) throws IOException {
        long fileLength = file.size();
        if (fileLength < LENGTH_BYTES + 2) {
            throw new FormatException(
                    source,
                    "file must have at least " + (LENGTH_BYTES + 2) + " bytes, got " + fileLength
                            + "; it is cut off or no safetensors file");
        }
        ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(file, length, 0, source);
        long headerLength = length.getLong();
        long limit = Math.min(fileLength - LENGTH_BYTES, MAX_HEADER_LENGTH);
        if (headerLength < 2 || headerLength > limit) {
            throw new FormatException(
                    source,
                    "header length must be from 2 to " + limit + " bytes, got " + Long.toUnsignedString(headerLength)
                            + "; the file is cut off or no safetensors file");
        }
        ByteBuffer json = ByteBuffer.allocate((int) headerLength);
        readFully(file, json, LENGTH_BYTES, source);
        long dataStart = LENGTH_BYTES + headerLength;
        return SafeTensorsHeaderReader.read(source, json.array(), dataStart, fileLength - dataStart);
    }

    private static Map<String, Tensor> readTensors(FileChannel file, SafeTensorsHeader header) throws IOException {
        ContentDigest digest =
                new ContentDigest(header.metadata(), header.tensors().size());
        Map<String, Tensor> tensors = new HashMap<>();
        ByteBuffer chunk = chunk();
        for (TensorInfo info : header.byName()) {
            digest.begin(info);
            float[] values = new float[info.shape().size()];
            long position = header.dataStart() + info.begin();
            for (int from = 0; from < values.length; from += CHUNK_BYTES / 4) {
                int count = Math.min(CHUNK_BYTES / 4, values.length - from);
                readFully(file, chunk.clear().limit(4 * count), position + 4L * from, header.source());
                chunk.asFloatBuffer().get(values, from, count);
                digest.add(chunk);
            }
            tensors.put(info.name(), new Tensor(info.shape(), values, 0));
        }
        String checksum = header.checksum();
        if (checksum != null && !checksum.equals(digest.hex())) {
            throw new FormatException(
                    header.source(),
                    "content must have the SHA-256 " + checksum
                            + " that its metadata names, got another; the file is damaged, take a copy that is not");
        }
        return tensors;
    }

    /** Fills the buffer from a position of the file and flips it. */
    private static void readFully(FileChannel file, ByteBuffer buffer, long position, String source)
            throws IOException {
        long next = position;
        while (buffer.hasRemaining()) {
            int count = file.read(buffer, next);
            if (count < 0) {
                throw new FormatException(source, "file must not change while it is read, got its end at byte " + next);
            }
            next += count;
        }
        buffer.flip();
    }

    private static ByteBuffer chunk() {
        return ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
}
