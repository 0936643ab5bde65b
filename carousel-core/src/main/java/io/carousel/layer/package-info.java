/**
 * Sequences: recurrent layers over all time steps, the layers around them, and the network that they make.
 *
 * <p>Start with {@link io.carousel.layer.NetworkSpec} and {@link io.carousel.layer.Network}. Every layer has two paths that
 * give the same bits: {@link io.carousel.layer.Layer#forward} over whole batches on a tape, and {@link
 * io.carousel.layer.LayerStepper} one time step at a time. Files are read and written in {@code model}.
 */
@NullMarked
package io.carousel.layer;

import org.jspecify.annotations.NullMarked;
