package io.carousel.architecture.example.layer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class WritesAFile {
    void write(Path path) throws IOException {
        Files.writeString(path, "text");
    }
}
