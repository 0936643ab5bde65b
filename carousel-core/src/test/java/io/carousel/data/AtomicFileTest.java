package io.carousel.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesANewFileAndReplacesAnOldOne() throws IOException {
        Path file = folder.resolve("a.bin");

        AtomicFile.write(file, out -> out.write("old and long".getBytes(UTF_8)));
        AtomicFile.write(file, out -> out.write("new".getBytes(UTF_8)));

        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("a.bin");
    }

    @Test
    void aFailureLeavesTheOldFileAndNoTemporaryOne() throws IOException {
        Path file = folder.resolve("a.bin");
        Files.writeString(file, "old");

        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("no more");
                }))
                .hasMessage("no more");

        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a.bin");
    }

    @Test
    void theOldFileIsThereUntilTheNewOneIsWhole() throws IOException {
        Path file = folder.resolve("a.bin");
        Files.writeString(file, "old");

        AtomicFile.write(file, out -> {
            out.write(new byte[1 << 20]);
            out.flush();
            assertThat(file).hasContent("old");
        });

        assertThat(Files.size(file)).isEqualTo(1 << 20);
    }

    @Test
    void manyWritersLeaveOneWholeFile() throws IOException {
        Path file = folder.resolve("a.bin");

        IntStream.range(0, 64).parallel().forEach(i -> {
            try {
                AtomicFile.write(
                        file, out -> out.write(Integer.toString(i).repeat(5000).getBytes(UTF_8)));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });

        String text = Files.readString(file);
        String number = text.substring(0, text.length() / 5000);
        assertThat(text).isEqualTo(number.repeat(5000));
        assertThat(names()).containsExactly("a.bin");
    }

    @Test
    void removingAFileRemovesWhatKilledWritersLeftOfItAndNothingElse() throws IOException {
        for (String name :
                List.of("a.bin", ".a.bin.17-0.tmp", ".a.bin.18-3.tmp", ".a.bin.x.tmp", "b.bin", ".b.1-0.tmp")) {
            Files.writeString(folder.resolve(name), name);
        }

        AtomicFile.remove(folder.resolve("a.bin"));
        AtomicFile.remove(folder.resolve("a.bin"));
        AtomicFile.remove(folder.resolve("none").resolve("a.bin"));

        assertThat(names()).containsExactlyInAnyOrder(".a.bin.x.tmp", ".b.1-0.tmp", "b.bin");
    }

    @Test
    void whatAKilledProcessLeftIsRemovedByTheNextWrite() throws Exception {
        Process ended = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        ended.waitFor();
        long alive = ProcessHandle.current().pid();
        FileTime twoHoursAgo = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        for (String name : List.of(
                ".a.bin." + ended.pid() + "-0.tmp",
                ".a.bin." + alive + "-0.tmp",
                ".b.bin." + ended.pid() + "-0.tmp",
                ".a.bin.notes.tmp")) {
            Files.setLastModifiedTime(Files.writeString(folder.resolve(name), "part"), twoHoursAgo);
        }
        Files.writeString(folder.resolve(".a.bin." + ended.pid() + "-1.tmp"), "young, perhaps of another machine");

        AtomicFile.write(folder.resolve("a.bin"), out -> out.write(1));

        assertThat(names())
                .containsExactlyInAnyOrder(
                        "a.bin",
                        ".a.bin." + alive + "-0.tmp",
                        ".a.bin." + ended.pid() + "-1.tmp",
                        ".b.bin." + ended.pid() + "-0.tmp",
                        ".a.bin.notes.tmp");
    }

    @Test
    void aMissingFolderIsNamed() {
        Path file = folder.resolve("none").resolve("a.bin");

        assertThatThrownBy(() -> AtomicFile.write(file, out -> out.write(1)))
                .isInstanceOf(IOException.class)
                .hasMessage("the folder of " + file + " does not exist; make it first");
    }

    @Test
    void aFolderIsNoFile() {
        assertThatThrownBy(() -> AtomicFile.write(folder, out -> out.write(1)))
                .hasMessage(folder + " must be a file, got a folder; name a file in it");
    }

    @Test
    void aFolderThatMayNotBeWrittenIsNamed() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "skipped: root may write everywhere");
        Path closed = Files.createDirectory(folder.resolve("closed"));
        assumeFalse(!closed.toFile().setWritable(false), "skipped: no permissions on this file system");

        assertThatThrownBy(() -> AtomicFile.write(closed.resolve("a"), out -> out.write(1)))
                .hasMessage(closed.resolve("a")
                        + " cannot be written, access to its folder is denied; check the permissions");
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("a.bin"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        AtomicFile.write(link, out -> out.write("new".getBytes(UTF_8)));

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }
}
