package io.carousel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carousel.tensor.Shape;
import io.carousel.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {

    @TempDir
    Path folder;

    private static final List<NamedTensor> TENSORS = List.of(
            new NamedTensor("encoder.weight", Tensor.of(Shape.of(2, 3), 1, -2, 3.5f, Float.MIN_VALUE, 0, -0f)),
            new NamedTensor("a.scalar", Tensor.of(Shape.of(), 42)),
            new NamedTensor("empty", Tensor.of(Shape.of(0, 7))),
            new NamedTensor("odd", Tensor.of(Shape.of(3), Float.NaN, Float.POSITIVE_INFINITY, 1e-30f)));

    private static final Map<String, String> METADATA =
            Map.of("format", "pt", "carousel.note", "quotes \" and \\ and ü and \uD83C\uDFA0\n");

    @Test
    void whatIsWrittenReadsBackEqual() throws IOException {
        Path file = folder.resolve("a.safetensors");
        SafeTensors.write(file, METADATA, TENSORS);
        SafeTensors back = SafeTensors.read(file);
        assertThat(back.metadata()).isEqualTo(METADATA);
        assertThat(back.tensors())
                .extracting(NamedTensor::name)
                .containsExactly("encoder.weight", "a.scalar", "empty", "odd");
        for (NamedTensor tensor : TENSORS) {
            assertThat(back.tensor(tensor.name()).shape())
                    .isEqualTo(tensor.tensor().shape());
            assertThat(bits(back.tensor(tensor.name()))).isEqualTo(bits(tensor.tensor()));
        }
    }

    @Test
    void theSameContentGivesTheSameBytes() throws IOException {
        SafeTensors.write(folder.resolve("a"), METADATA, TENSORS);
        SafeTensors.write(folder.resolve("b"), METADATA, TENSORS);
        assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
        SafeTensors back = SafeTensors.read(folder.resolve("a"));
        SafeTensors.write(folder.resolve("c"), back.metadata(), back.tensors());
        assertThat(folder.resolve("c")).hasSameBinaryContentAs(folder.resolve("a"));
    }

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        Path file = folder.resolve("a");
        SafeTensors.write(file, Map.of("k", "v"), List.of(new NamedTensor("w", Tensor.of(Shape.of(1, 2), 1, 2))));
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) buffer.getLong();
        assertThat(length % 8).isZero();
        String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
        assertThat(header.stripTrailing())
                .startsWith("{\"__metadata__\":{\"carousel.sha256\":\"")
                .endsWith("\",\"k\":\"v\"},\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}");
        assertThat(bytes).hasSize(8 + length + 8);
        assertThat(buffer.getFloat(8 + length)).isEqualTo(1f);
        assertThat(buffer.getFloat(8 + length + 4)).isEqualTo(2f);
    }

    @Test
    void aTensorInTheMiddleOfAnArrayIsWrittenAlone() throws IOException {
        float[] values = new float[100_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Path file = folder.resolve("a");
        SafeTensors.write(file, Map.of(), List.of(new NamedTensor("w", new Tensor(Shape.of(300, 300), values, 77))));
        Tensor back = SafeTensors.read(file).tensor("w");
        assertThat(back.at(0, 0)).isEqualTo(77f);
        assertThat(back.at(299, 299)).isEqualTo(77f + 89_999f);
    }

    @Test
    void aFileOfAnotherToolWithoutChecksumAndInAnyOrderIsRead() throws IOException {
        Path file = raw(
                "{\"b\":{\"data_offsets\":[4,12],\"dtype\":\"F32\",\"shape\":[2]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}   ",
                12);
        SafeTensors back = SafeTensors.read(file);
        assertThat(back.header().checksum()).isNull();
        assertThat(back.tensors()).extracting(NamedTensor::name).containsExactly("a", "b");
    }

    @Test
    void aChangedNumberIsFoundByTheChecksum() throws IOException {
        Path file = folder.resolve("a");
        SafeTensors.write(file, METADATA, TENSORS);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 30] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> SafeTensors.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ": content must have the SHA-256 ")
                .hasMessageEndingWith("the file is damaged, take a copy that is not");
    }

    @Test
    void aFailedHeaderCheckEndsTheReading() throws IOException {
        Path file = folder.resolve("a");
        SafeTensors.write(file, METADATA, TENSORS);
        assertThatThrownBy(() -> SafeTensors.read(file, header -> {
                    throw new FormatException(header.source(), "is not wanted");
                }))
                .hasMessage(file + ": is not wanted");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> SafeTensors.read(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void namesMayNotRepeat() {
        assertThatThrownBy(
                        () -> SafeTensors.write(folder.resolve("a"), Map.of(), List.of(TENSORS.get(0), TENSORS.get(0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tensor names must differ, got encoder.weight twice; rename one");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void namesAreCheckedWhenWriting() {
        assertThatThrownBy(() -> new NamedTensor("two words", Tensor.zeros(1)))
                .hasMessageContaining("tensor name must be 1 to 256 printable ASCII characters");
        assertThatThrownBy(() -> new NamedTensor("__metadata__", Tensor.zeros(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SafeTensors.write(folder.resolve("a"), Map.of("carousel.sha256", "x"), List.of()))
                .hasMessageContaining("metadata key must be");
        assertThatThrownBy(() -> SafeTensors.write(folder.resolve("a"), Map.of("k", "\uD800"), List.of()))
                .hasMessageContaining("half of a surrogate pair");
    }

    // ---- what is refused, with the reason in the message

    @Test
    void aHeaderLengthBeyondTheFileIsRefused() throws IOException {
        Path file = folder.resolve("a");
        for (long length : new long[] {-1, 0, 1, 100, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32}) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(50).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            Files.write(file, bytes.array());
            assertThatThrownBy(() -> SafeTensors.read(file))
                    .isInstanceOf(FormatException.class)
                    .hasMessage(file + ": header length must be from 2 to 42 bytes, got "
                            + Long.toUnsignedString(length) + "; the file is cut off or no safetensors file");
        }
    }

    @Test
    void aShortFileIsRefused() throws IOException {
        Path file = folder.resolve("a");
        for (int length = 0; length < 10; length++) {
            Files.write(file, new byte[length]);
            assertThatThrownBy(() -> SafeTensors.read(file))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("file must have at least 10 bytes, got " + length);
        }
    }

    @Test
    void otherTypesAreRefusedByName() throws IOException {
        for (String dtype : List.of("F64", "F16", "BF16", "I64", "BOOL", "f32", "")) {
            refused(
                    "{\"w\":{\"dtype\":\"" + dtype + "\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                    4,
                    "tensor w must have dtype F32, got " + dtype
                            + "; convert it to 32-bit floats where the file was made");
        }
    }

    @Test
    void absurdShapesAreRefused() throws IOException {
        String most = " must have at most 2147483639 numbers, got shape ";
        refused(tensor("[65536,65536,65536,65536]", 0, 4), 4, "tensor w" + most);
        refused(tensor("[2147483639,2147483639,0]", 0, 4), 4, "tensor w" + most);
        refused(tensor("[4294967297]", 0, 4), 4, "dimensions of at most 2147483639");
        refused(tensor("[9223372036854775807]", 0, 4), 4, "dimensions of at most 2147483639");
        refused(tensor("[9223372036854775808]", 0, 4), 4, "must not be negative and fit 63 bits");
        refused(tensor("[99999999999999999999999]", 0, 4), 4, "length");
        refused(tensor("[-1]", 0, 4), 4, "tensor w shape must not be negative");
        refused(tensor("[1.0]", 0, 4), 4, "tensor w shape must be an integer, got 1.0");
        refused(tensor("[1e0]", 0, 4), 4, "tensor w shape must be an integer");
        refused(tensor("[\"1\"]", 0, 4), 4, "tensor w shape must be an integer");
        refused(tensor("[[1]]", 0, 4), 4, "nesting depth (4)");
        refused(tensor("1", 0, 4), 4, "tensor w shape must be a list");
        refused(tensor("[1,1,1,1,1,1,1,1,1]", 0, 4), 4, "tensor w shape must have at most 8 numbers");
        refused(tensor("[2]", 0, 4), 4, "tensor w of shape [2] must have 8 bytes, got 4; the file is damaged");
        refused(tensor("[1000000000]", 0, 4000000000L), 4, "must lie in the 4 bytes after the header");
    }

    @Test
    void offsetsOutsideTheDataGapsAndOverlapsAreRefused() throws IOException {
        refused(tensor("[1]", 4, 8), 4, "must lie in the 4 bytes after the header, got data_offsets [4, 8]");
        refused(tensor("[1]", 4, 0), 4, "must lie in the 4 bytes after the header");
        refused(tensor("[1]", 0, Long.MAX_VALUE), 4, "must lie in the 4 bytes after the header");
        refused(tensor("[1]", 0, 4), 8, "tensors must fill the 8 bytes after the header, got 4");
        refused(
                tensor("[1]", 4, 8),
                8,
                "tensor w must begin where the one before it ends, at byte 0, got 4; the file has a gap");
        String first = "\"v\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";
        refused(
                "{" + first + ",\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                8,
                "at byte 8, got 4; the file has an overlap");
        refused(
                "{" + first + ",\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]}}",
                16,
                "at byte 8, got 12; the file has a gap");
        refused("{}", 4, "tensors must fill the 4 bytes after the header, got 0");
    }

    @Test
    void repeatedUnknownAndMissingFieldsAreRefused() throws IOException {
        String w = "\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
        refused("{" + w + "," + w + "}", 4, "uplicate");
        refused("{\"w\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "uplicate");
        refused("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}," + w + "}", 4, "uplicate");
        refused("{\"__metadata__\":{},\"__metadata__\":{}," + w + "}", 4, "uplicate");
        refused("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"code\":\"x\"}}", 4, "got code");
        refused("{\"w\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "must have dtype, shape and two data_offsets");
        refused("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", 4, "two data_offsets");
        refused("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,4]}}", 4, "at most 2 numbers");
        refused("{\"w\":[]}", 4, "tensor w must be an object");
        refused("{\"w\":null}", 4, "tensor w must be an object");
    }

    @Test
    void metadataOtherThanTextIsRefused() throws IOException {
        refused("{\"__metadata__\":{\"a\":1}}", 0, "metadata a must be a text, got 1");
        refused("{\"__metadata__\":{\"a\":null}}", 0, "metadata a must be a text");
        refused("{\"__metadata__\":{\"a\":{\"b\":\"c\"}}}", 0, "metadata a must be a text");
        refused("{\"__metadata__\":[]}", 0, "__metadata__ must be an object");
        refused("{\"__metadata__\":{\"a\":\"\\ud800\"}}", 0, "metadata a must be text, got half a character");
        refused("{\"__metadata__\":{\"carousel.sha256\":\"12\"}}", 0, "must be 64 hexadecimal digits, got 12");
    }

    @Test
    void headersThatAreNoObjectAreRefused() throws IOException {
        refused("[]", 0, "header must begin with { and end with }");
        refused(" {}", 0, "header must begin with {");
        refused("{}\n", 0, "header must begin with {");
        refused("{} {}", 0, "header must end with its object, got more");
        refused("{}}", 0, "JSON");
        refused("{\"a\"}", 0, "JSON");
        refused("{\"w\":" + "{\"a\":".repeat(5000) + "1" + "}".repeat(5001), 0, "tensor w must have only dtype");
        refused("{\"w\":{\"shape\":" + "[".repeat(5000) + "]".repeat(5000) + "}}", 0, "nesting depth (4)");
        refused("{\"\u0001\":1}", 0, "JSON");
        refused("{\"a b\":{}}", 0, "tensor name must be");
        refused("{\"" + "n".repeat(257) + "\":{}}", 0, "tensor name must be");
        refused("{\"" + "n".repeat(100_000) + "\":{}}", 0, "JSON");
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws IOException {
        byte[] header = "{\"__metadata__\":{\"a\":\"??\"}}".getBytes(StandardCharsets.US_ASCII);
        int at = new String(header, StandardCharsets.US_ASCII).indexOf("??");
        header[at] = (byte) 0xC0;
        header[at + 1] = (byte) 0xAF;
        Path file = write(header, 0);
        assertThatThrownBy(() -> SafeTensors.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ": header must be UTF-8, got another byte at " + at + "; the file is damaged");
    }

    private static String tensor(String shape, long begin, long end) {
        return "{\"w\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + "," + end + "]}}";
    }

    private void refused(String header, int dataLength, String reason) throws IOException {
        Path file = raw(header, dataLength);
        assertThatThrownBy(() -> SafeTensors.read(file))
                .as(header.length() < 200 ? header : header.substring(0, 200))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(reason);
    }

    private Path raw(String header, int dataLength) throws IOException {
        return write(header.getBytes(StandardCharsets.UTF_8), dataLength);
    }

    private Path write(byte[] header, int dataLength) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + dataLength).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        return Files.write(folder.resolve("raw.safetensors"), bytes.array());
    }

    private static int[] bits(Tensor tensor) {
        float[] values = tensor.toArray();
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
