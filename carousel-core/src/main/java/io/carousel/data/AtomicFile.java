package io.carousel.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a file whole or not at all.
 *
 * <p>The bytes go to a temporary file in the same folder, reach the disk ({@code fsync}), and take the place of the file by
 * an atomic rename, so that a reader, also after a crash or a {@code SIGKILL} at any moment, finds the old file or the new
 * one and never a part. On a failure the old file stays and the temporary one is removed; what a killed process left is
 * removed by the next that writes the same file. Two writers of one file do not disturb each other; the last rename wins.
 * Safe for any number of threads.
 */
public final class AtomicFile {
    /** A file of a process that cannot be seen may belong to another machine or container; so old it is nobody's. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private AtomicFile() {}

    /** Writes the bytes of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to {@code out}, which is buffered; need not flush or close it. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes or replaces {@code file}.
     *
     * @throws IOException if the folder does not exist or cannot be written, if {@code file} is a folder, or if
     *     {@code content} throws; the message names the path
     */
    public static void write(Path file, Content content) throws IOException {
        // What a link points at is replaced, not the link.
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = folder(file, target);
        String name = target.getFileName().toString();
        removeAbandoned(folder, name);
        Path temporary = temporary(file, folder, name);
        boolean done = false;
        try {
            writeAndSync(temporary, content);
            rename(temporary, target);
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(temporary);
            }
        }
        syncFolder(folder);
    }

    /**
     * Removes a file, if it is there, and what writers of it that were killed have left beside it; nobody may be writing it.
     *
     * @throws IOException if the folder cannot be read or written
     */
    public static void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        String beginning = "." + file.getFileName() + ".";
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                folder, other -> isTemporary(other.getFileName().toString(), beginning))) {
            for (Path left : all) {
                Files.deleteIfExists(left);
            }
        }
    }

    private static boolean isTemporary(String name, String beginning) {
        return name.startsWith(beginning) && name.substring(beginning.length()).matches("\\d+-\\d+\\.tmp");
    }

    /**
     * Makes a folder, and those above it, where they are not there yet.
     *
     * @throws IOException if it cannot be made, or a file is in its place
     */
    public static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    private static Path folder(Path file, Path target) throws IOException {
        if (Files.isDirectory(target)) {
            throw new IOException(file + " must be a file, got a folder; name a file in it");
        }
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("the folder of " + file + " does not exist; make it first");
        }
        return folder;
    }

    private static Path temporary(Path file, Path folder, String name) throws IOException {
        try {
            for (int i = 0; ; i++) {
                Path path = folder.resolve(
                        "." + name + "." + ProcessHandle.current().pid() + "-" + i + ".tmp");
                try {
                    return Files.createFile(path);
                } catch (java.nio.file.FileAlreadyExistsException e) {
                    if (i == 1000) {
                        throw new IOException(
                                folder + " holds a thousand temporary files like " + path.getFileName()
                                        + "; remove them",
                                e);
                    }
                }
            }
        } catch (AccessDeniedException e) {
            throw new IOException(
                    file + " cannot be written, access to its folder is denied; check the permissions", e);
        }
    }

    /**
     * Removes the temporary files for {@code name} that are old and whose process is gone. A failure is no failure to write.
     */
    private static void removeAbandoned(Path folder, String name) {
        Pattern pattern = Pattern.compile("\\." + Pattern.quote(name) + "\\.(\\d{1,18})-\\d{1,4}\\.tmp");
        Instant old = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder, path -> pattern.matcher(path.getFileName().toString()).matches())) {
            for (Path path : files) {
                Matcher matcher = pattern.matcher(path.getFileName().toString());
                if (matcher.matches()
                        && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()
                        && Files.getLastModifiedTime(path).toInstant().isBefore(old)) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException | DirectoryIteratorException | UnsupportedOperationException e) {
            System.getLogger(AtomicFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "old files in {0} stay: {1}", folder, e.getMessage());
        }
    }

    private static void writeAndSync(Path temporary, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static void rename(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(
                    target + " cannot be written, its file system has no atomic rename; choose another folder", e);
        } catch (AccessDeniedException e) {
            throw new IOException(target + " cannot be replaced, access is denied; check its permissions", e);
        }
    }

    /** Makes the rename itself durable; where folders cannot be opened (Windows) the rename is atomic all the same. */
    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            System.getLogger(AtomicFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "the folder {0} cannot be synced: {1}", folder, e.getMessage());
        }
    }
}
