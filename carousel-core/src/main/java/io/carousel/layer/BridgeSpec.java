package io.carousel.layer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How the first state of a decoder comes from the last states of its source; prints as JSON with its kind in {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NoBridge.class, name = "none"),
    @JsonSubTypes.Type(value = CopyBridge.class, name = "copy"),
    @JsonSubTypes.Type(value = DenseBridge.class, name = "dense"),
    @JsonSubTypes.Type(value = VectorBridge.class, name = "vector")
})
public sealed interface BridgeSpec permits NoBridge, CopyBridge, DenseBridge, VectorBridge {}
