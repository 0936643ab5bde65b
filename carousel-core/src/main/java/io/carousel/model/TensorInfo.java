package io.carousel.model;

import io.carousel.tensor.Shape;

/**
 * What a safetensors header says of one tensor of float32 numbers; checked.
 *
 * @param begin the first byte of the numbers, counted from the end of the header
 * @param end the byte after the last
 */
public record TensorInfo(String name, Shape shape, long begin, long end) {}
