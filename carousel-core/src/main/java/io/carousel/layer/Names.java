package io.carousel.layer;

/** What a layer may be called. */
final class Names {
    private Names() {}

    static void require(String name) {
        if (!name.matches("[a-z][A-Za-z0-9_]{0,63}")) {
            throw new IllegalArgumentException(
                    "layer name must be a lower-case letter and up to 63 letters, digits or _, got " + name
                            + "; rename it");
        }
    }
}
