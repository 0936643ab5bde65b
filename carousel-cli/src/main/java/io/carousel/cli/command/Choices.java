package io.carousel.cli.command;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of options as people write them: in small letters, with dashes. */
final class Choices {
    private Choices() {}

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The words of some choices. */
    private static List<String> words(Enum<?>[] choices) {
        return Arrays.stream(choices).map(Choices::word).toList();
    }

    private static <E extends Enum<E>> E read(String text, E[] choices) {
        for (E choice : choices) {
            if (word(choice).equals(text.toLowerCase(Locale.ROOT))) {
                return choice;
            }
        }
        throw new TypeConversionException("expected one of "
                + Arrays.stream(choices).map(Choices::word).collect(Collectors.joining(", ")) + " but was '" + text
                + "'");
    }

    /** A format of examples. */
    static final class Format implements ITypeConverter<io.carousel.task.classify.ExampleFormat> {
        @Override
        public io.carousel.task.classify.ExampleFormat convert(String text) {
            return read(text, io.carousel.task.classify.ExampleFormat.values());
        }
    }

    /** Their names. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return words(io.carousel.task.classify.ExampleFormat.values()).iterator();
        }
    }
}
