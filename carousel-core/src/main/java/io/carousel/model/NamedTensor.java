package io.carousel.model;

import io.carousel.tensor.Tensor;

/**
 * A tensor of a file with its name.
 *
 * @param name 1 to {@value #MAX_NAME_LENGTH} printable ASCII characters without space, such as {@code
 *     encoder.weight_ih_l0}
 */
public record NamedTensor(String name, Tensor tensor) {

    static final int MAX_NAME_LENGTH = 256;

    public NamedTensor {
        if (!validName(name)) {
            throw new IllegalArgumentException(
                    "tensor name must be 1 to 256 printable ASCII characters without space, other than __metadata__, got \""
                            + name + "\"; rename it");
        }
    }

    static boolean validName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || name.equals(SafeTensors.METADATA)) {
            return false;
        }
        return name.chars().allMatch(c -> c > ' ' && c <= '~');
    }
}
