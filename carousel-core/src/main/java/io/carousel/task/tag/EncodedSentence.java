package io.carousel.task.tag;

import java.util.List;

/**
 * A sentence in numbers, with its tags.
 *
 * @param rows {@code [L][F]}: see {@link SentenceEncoder}
 * @param tags the numbers of its tags, in the scheme of the network; empty where one is unknown to it
 * @param wanted its tags as they are given
 */
record EncodedSentence(float[][] rows, int[] tags, List<String> wanted) {}
