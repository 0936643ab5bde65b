/**
 * Sequences as vectors of fixed size, and back; start reading at {@link io.carousel.task.encode.Autoencoder}.
 *
 * <p>The examples are those of {@code task.classify}, the texts are numbered as those of {@code task.translate}.
 */
@NullMarked
package io.carousel.task.encode;

import org.jspecify.annotations.NullMarked;
