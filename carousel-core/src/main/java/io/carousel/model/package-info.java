/**
 * Models and their files: a {@link io.carousel.model.Model} is a network, the encodings of its task and where it came
 * from, kept in one safetensors file.
 *
 * <p>Start with {@link io.carousel.model.Model}; {@link io.carousel.model.SafeTensors} is the file format,
 * {@link io.carousel.model.Json} the one way this project writes and reads JSON. The format is described in
 * {@code docs/model-file.md}.
 *
 * <p>Uses {@code layer} and what is below it. Training is in {@code train}, what people ask of a model in {@code task}.
 */
@NullMarked
package io.carousel.model;

import org.jspecify.annotations.NullMarked;
