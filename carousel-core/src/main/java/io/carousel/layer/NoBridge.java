package io.carousel.layer;

/** The decoder begins with its own first state, and sees the source by attention only. */
public record NoBridge() implements BridgeSpec {}
