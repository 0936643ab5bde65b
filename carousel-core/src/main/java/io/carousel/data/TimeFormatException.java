package io.carousel.data;

/** A cell of a time column that does not fit the others; the reader adds the line. */
final class TimeFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int row;

    TimeFormatException(int row, String message) {
        super(message);
        this.row = row;
    }

    int row() {
        return row;
    }
}
