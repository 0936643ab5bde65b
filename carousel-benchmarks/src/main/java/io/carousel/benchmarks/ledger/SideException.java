package io.carousel.benchmarks.ledger;

import java.io.Serial;

/** A side that cannot do what was asked of it; the message says why. */
final class SideException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    SideException(String message) {
        super(message);
    }
}
