package io.carousel.architecture.example.layer;

import java.util.HashMap;

final class CountsInAStatic {
    private static final HashMap<String, String> CACHE = new HashMap<>();
    private static int count;

    int next() {
        CACHE.put("count", "" + count);
        return ++count;
    }
}
