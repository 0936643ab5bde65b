package io.carousel.layer;

/**
 * Each level of the decoder begins with the last state of the same level of the encoder: both have the same cell and the same
 * sizes.
 *
 * @param direction which of the encoder's states is copied when it reads in both directions
 */
public record CopyBridge(Direction direction) implements BridgeSpec {
    public CopyBridge {
        if (direction == Direction.BIDIRECTIONAL) {
            throw new IllegalArgumentException(
                    "direction of a copying bridge must be forward or backward, got both; name the"
                            + " one to copy, or use a dense bridge, which reads both");
        }
    }

    /** A bridge from what the encoder read forward. */
    public CopyBridge() {
        this(Direction.FORWARD);
    }
}
